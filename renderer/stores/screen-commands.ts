import { useEffect } from 'react'
import { create } from 'zustand'
import type { Command } from '../app/commands'

interface ScreenCommandStore {
  readonly commands: readonly Command[]
}

export const useScreenCommands = create<ScreenCommandStore>()(() => ({ commands: [] }))

/** Commands that exist while a screen is shown. Pass a stable list. */
export function useRegisteredCommands(commands: readonly Command[]): void {
  useEffect(() => {
    useScreenCommands.setState((state) => ({ commands: [...state.commands, ...commands] }))
    return () => {
      const gone = new Set(commands)
      useScreenCommands.setState((state) => ({
        commands: state.commands.filter((command) => !gone.has(command)),
      }))
    }
  }, [commands])
}
