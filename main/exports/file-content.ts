/** A file that is about to be: made piece by piece, so that its size is nobody's concern. */
export interface FileContent {
  /** A name to offer: letters, digits, dots and dashes only. */
  readonly name: string
  readonly type: string
  /** Ends with an error when it cannot be made to its end. Begun at most once. */
  chunks(signal: AbortSignal): AsyncIterable<string | Uint8Array>
}

/** Names come from sources and months; whatever is no plain file name on every system becomes a dash. */
export function fileName(stem: string, ending: string): string {
  const safe = stem.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^[.-]+|[.-]+$/g, '')
  return `${safe.slice(0, 100) || 'export'}.${ending}`
}
