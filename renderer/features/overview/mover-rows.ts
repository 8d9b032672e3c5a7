import type { ChangeSplit, Mover, Movers, Overview, SpendChange } from '../../../analytics/contract/overview'
import { differenceOf, signOf, sumOf } from '../../format/decimal'

export interface MoverRow {
  readonly kind: 'mover' | 'rest'
  readonly value: string
  readonly label: string | null
  readonly current: string
  readonly previous: string
  readonly change: string
  readonly changePercent: number | null
  readonly state: SpendChange['state']
  /** null until it is known. */
  readonly split: ChangeSplit | null
  readonly lead: Mover['lead']
}

const causes = ['price', 'usage', 'mix', 'fees'] as const

/**
 * The things that moved most, each with its causes as soon as they are known, and the rest of the bill as one row: the
 * rows add up to the total, and so does every cause.
 */
export function moverRows(
  changes: readonly SpendChange[],
  known: readonly Mover[] | undefined,
  total: Movers['total'] | undefined,
  overview: Overview,
): readonly MoverRow[] {
  const byValue = new Map(known?.map((mover) => [mover.value, mover]))
  const rows = changes.map((change): MoverRow => {
    const mover = byValue.get(change.value)
    return { kind: 'mover', ...change, split: mover?.split ?? null, lead: mover?.lead ?? null }
  })
  const rest = (whole: string, of: (row: MoverRow) => string) => differenceOf(whole, sumOf(rows.map(of)))
  const current = rest(overview.monthToDate, (row) => row.current)
  const previous = rest(overview.sameDaysBefore, (row) => row.previous)
  if (signOf(current) === 0 && signOf(previous) === 0) return rows
  const isSplit = total !== undefined && rows.every(({ split }) => split !== null)
  const part = (cause: (typeof causes)[number]) =>
    rest(total?.split[cause] ?? '0', ({ split }) => split?.[cause] ?? '0')
  return [
    ...rows,
    {
      kind: 'rest',
      value: '(other)',
      label: null,
      current,
      previous,
      change: differenceOf(current, previous),
      changePercent: null,
      state: 'changed',
      split: isSplit
        ? { price: part('price'), usage: part('usage'), mix: part('mix'), fees: part('fees') }
        : null,
      lead: null,
    },
  ]
}
