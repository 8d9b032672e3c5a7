import type { ReportStyle } from '../../../analytics/contract/report-files'
import type { ReportKind, ReportRequest, ReportSectionId } from '../../../analytics/contract/reports'
import type { CostMeasure } from '../../../analytics/contract/spend'
import { readConditions } from '../../components/condition-field'

/** What the address says of a report; whatever it does not say is as usual. */
export type ReportView = Readonly<Record<string, string>>

export const kindWords: Readonly<Record<ReportKind, string>> = {
  executive: 'Executive',
  showback: 'Showback',
  savings: 'Savings',
  anomalies: 'Anomalies',
  close: 'Monthly close',
  forecast: 'Forecast',
  tags: 'Tags',
}

export const reportPeriods = [
  'last-month',
  'month-to-date',
  'last-3-months',
  'last-6-months',
  'last-12-months',
  'last-quarter',
  'quarter-to-date',
  'year-to-date',
  'last-year',
] as const

export const locales: Readonly<Record<ReportStyle['locale'], string>> = {
  'en-US': 'English (US)',
  'en-GB': 'English (UK)',
  'de-DE': 'German',
  'fr-FR': 'French',
  'es-ES': 'Spanish',
  'it-IT': 'Italian',
  'nl-NL': 'Dutch',
  'pl-PL': 'Polish',
  'pt-BR': 'Portuguese (Brazil)',
  'sv-SE': 'Swedish',
}

export const usualColour = '#1f4e79'
const dayPattern = /^\d{4}-\d{2}-\d{2}$/

export function kindOf({ kind }: ReportView): ReportKind {
  return Object.hasOwn(kindWords, kind ?? '') ? (kind as ReportKind) : 'executive'
}

export function sectionsOf({ sections }: ReportView): readonly ReportSectionId[] | null {
  return sections === undefined || sections === '' ? null : (sections.split(',') as ReportSectionId[])
}

export function hasOwnDays({ from, to }: ReportView): boolean {
  return dayPattern.test(from ?? '') && dayPattern.test(to ?? '') && (from ?? '') < (to ?? '')
}

export function requestOf(
  view: ReportView,
  scope: { readonly basis: CostMeasure; readonly currency: string | null },
): ReportRequest {
  const kind = kindOf(view)
  const where = readConditions(view.where ?? '') ?? []
  const sections = sectionsOf(view)
  const period = reportPeriods.find((one) => one === view.period) ?? 'last-month'
  return {
    kind,
    ...(hasOwnDays(view) ? { from: view.from, to: view.to } : { period }),
    measure: scope.basis,
    ...(view.compare === 'year' ? { compare: 'year' as const } : {}),
    ...(scope.currency === null ? {} : { currency: scope.currency }),
    ...(view.by === undefined || view.by === '' ? {} : { by: view.by }),
    ...(where.length === 0 ? {} : { where: [...where] }),
    ...(sections === null ? {} : { sections: [...sections] }),
    ...((view.title ?? '').trim() === '' ? {} : { title: view.title?.trim().slice(0, 200) }),
  }
}

export function styleOf(view: ReportView, logo: string | null): ReportStyle {
  const locale = Object.keys(locales).find((one) => one === view.locale)
  return {
    paper: view.paper === 'letter' ? 'letter' : 'a4',
    locale: (locale ?? 'en-US') as ReportStyle['locale'],
    company: (view.company ?? '').slice(0, 120),
    footer: (view.footer ?? '').slice(0, 200),
    colour: /^#[0-9a-f]{6}$/.test(view.colour ?? '') ? (view.colour ?? usualColour) : usualColour,
    logo,
  }
}
