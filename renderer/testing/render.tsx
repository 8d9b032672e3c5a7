import { QueryClientProvider } from '@tanstack/react-query'
import { type RenderResult, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import type { Bridge } from '../bridge/bridge'
import { BridgeProvider } from '../bridge/context'
import { createQueryClient } from '../queries/client'
import { useConnection } from '../stores/connection'
import { useLayers } from '../stores/layers'
import { useQuestions } from '../stores/questions'
import { useTasks } from '../stores/tasks'
import { useToasts } from '../stores/toasts'
import { setWork } from '../stores/work'

/** Stores outlive a test's page; each test starts with them empty. */
function emptyStores(): void {
  useConnection.setState({ connection: 'open', engine: null, dataVersion: 0 })
  useLayers.setState({ open: null })
  useTasks.setState({ tasks: new Map(), samples: new Map() })
  useQuestions.setState({ questions: [] })
  useToasts.setState({ toasts: [] })
  setWork({ state: 'none' })
}

export function renderWith(bridge: Bridge, children: ReactNode): RenderResult {
  emptyStores()
  const client = createQueryClient()
  return render(children, {
    wrapper: ({ children: inside }: { readonly children: ReactNode }) => (
      <BridgeProvider value={bridge}>
        <QueryClientProvider client={client}>{inside}</QueryClientProvider>
      </BridgeProvider>
    ),
  })
}
