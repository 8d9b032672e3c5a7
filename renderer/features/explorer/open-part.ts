import { create } from 'zustand'

interface PartStore {
  readonly open: string | null
}

const useParts = create<PartStore>()(() => ({ open: null }))

/** Opens a part of the sentence, or the panel of that name: the keyboard and the palette do it too. */
export function openPart(open: string | null): void {
  useParts.setState({ open })
}

export function usePart(): readonly [string | null, (open: string | null) => void] {
  return [useParts((state) => state.open), openPart] as const
}
