import type { Keys, KeysRequest } from '../contract/dimension-values'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import type { Row } from '../store/connection'
import { asking } from './ask'
import { compileKeys } from './compile-keys'
import { tableFor } from './cost-tables'
import { questionOf } from './question'

/** Which tags and cost categories the spend of a period carries, most covered first. */
export async function readKeys(request: KeysRequest, work: Work): Promise<Result<Keys>> {
  return await asking(work, async ({ connection, facts, fiscalYearStart, signal }) => {
    const { currency: wanted, ...period } = request
    const currency = wanted ?? facts.currencies[0] ?? null
    const where =
      currency === null ? [] : [{ dimension: 'currency', operator: '=', value: currency } as const]
    const asked = questionOf({ ...period, where }, facts, fiscalYearStart)
    if (!asked.ok) return asked
    // Any key stands for all: what counts is which table has the tags.
    const carrying = { ...asked.value, by: ['tag:any', 'cost-category:any'] }
    const table = tableFor(carrying, [request.measure], facts)
    const { sql, values } = compileKeys(asked.value, table, request.measure)
    const rows = await connection.rows(sql, values, signal)
    const family = (name: string) => rows.filter((row) => row.family === name).map((row) => keyOf(row, name))
    const total = rows.find((row) => row.family === 'total')
    return succeed({
      tags: family('tag'),
      costCategories: family('cost-category'),
      total: String(total?.amount ?? '0'),
      currency,
    })
  })
}

function keyOf(row: Row, family: string): Keys['tags'][number] {
  const spellings: readonly string[] = Array.isArray(row.spellings) ? row.spellings.map(String) : []
  const key = keyToAskBy(spellings)
  return {
    dimension: `${family}:${key}`,
    key,
    spellings: [...spellings],
    values: Number(row.different),
    amount: String(row.amount),
    coverage: row.coverage === null ? null : Number(row.coverage),
  }
}

/** A spelling with its capitals and spaces finds the ones without, not the other way round. */
export function keyToAskBy(spellings: readonly string[]): string {
  const plain = spellings.map((spelling) => spelling.replace(/^user[_:]/, ''))
  return plain.find((spelling) => /[^a-z0-9_]/.test(spelling)) ?? plain[0] ?? ''
}
