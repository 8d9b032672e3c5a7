export interface ReadTime {
  /** Seconds since 1970, or the number as it stands. */
  readonly value: number
  readonly dated: boolean
}

/** From here on a number counts milliseconds: as seconds it would be the year 5138. */
const leastMilliseconds = 1e11
const written =
  /^(\d{4}-\d{2}(?:-\d{2})?)(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?\s*(Z|[+-]\d{2}:?\d{2})?$/

/** Thousands of series share their days: each is understood once. */
const understood = new Map<string, ReadTime>()
const mostUnderstood = 20_000

/** A date, a date with time, seconds or milliseconds since 1970, or a plain count; null when it is none of them. */
export function readTime(text: string): ReadTime | null {
  const known = understood.get(text)
  if (known !== undefined) return known
  const read = understand(text.trim())
  if (read !== null && understood.size < mostUnderstood) understood.set(text, read)
  return read
}

function understand(plain: string): ReadTime | null {
  if (/^[+-]?\d+(\.\d+)?$/.test(plain)) {
    const number = Number(plain)
    if (!Number.isFinite(number)) return null
    return { value: Math.abs(number) >= leastMilliseconds ? number / 1_000 : number, dated: false }
  }
  const [, day, clock, zone] = written.exec(plain) ?? []
  if (day === undefined) return null
  const whole = day.length === 7 ? `${day}-01` : day
  const time = Date.parse(`${whole}T${clock ?? '00:00'}${zone ?? 'Z'}`)
  return Number.isFinite(time) ? { value: time / 1_000, dated: true } : null
}
