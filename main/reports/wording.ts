import type { ReportStyle } from '../../analytics/contract/report-files'
import type { ReportCell, ReportUnit } from '../../analytics/contract/reports'

/** How values are read in one language of numbers. Decimal strings are rounded by their digits, not as doubles. */
export interface Wording {
  readonly cell: (value: ReportCell, unit: ReportUnit) => string
  readonly day: (day: string) => string
  readonly month: (day: string) => string
  /** For axes: 1.2M. */
  readonly compact: (amount: number) => string
}

/** What stands where there is no value. */
const absent = '–'

/** A string stays exact in this overload; the types know it since a later version of the language. */
interface DecimalFormat {
  format(value: string | number): string
}

export function wordingOf(locale: ReportStyle['locale']): Wording {
  const numbers = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, {
      ...options,
      signDisplay: 'negative',
    } as Intl.NumberFormatOptions) as DecimalFormat
  const money = numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const number = numbers({ maximumFractionDigits: 6 })
  const percent = numbers({ minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const count = numbers({ maximumFractionDigits: 0 })
  const short = numbers({ notation: 'compact', maximumFractionDigits: 1 })
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const months = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  const at = (day: string) => new Date(`${day}T00:00:00Z`)
  const plain = (text: string) => text.replaceAll('\u202f', '\u00a0')
  const day = (text: string) => plain(days.format(at(text)))
  const month = (text: string) => plain(months.format(at(text)))
  return {
    day,
    month,
    compact: (amount) => plain(short.format(amount)),
    cell: (value, unit) => {
      if (value === null) return absent
      switch (unit) {
        case 'text':
          return readable(String(value))
        case 'money':
          return plain(money.format(value))
        case 'number':
          return plain(number.format(value))
        case 'percent':
          return `${plain(percent.format(value))}\u00a0%`
        case 'count':
          return plain(count.format(value))
        case 'day':
          return dayPattern.test(String(value)) ? day(String(value)) : readable(String(value))
        case 'month':
          return dayPattern.test(String(value)) ? month(String(value)) : readable(String(value))
      }
    },
  }
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/

/** Names come from tags and bills: what would break a line, turn the direction of text or be unseen is taken out. */
export function readable(text: string): string {
  return text
    .replaceAll(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/\p{Cs}/gu, '\ufffd')
}

export function isFigure(unit: ReportUnit): boolean {
  return unit === 'money' || unit === 'number' || unit === 'percent' || unit === 'count'
}
