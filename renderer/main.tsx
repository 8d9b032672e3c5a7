import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './styles.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Application } from './app/application'
import { readRoute } from './app/route'
import { chooseBridge } from './bridge/choose'
import { BridgeProvider } from './bridge/context'
import { askAheadForOverview } from './queries/ask-ahead'
import { createQueryClient } from './queries/client'

const bridge = chooseBridge()
const client = createQueryClient()
// The first screen of most starts: fetched while the shell is still being set up, not after it.
if (readRoute(window.location.hash).area === 'overview') {
  void import('./features/overview/overview')
  void askAheadForOverview(client, bridge)
}

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id root')

createRoot(root).render(
  <StrictMode>
    <BridgeProvider value={bridge}>
      <QueryClientProvider client={client}>
        <Application />
      </QueryClientProvider>
    </BridgeProvider>
  </StrictMode>,
)
