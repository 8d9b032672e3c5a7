import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './styles.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Application } from './app/application'
import { chooseBridge } from './bridge/choose'
import { BridgeProvider } from './bridge/context'
import { createQueryClient } from './queries/client'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id root')

createRoot(root).render(
  <StrictMode>
    <BridgeProvider value={chooseBridge()}>
      <QueryClientProvider client={createQueryClient()}>
        <Application />
      </QueryClientProvider>
    </BridgeProvider>
  </StrictMode>,
)
