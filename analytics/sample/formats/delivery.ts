/** Where the exports lie that these files stand for. */
export const bucket = 'halden-billing-exports'
export const prefix = 'finops'

/** An id in the form of a UUID that only depends on what it stands for. */
export function idOf(text: string): string {
  let state = 2_166_136_261
  let hex = ''
  while (hex.length < 32) {
    for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0
    state = Math.imul(state ^ hex.length, 16_777_619) >>> 0
    hex += state.toString(16).padStart(8, '0')
  }
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
