import type { Filter } from '../../../analytics/contract/dimensions'
import type { Window } from '../../../analytics/contract/periods'
import type { NearDuplicates } from '../../../analytics/contract/tag-hygiene'
import { untaggedValue } from '../explorer/dimension-words'
import { explorerDoor } from '../explorer/door'

/** What a figure about tags counts: usage in one currency, and the conditions of the screen. */
function counted(where: readonly Filter[], currency: string | null): readonly Filter[] {
  return [
    ...where,
    { dimension: 'charge-category', operator: '=', value: 'Usage' },
    ...(currency === null ? [] : [{ dimension: 'currency', operator: '=', value: currency } as const]),
  ]
}

/** The spend of an account that lacks a key, by what could be tagged. */
export function untaggedDoor(
  dimension: string,
  account: string,
  period: Window,
  where: readonly Filter[],
  currency: string | null,
): string {
  return explorerDoor({
    by: ['service', 'resource'],
    period,
    where: [
      ...counted(where, currency),
      { dimension, operator: '=', value: untaggedValue },
      { dimension: 'account', operator: '=', value: account },
    ],
  })
}

/** The spend of everything but the proposed spelling: what would have to be written anew. */
export function duplicatesDoor(
  { dimension, canonical, members }: NearDuplicates,
  period: Window,
  where: readonly Filter[],
  currency: string | null,
): string | null {
  if (dimension === null) return null
  const others = members.filter(({ text }) => text !== canonical).map(({ text }) => text)
  return explorerDoor({
    by: [dimension, 'account'],
    period,
    where: [...counted(where, currency), { dimension, operator: '=', value: others }],
  })
}
