import type { Connection } from '../store/connection'
import { cutDimensions } from '../store/rollup-schema'
import { quoteIdentifier } from '../store/sql-text'
import type { AmountColumn } from '../store/warehouse-schema'

/** Of a service in a region one line in so many is dear, and as many as a few pages hold. */
const linesADearOne = 50
const fewestDearLines = 1_000

/** The columns that the costs of a line are in: what is not stored is another one over again. */
const costs = [
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
  'x_UnblendedCost',
  'x_NetUnblendedCost',
  'x_AmortizedCost',
] as const satisfies readonly AmountColumn[]

/**
 * Puts the dear lines of an import beside the others. Where a cut lies is told from what lines of an item cost on a
 * day; it need not be exact, for every line beyond it is taken.
 */
export async function addDearLines(
  connection: Connection,
  importId: number,
  signal: AbortSignal,
): Promise<void> {
  await connection.run(addCuts, [importId], signal)
  await connection.run(addBeyond, [importId], signal)
}

const cell = cutDimensions.map(quoteIdentifier).join(', ')

/**
 * Costs that are within a tenth of each other are one step; the lowest step that is dear gives the cut, in its service
 * and region or in all of the import. Where so many lines cost the same that none stands out, the cut lies above them.
 */
const addCuts = `INSERT INTO dear_cuts
  WITH steps AS (
    SELECT ${cell}, floor(8 * log2(CAST(furthest / "Lines" AS DOUBLE))) AS step, sum("Lines") AS "Lines"
    FROM (SELECT *, greatest(${costs.map((name) => `abs(${quoteIdentifier(name)})`).join(', ')}) AS furthest FROM item_days)
    WHERE furthest <> 0 GROUP BY ALL),
  sizes AS (
    SELECT ${cell}, greatest(${fewestDearLines}, sum("Lines") // ${linesADearOne}) AS enough
    FROM item_days GROUP BY ALL),
  reached AS (SELECT *, sum("Lines") OVER (PARTITION BY ${cell} ORDER BY step DESC) AS "Reached" FROM steps),
  everywhere AS (SELECT step, sum(sum("Lines")) OVER (ORDER BY step DESC) AS "Reached" FROM steps GROUP BY step),
  whole AS (
    SELECT min(step) FILTER ("Reached" <= (SELECT sum("Lines") // ${linesADearOne} FROM item_days)) AS step FROM everywhere)
  SELECT ?, ${cutDimensions.map((name) => `sizes."${name}"`).join(', ')},
    CASE WHEN COALESCE(max("Reached"), 0) <= any_value(enough) THEN 0 ELSE CAST(pow(2, least(
      COALESCE(min(step) FILTER ("Reached" <= enough), max(step) + 1), (SELECT step FROM whole)) / 8) AS DECIMAL(38,12)) END
  FROM sizes LEFT JOIN reached ON ${alike('sizes', 'reached')}
  GROUP BY ${cutDimensions.map((name) => `sizes."${name}"`).join(', ')}`

const addBeyond = `INSERT INTO dear_amounts
  SELECT amount.* FROM charge_amounts AS amount JOIN (
    SELECT id, cut FROM charge_lines AS line JOIN dear_cuts AS cuts
    ON line."x_ImportId" = cuts.import_id AND ${alike('line', 'cuts')}) ON line = id
  WHERE "x_ImportId" = ? AND "x_SplitCost" IS NULL
    AND (${costs.map((name) => `abs(${quoteIdentifier(name)}) > cut`).join(' OR ')})`

function alike(one: string, other: string): string {
  return cutDimensions.map((name) => `${one}."${name}" IS NOT DISTINCT FROM ${other}."${name}"`).join(' AND ')
}
