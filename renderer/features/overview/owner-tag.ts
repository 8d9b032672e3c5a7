import type { Keys } from '../../../analytics/contract/dimension-values'
import type { CostTable } from '../../../analytics/contract/spend'
import { untaggedValue } from '../explorer/dimension-words'

const ownerLike = /^(team|owner|squad|department|product|project|cost[ _-]?cent(er|re)|business[ _-]?unit)$/i

/** Of the keys that tell whose spend is, the one that most of it carries. */
export function usualOwnerTag(keys: Keys | undefined): string | null {
  const all = [...(keys?.tags ?? []), ...(keys?.costCategories ?? [])]
  const likely = all
    .filter(({ key }) => ownerLike.test(key))
    .sort((left, right) => (right.coverage ?? 0) - (left.coverage ?? 0))
  return likely[0]?.dimension ?? null
}

export interface Unowned {
  readonly amount: string
  readonly percent: number | null
}

/** The spend that carries no value of the tag; nothing where all of it does. */
export function unownedOf({ columns, rows }: CostTable): Unowned {
  const at = (kind: string) => columns.findIndex((column) => column.kind === kind)
  const share = columns.findIndex(({ name }) => name === 'share')
  const row = rows.find(([value]) => value === untaggedValue)
  if (row === undefined) return { amount: '0', percent: 0 }
  const percent = row[share]
  return {
    amount: String(row[at('money')] ?? '0'),
    percent: typeof percent === 'number' ? percent : null,
  }
}
