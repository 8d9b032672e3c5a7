import type { DuckDBConnection } from '@duckdb/node-api'
import type { AnomalyAnswer, PeriodTotals, WasteAnswer } from './answers'
import type { Period } from './calendar'
import type { Division } from './division'

/** Text of the named columns; everything is read as text so that no amount becomes a floating-point number. */
async function textRows(
  connection: DuckDBConnection,
  sql: string,
): Promise<readonly Readonly<Record<string, string>>[]> {
  const reader = await connection.runAndReadAll(sql)
  return reader
    .getRowObjects()
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value ?? '')])))
}

export async function periodTotals(
  connection: DuckDBConnection,
  periods: readonly Period[],
): Promise<readonly PeriodTotals[]> {
  const names = ['unblended', 'amortized', 'netUnblended', 'netAmortized', 'list'] as const
  const rows = await textRows(
    connection,
    `SELECT t.period, ${names.map((name) => `CAST(sum(t.${name})::DECIMAL(28, 10) AS VARCHAR) AS ${name}`).join(', ')},
            CAST(sum(t.n) AS VARCHAR) AS n FROM total t GROUP BY t.period`,
  )
  const byPeriod = new Map(rows.map((row) => [row.period, row]))
  return periods.map((period) => {
    const row = byPeriod.get(period.name) ?? {}
    const value = (name: string): string => row[name] ?? '0'
    return {
      period: period.name,
      rows: Number(value('n')),
      estimated: period.open,
      unblended: value('unblended'),
      amortized: value('amortized'),
      netUnblended: value('netUnblended'),
      netAmortized: value('netAmortized'),
      list: value('list'),
    }
  })
}

export async function anomalyAnswers(
  connection: DuckDBConnection,
  division: Division,
  since: string,
  until: string,
): Promise<readonly AnomalyAnswer[]> {
  const rows = await textRows(
    connection,
    `SELECT anomaly, CAST(count(DISTINCT day) AS VARCHAR) AS days,
            CAST(round(sum(delta) / count(DISTINCT day), 2)::DECIMAL(18, 2) AS VARCHAR) AS daily
     FROM impact GROUP BY anomaly`,
  )
  const impacts = new Map(rows.map((row) => [row.anomaly, row]))
  return division.anomalies.flatMap((anomaly) => {
    const impact = impacts.get(anomaly.id)
    const [item] = anomaly.items
    if (impact === undefined || item === undefined || anomaly.start < since) return []
    const resources = new Set(anomaly.items.map((one) => one.resourceId))
    return [
      {
        id: anomaly.id,
        kind: anomaly.kind,
        start: anomaly.start,
        end: anomaly.end,
        ongoing: anomaly.end === until,
        account: item.account,
        service: item.productCode,
        region: item.region,
        resource: resources.size === 1 ? item.resourceId : null,
        usageTypes: [...new Set(anomaly.items.map((one) => one.usageType))],
        days: Number(impact.days),
        dailyImpact: impact.daily ?? '0',
        sentence: anomaly.sentence,
      },
    ]
  })
}

/** Keeps what each item cost in the loaded period: the month that waste is told for. */
export async function keepItemCosts(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE item_cost AS
     SELECT l.n, i.resourceId, sum(l.unblended) AS cost FROM line l JOIN item i ON i.n = l.n WHERE i.kind <> 'split' GROUP BY ALL`,
  )
}

export async function wasteAnswers(
  connection: DuckDBConnection,
  division: Division,
): Promise<readonly WasteAnswer[]> {
  const rows = await textRows(
    connection,
    `SELECT CAST(n AS VARCHAR) AS n, resourceId, CAST(round(cost, 4)::DECIMAL(18, 4) AS VARCHAR) AS cost,
            CAST(round(sum(cost) OVER (PARTITION BY resourceId), 4)::DECIMAL(18, 4) AS VARCHAR) AS whole
     FROM item_cost WHERE resourceId IS NOT NULL`,
  )
  const byItem = new Map(rows.map((row) => [row.n, row]))
  return division.waste.flatMap((waste) => {
    const [item] = waste.items
    const row = item === undefined ? undefined : byItem.get(String(item.n))
    if (row === undefined) return []
    return [
      {
        id: waste.id,
        kind: waste.kind,
        resource: waste.resourceId,
        account: waste.account,
        region: waste.region,
        monthlyCost: row.whole ?? '0',
        wastefulCost: row.cost ?? '0',
        usageTypes: waste.items.map((one) => one.usageType),
        sentence: waste.sentence,
      },
    ]
  })
}
