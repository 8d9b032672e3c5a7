import type { Connection } from '../store/connection'
import { type AmountColumn, amountSql, cubeDimensions, cubeMeasures } from '../store/warehouse-schema'

/**
 * Temporary: what each line of the new imports came to on each day. Cube, totals and checks are made from it, so
 * that the rows are added up once. `upfront`: paid, but costing nothing in its month; `amortised`: billed otherwise
 * than it costs. Rows that differ in these stay apart.
 */
export const lineDays = 'line_days'

const summed = [
  ...cubeMeasures,
  'x_UnblendedCost',
  'x_NetUnblendedCost',
  'x_AmortizedCost',
  'x_AmortizedUpfront',
] as const satisfies readonly AmountColumn[]

export function sumLineDays(): string {
  const cost = (name: AmountColumn) => amountSql(name, 'amount')
  return `CREATE OR REPLACE TEMP TABLE ${lineDays} AS
    SELECT "x_ImportId", line, CAST("ChargePeriodStart" AS DATE) AS "Day", "x_SplitCost" IS NOT NULL AS split,
      ${cost('x_AmortizedCost')} = 0 AND "x_UnblendedCost" <> 0 AS upfront,
      ${cost('BilledCost')} <> ${cost('EffectiveCost')} AS amortised,
      count(*) AS "Lines", count(*) FILTER ("x_UnblendedCost" <> 0) AS paid_lines,
      count(*) FILTER (${cost('EffectiveCost')} <> 0) AS costing_lines,
      ${summed.map((name) => `sum(${cost(name)}) AS "${name}"`).join(', ')}
    FROM charge_amounts AS amount WHERE "x_ImportId" >= ? GROUP BY ALL`
}

export async function rollUp(connection: Connection, importId: number, signal: AbortSignal): Promise<void> {
  const dimensions = cubeDimensions.map((name) =>
    name === 'x_ImportId' ? 'day."x_ImportId"' : `line."${name}"`,
  )
  const sums = cubeMeasures.map((name) => `sum(day."${name}")`).join(', ')
  await connection.run(
    `INSERT INTO daily_costs SELECT "Day", ${dimensions.join(', ')}, ${sums}, sum("Lines")
     FROM ${lineDays} AS day JOIN charge_lines AS line ON line.id = day.line
     WHERE day."x_ImportId" = ? AND NOT split GROUP BY ALL`,
    [importId],
    signal,
  )
}
