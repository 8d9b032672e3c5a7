import type { Window } from '../../analytics/contract/periods'
import type { Report } from '../../analytics/contract/reports'
import type { Wording } from './wording'

const basisNames: Readonly<Record<Report['measure'], string>> = {
  billed: 'Billed cost',
  effective: 'Effective cost (commitments spread over what they cover)',
  list: 'List cost',
  contracted: 'Contracted cost',
}

/** The last day that belongs to it. */
export function lastDayOf({ to }: Window): string {
  return new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

export function basisWords({ measure, currency, dataVersion, asOf }: Report): string {
  return [
    `${basisNames[measure]}${currency === null ? '' : ` in ${currency}`}`,
    ...(asOf === null ? [] : [`data to ${asOf}`]),
    `version ${dataVersion}`,
  ].join(' · ')
}

/** What the figures are of, in a few sentences: a report travels without its screen. */
export function aboutReport(report: Report, wording: Wording): readonly string[] {
  const { measure, currency, previous, asOf, filters, otherCurrencies } = report
  return [
    `${basisNames[measure]}. ${currency === null ? 'There is no spend in this period.' : `Amounts are in ${currency}.`} Days are UTC billing days.`,
    ...(previous === null
      ? []
      : [`Compared with ${wording.day(previous.from)} to ${wording.day(lastDayOf(previous))}.`]),
    ...(asOf === null
      ? []
      : [
          `The data reaches ${wording.day(asOf)}${asOf < lastDayOf(report.window) ? ', so the period is not whole' : ''}.`,
        ]),
    ...(filters.length === 0 ? [] : [`Only: ${wording.cell(filters.join('; '), 'text')}.`]),
    ...(otherCurrencies.length === 0
      ? []
      : [
          `Not in these figures, because currencies are never added: ${otherCurrencies.map((one) => `${wording.cell(one.amount, 'money')} ${one.currency}`).join(', ')}.`,
        ]),
  ]
}
