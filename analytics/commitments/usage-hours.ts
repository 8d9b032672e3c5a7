import { bareUsageType } from '../prices/bare-usage-type'
import type { Connection } from '../store/connection'
import { compileUsageHours, type LookBack } from './compile-commitments'
import { familyOf, instanceOf, type UsageClass, usageClasses } from './coverable-usage'
import type { HourlyUsage, UsageKind } from './waterfall'

export interface MeasuredUsage extends HourlyUsage {
  readonly spot: boolean
  readonly cost: number
  readonly quantity: number
}

export interface UsageHours {
  readonly hours: number
  readonly usage: readonly MeasuredUsage[]
  /** No row stands for more than an hour. */
  readonly hourly: boolean
}

/** Usage that can be covered, hour by hour. Amounts become numbers here: what is made of them are estimates. */
export async function readUsageHours(
  connection: Connection,
  window: LookBack,
  days: number,
  currency: string,
  signal: AbortSignal,
): Promise<UsageHours> {
  const hours = days * 24
  const { sql, values } = compileUsageHours(window, currency)
  const rows = await connection.rows(sql, values, signal)
  const byKind = new Map<string, MeasuredUsage>()
  for (const row of rows) {
    const spot = row.spot === true
    const kind = kindOf(
      String(row.class),
      String(row.region ?? ''),
      String(row.usage_type),
      String(row.operation),
    )
    const key = [kind.region, kind.usageType, kind.operation, spot].join(' ')
    const known = byKind.get(key)
    const series = known?.hours ?? new Float64Array(hours)
    spread(series, listOf(row.hours), listOf(row.costs), row.whole_day === true ? 24 : 1)
    byKind.set(key, {
      kind,
      spot,
      hours: series,
      cost: (known?.cost ?? 0) + Number(row.cost),
      quantity: (known?.quantity ?? 0) + Number(row.quantity),
    })
  }
  return {
    hours,
    usage: [...byKind.values()],
    hourly: rows.length > 0 && rows.every((row) => row.whole_day !== true),
  }
}

function spread(
  series: Float64Array,
  hours: readonly number[],
  costs: readonly number[],
  length: number,
): void {
  for (const [at, first] of hours.entries()) {
    const cost = (costs[at] ?? 0) / length
    for (let hour = first; hour < first + length && hour < series.length; hour += 1) {
      series[hour] = (series[hour] ?? 0) + cost
    }
  }
}

function kindOf(name: string, region: string, usageType: string, operation: string): UsageKind {
  const usageClass: UsageClass = usageClasses.find((one) => one === name) ?? 'ec2'
  const instance = instanceOf(usageType)
  return {
    usageClass,
    region,
    usageType: bareUsageType(usageType, region),
    operation,
    instance,
    family: instance === null ? null : familyOf(instance),
  }
}

function listOf(cell: unknown): readonly number[] {
  return Array.isArray(cell) ? cell.map(Number) : []
}
