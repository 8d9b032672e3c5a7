/** Where a request goes: the path, percent-decoded once, and the query. */
export interface Target {
  readonly path: string
  readonly query: URLSearchParams
}

/**
 * null for anything that is not a plain path: an absolute address, a NUL, a broken escape. `URL` is not used, since
 * it repairs what should be refused.
 */
export function parseTarget(raw: string): Target | null {
  if (!raw.startsWith('/')) return null
  const questionMark = raw.indexOf('?')
  const encodedPath = questionMark === -1 ? raw : raw.slice(0, questionMark)
  const path = decoded(encodedPath)
  if (path === null || path.includes('\0')) return null
  return { path, query: new URLSearchParams(questionMark === -1 ? '' : raw.slice(questionMark + 1)) }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
