import { useMemo } from 'react'
import { formatPercent } from '../../format/money'
import { useChannel } from '../../queries/use-channel'
import { capitalised, dimensionOrder, dimensionTitle } from './dimension-words'
import type { Option } from './option-list'
import type { Scope } from './questions'
import type { ExplorerState } from './state'

/** Plain dimensions, what allocation rules make, then the tags and cost categories of the data with how much of the spend carries each. */
export function useDimensions(
  { period }: Pick<ExplorerState, 'period'>,
  { basis, currency }: Scope,
): readonly Option[] {
  const keys = useChannel('spend/keys', {
    measure: basis,
    ...('preset' in period ? { period: period.preset } : { from: period.from, to: period.to }),
    ...(currency === null ? {} : { currency }),
  })
  const allocations = useChannel('allocation/list', {})
  return useMemo(() => {
    const covering = (coverage: number | null) =>
      coverage === null ? {} : { hint: `${formatPercent(coverage)} of spend` }
    return [
      ...dimensionOrder.map((value) => ({ value, title: capitalised(dimensionTitle(value)) })),
      ...(allocations.data?.sets ?? []).map(({ definition }) => ({
        value: `allocation:${definition.name}`,
        title: definition.name,
        group: 'Allocation',
      })),
      ...(keys.data?.tags ?? []).map(({ dimension, key, coverage }) => ({
        value: dimension,
        title: key,
        group: 'Tags',
        ...covering(coverage),
      })),
      ...(keys.data?.costCategories ?? []).map(({ dimension, key, coverage }) => ({
        value: dimension,
        title: key,
        group: 'Cost categories',
        ...covering(coverage),
      })),
    ]
  }, [keys.data, allocations.data])
}
