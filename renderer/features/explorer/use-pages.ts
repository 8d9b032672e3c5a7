import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { CostQuery, CostTable } from '../../../analytics/contract/spend'
import { useBridge } from '../../bridge/context'
import { type ChannelAnswer, channelQuery, useChannel } from '../../queries/use-channel'
import { useConnection } from '../../stores/connection'

/** Rows a message holds. */
export const pageRows = 200

export interface TableRow {
  readonly cells: CostTable['rows'][number]
  readonly state: 'changed' | 'new' | 'gone' | null
  readonly unit: string | null
}

export interface Pages {
  readonly answer: ChannelAnswer<CostTable>
  readonly isFetching: boolean
  /** undefined while its page is on its way. */
  readonly row: (index: number) => TableRow | undefined
}

/** A table of any length: its first page says how long it is, the others are asked for when they come into sight. */
export function usePages(
  question: CostQuery,
  seen: { readonly first: number; readonly last: number },
): Pages {
  const bridge = useBridge()
  const dataVersion = useConnection((state) => state.dataVersion)
  const answer = useChannel('spend/query', { ...question, offset: 0, limit: pageRows })
  const { data, isStale } = answer
  const numbers = useMemo(() => {
    if (data === undefined || isStale) return []
    const last = Math.floor(Math.min(seen.last, data.rowCount - 1) / pageRows)
    const first = Math.floor(seen.first / pageRows)
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at).filter(
      (page) => page > 0,
    )
  }, [data, isStale, seen.first, seen.last])
  const rest = useQueries({
    queries: numbers.map((page) =>
      channelQuery(
        bridge,
        'spend/query',
        { ...question, offset: page * pageRows, limit: pageRows },
        dataVersion,
      ),
    ),
  })
  const tables = new Map<number, CostTable>()
  if (data !== undefined) tables.set(0, data)
  numbers.forEach((page, at) => {
    const table = rest[at]?.data
    if (table !== undefined) tables.set(page, table)
  })
  return {
    answer,
    isFetching: answer.isFetching || rest.some(({ isFetching }) => isFetching),
    row: (index) => {
      const table = tables.get(Math.floor(index / pageRows))
      const at = index % pageRows
      const cells = table?.rows[at]
      if (table === undefined || cells === undefined) return undefined
      return { cells, state: table.states?.[at] ?? null, unit: table.units?.[at] ?? null }
    },
  }
}
