import type { AllocationDefinition } from '../contract/allocation'
import { isAllocationDimension } from '../contract/dimensions'
import { fail, type Result, succeed } from '../contract/result'
import { partsTable } from '../model/allocation-terms'
import type { Question } from '../model/question'
import type { Connection } from '../store/connection'
import { quoteLiteral } from '../store/sql-text'
import { chosenSet } from './allocation-sets'
import { divide } from './divide'
import { givenBy, type MonthShares, type Reading, readShares } from './read-shares'
import { wholeShare } from './shares'

const wholeQuantityShare = 10n ** 6n

/** A question with the rules of the sets that it names, and the shares of what they divide beside it. */
export async function allocatedQuestion<Q extends Question>(
  question: Q,
  reading: Reading,
): Promise<Result<Q>> {
  const named = [...question.by, ...(question.where ?? []).map(({ dimension }) => dimension)]
  const dimensions = [...new Set(named.filter(isAllocationDimension))]
  if (dimensions.length === 0) return succeed(question)
  const terms = new Map<string, { readonly names: string[]; readonly definition: AllocationDefinition }>()
  for (const dimension of dimensions) {
    const set = await chosenSet(reading.connection, dimension.split(':')[1])
    if (!set.ok) return set
    const { definition } = set.value
    const known = terms.get(definition.name)
    if (known) known.names.push(dimension)
    else terms.set(definition.name, { names: [dimension], definition })
  }
  const [first, second] = [...terms.values()].filter(({ definition }) => definition.splits.length > 0)
  if (first && second) {
    return fail(
      'several-divided',
      `${first.names[0]} and ${second.names[0]} both divide shared cost; one question can follow one of them.`,
      'Ask for them one after the other.',
    )
  }
  if (first) {
    const shares = await readShares(first.definition, windowOf(question), reading)
    await writeParts(reading.connection, shares)
  }
  return succeed({
    ...question,
    allocations: [...terms.values()].map(({ names, definition }) => ({
      ...givenBy(definition),
      names,
      divided: definition.splits.length > 0,
    })),
  })
}

/** From the first day of the question or of what it is compared with, to the last of both. */
function windowOf({ window, previous }: Question) {
  return {
    from: previous && previous.from < window.from ? previous.from : window.from,
    to: previous && previous.to > window.to ? previous.to : window.to,
  }
}

/** Month, currency, divided value, value, share, share of a quantity. */
type Part = readonly [string, string, string, string, string, string]

function partsOf(shares: readonly MonthShares[]): readonly Part[] {
  return shares.flatMap(({ month, currency, parts }) =>
    [...parts].flatMap(([pool, values]) => {
      const ends = [...values]
      const quantities = divide(
        wholeQuantityShare,
        ends.map(([, { share }]) => share),
      )
      return ends.map(
        ([value, { share }], place): Part => [
          month,
          currency,
          pool,
          value,
          decimalOf(share, wholeShare),
          decimalOf(quantities[place] ?? 0n, wholeQuantityShare),
        ],
      )
    }),
  )
}

function decimalOf(share: bigint, whole: bigint): string {
  return `${share / whole}.${(share % whole).toString().padStart(whole.toString().length - 1, '0')}`
}

/** Beside the question, on its own connection: nothing of it is kept. */
async function writeParts(connection: Connection, shares: readonly MonthShares[]): Promise<void> {
  await connection.run(createParts)
  await connection.run(fillParts, [JSON.stringify(partsOf(shares))])
}

const createParts = `CREATE OR REPLACE TEMP TABLE ${partsTable} (
  "PartMonth" DATE, "PartCurrency" VARCHAR, "Pool" VARCHAR, "PartValue" VARCHAR,
  "Share" DECIMAL(13,12), "QuantityShare" DECIMAL(7,6))`

const fillParts = `INSERT INTO ${partsTable}
SELECT CAST(part[1] AS DATE), part[2], part[3], part[4], CAST(part[5] AS DECIMAL(13,12)), CAST(part[6] AS DECIMAL(7,6))
FROM (SELECT unnest(CAST(CAST(? AS JSON) AS VARCHAR[][])) AS part)`

/** The shares of a question as a statement that a person can run. */
export async function partsStatement(connection: Connection): Promise<string> {
  const rows = await connection.cells(`SELECT * FROM ${partsTable} ORDER BY ALL`)
  return readableParts(rows.map((row) => row.map(String)))
}

function readableParts(rows: readonly (readonly string[])[]): string {
  const values = rows.map(
    ([month, currency, pool, value, share, quantity]) =>
      `  (DATE ${quoteLiteral(month ?? '')}, ${[currency, pool, value].map((text) => quoteLiteral(text ?? '')).join(', ')}, ${share}, ${quantity})`,
  )
  return `${createParts};\nINSERT INTO ${partsTable} VALUES\n${values.join(',\n')}`
}
