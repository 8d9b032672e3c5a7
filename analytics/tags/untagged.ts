import { type Result, succeed } from '../contract/result'
import type { Untagged, UntaggedRequest } from '../contract/tag-hygiene'
import type { Work } from '../engine/work'
import { asking } from '../model/ask'
import { tableFor } from '../model/cost-tables'
import type { Row } from '../store/connection'
import { compileUntagged } from './compile-tags'
import { tagQuestion } from './tag-hygiene'

/** What each account leaves untagged by one key, and who would have to mend it. */
export async function readUntagged(request: UntaggedRequest, work: Work): Promise<Result<Untagged>> {
  return await asking(work, async (context) => {
    const { key, owner, limit, ...asked } = request
    const by = [
      ...new Set(['account', 'resource', 'charge-category', key, ...(owner === undefined ? [] : [owner])]),
    ]
    const put = await tagQuestion(asked, context, by)
    if (!put.ok) return put
    const { question, currency } = put.value
    const { connection, facts, signal } = context
    const table = tableFor(question, [asked.measure], facts)
    const { sql, values } = compileUntagged(question, table, { measure: asked.measure, key, owner, limit })
    const rows = await connection.rows(sql, values, signal)
    const total = rows.find(({ part }) => part === 1)
    return succeed({
      currency,
      window: question.window,
      accounts: rows
        .filter(({ part }) => part === 0)
        .map((row) => ({
          account: String(row.account),
          name: facts.accountNames.get(String(row.account)) ?? null,
          owner: row.owner === null || row.owner === undefined ? null : String(row.owner),
          ownerShare: numberOf(row.owner_share),
          ...sumsOf(row),
        })),
      accountCount: Number(total?.count ?? 0),
      total: sumsOf(total),
    })
  })
}

function sumsOf(row: Row | undefined): Untagged['total'] {
  return {
    taggable: String(row?.taggable ?? '0'),
    untagged: String(row?.untagged ?? '0'),
    withoutResource: String(row?.bare ?? '0'),
    coverage: numberOf(row?.coverage),
  }
}

function numberOf(cell: Row[string] | undefined): number | null {
  return cell === null || cell === undefined ? null : Number(cell)
}
