import { create } from 'zustand'
import type { EngineState } from '../../analytics/contract/application'
import type { ConnectionState } from '../bridge/bridge'

interface ConnectionStore {
  readonly connection: ConnectionState
  readonly engine: EngineState | null
  /** Rises with every import: part of the key of every question about figures. */
  readonly dataVersion: number
}

export const useConnection = create<ConnectionStore>()(() => ({
  connection: 'open',
  engine: null,
  dataVersion: 0,
}))
