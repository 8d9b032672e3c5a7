/** What the numbers in a column of times mean. */
export type Clock = 'calendar' | 'index'

export interface ReadTimes {
  readonly clock: Clock
  /** Milliseconds since 1970, or the number itself for an index; NaN where it was not understood. */
  readonly times: Float64Array
}

const wholeNumber = /^-?\d{1,19}$/
const written =
  /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?)?$/i

/** A whole column at once: whether 20260101 is a day or a count is told from its neighbours. */
export function readTimes(texts: readonly string[]): ReadTimes {
  const numbers = texts.filter((text) => wholeNumber.test(text))
  if (numbers.length * 2 <= texts.length)
    return { clock: 'calendar', times: Float64Array.from(texts, readDate) }
  const largest = numbers.reduce((most, text) => Math.max(most, Math.abs(Number(text))), 0)
  if (numbers.every(isCompactDay))
    return { clock: 'calendar', times: Float64Array.from(texts, readCompactDay) }
  // Seconds since 1970 have nine digits or more since 1973; milliseconds, micro- and nanoseconds three more each.
  const scale =
    largest < 1e8 ? null : largest < 1e11 ? 1_000 : largest < 1e14 ? 1 : largest < 1e17 ? 1e-3 : 1e-6
  const times = Float64Array.from(texts, (text) =>
    wholeNumber.test(text) ? Number(text) * (scale ?? 1) : scale === null ? Number.NaN : readDate(text),
  )
  return { clock: scale === null ? 'index' : 'calendar', times }
}

function readDate(text: string): number {
  const parts = written.exec(text)
  if (!parts) return Number.NaN
  const [, year, month, day = '1', hour = '0', minute = '0', second = '0', fraction = '0', zone = 'Z'] = parts
  const time = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  )
  const date = new Date(time)
  const real = Number(hour) <= 24 && Number(minute) < 60 && Number(second) < 61
  if (
    !real ||
    (Number(hour) < 24 && (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)))
  ) {
    return Number.NaN
  }
  return time + Math.round(Number(`0.${fraction}`) * 1_000) - offsetOf(zone)
}

function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? []
  if (sign === undefined) return 0
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

function isCompactDay(text: string): boolean {
  return /^(19|20)\d{6}$/.test(text) && Number.isFinite(readCompactDay(text))
}

function readCompactDay(text: string): number {
  return readDate(text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'))
}
