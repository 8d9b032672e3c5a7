import { type Address, readAddress, writeAddress } from './address'
import type { ExplorerState } from './state'

const format = 'finops-explorer-view'

/** A view as a text to send: whoever pastes it sees the same question over their own data. */
export function shareText(state: ExplorerState): string {
  const view: Address = writeAddress({ ...state, lines: null, view: null })
  return `${JSON.stringify({ format, version: 1, view }, null, 2)}\n`
}

export type ReadShared =
  | { readonly state: ExplorerState; readonly unread: readonly string[] }
  | { readonly trouble: string }

const mostCharacters = 40_000

/** The view in a text that somebody sent; or what is wrong with it. */
export function readShared(text: string): ReadShared {
  if (text.length > mostCharacters) return { trouble: 'This text is too long to be a view.' }
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { trouble: 'This text is not JSON. Copy the whole text that Explorer gave.' }
  }
  if (typeof document !== 'object' || document === null || Reflect.get(document, 'format') !== format)
    return { trouble: 'This JSON is not a view of Explorer.' }
  const view: unknown = Reflect.get(document, 'view')
  if (typeof view !== 'object' || view === null) return { trouble: 'This JSON holds no view.' }
  const texts = Object.entries(view).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return readAddress(Object.fromEntries(texts))
}
