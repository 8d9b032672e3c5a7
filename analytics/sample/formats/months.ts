import { addMonths } from '../calendar'

/** A billing month by its name, `2026-09`, with its first day and the first day after it. */
export interface Month {
  readonly name: string
  readonly from: string
  readonly to: string
}

export function monthOf(name: string): Month {
  const from = `${name}-01`
  return { name, from, to: addMonths(from, 1) }
}

const compact = (day: string): string => day.replaceAll('-', '')

/** `20260901-20261001`: the end is the first day after the month. */
export const dateRange = ({ from, to }: Month): string => `${compact(from)}-${compact(to)}`

/** `20260901T000000.000Z`, the form of manifests. */
export const stamp = (day: string): string => `${compact(day)}T000000.000Z`
