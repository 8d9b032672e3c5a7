import type { Values, ValuesRequest } from '../contract/dimension-values'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { asking } from './ask'
import { askedQuestion } from './asked-question'
import { compileValues } from './compile-values'
import { tableFor } from './cost-tables'
import { componentsOf } from './measures'

/** What a filter menu offers for a dimension: its values, most spend first. */
export async function readValues(request: ValuesRequest, work: Work): Promise<Result<Values>> {
  return await asking(work, async (context) => {
    const { connection, facts, signal } = context
    const { dimension, search, limit, offset, ...period } = request
    const asked = await askedQuestion({ ...period, by: [dimension] }, context)
    if (!asked.ok) return asked
    const question = asked.value
    const named =
      dimension === 'account' || dimension === 'payer'
        ? accountsNamedLike(search ?? '', facts.accountNames)
        : []
    const table = tableFor(question, componentsOf(question.measures), facts)
    const { sql, values } = compileValues(question, table, {
      measure: request.measure,
      search: search ?? '',
      named,
      limit,
      offset: offset ?? 0,
    })
    const rows = await connection.rows(sql, values, signal)
    const currencies = new Set(
      question.apart ? rows.flatMap(({ currencies }) => texts(currencies)) : facts.currencies,
    )
    return succeed({
      values: rows.map(({ value, amount, lines, currencies }) => ({
        value: String(value),
        label:
          dimension === 'account' || dimension === 'payer'
            ? (facts.accountNames.get(String(value)) ?? null)
            : null,
        amount: texts(currencies).length > 1 ? null : String(amount),
        lines: Number(lines),
      })),
      count: Number(rows[0]?.count ?? 0),
      currency: currencies.size === 1 ? ([...currencies][0] ?? null) : null,
    })
  })
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function accountsNamedLike(search: string, names: ReadonlyMap<string, string>): readonly string[] {
  if (search === '') return []
  const wanted = search.toLowerCase()
  return [...names].filter(([, name]) => name.toLowerCase().includes(wanted)).map(([account]) => account)
}
