import { create } from 'zustand'

/** What floats above the screen. One at a time: opening one closes the other. */
export type Layer = 'commands' | 'keyboard' | 'tasks'

interface LayerStore {
  readonly open: Layer | null
}

export const useLayers = create<LayerStore>()(() => ({ open: null }))

export function openLayer(layer: Layer): void {
  useLayers.setState({ open: layer })
}

export function closeLayer(layer: Layer): void {
  useLayers.setState(({ open }) => ({ open: open === layer ? null : open }))
}
