import { create } from 'zustand'
import type { Draft } from './draft'

interface DraftStore {
  /** What is being written of each set, by its name; kept while one looks elsewhere. */
  readonly drafts: Readonly<Record<string, Draft>>
}

export const useDrafts = create<DraftStore>()(() => ({ drafts: {} }))

export function keepDraft(set: string, draft: Draft | null): void {
  useDrafts.setState(({ drafts }) => {
    const { [set]: _former, ...others } = drafts
    return { drafts: draft === null ? others : { ...others, [set]: draft } }
  })
}
