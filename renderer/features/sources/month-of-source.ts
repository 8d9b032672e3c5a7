/** What the side panel is about. */
export interface MonthOfSource {
  readonly source: string
  readonly period: string
  readonly payer: string
}

/** The parts of a month's detail, and the word in the address bar that each stands under. */
export const monthParts = [
  { value: 'bridge', title: 'Bridge' },
  { value: 'changes', title: 'Changes' },
  { value: 'files', title: 'Files' },
  { value: 'rejected', title: 'Rejected' },
  { value: 'checks', title: 'Checks' },
] as const
export type MonthPart = (typeof monthParts)[number]['value']

export function monthPartOf(word: string | undefined): MonthPart {
  return monthParts.find(({ value }) => value === word)?.value ?? 'bridge'
}
