import { z } from 'zod'
import type { Input } from './answers'

export type Item = Readonly<Record<string, unknown>>

export interface AskedMetric {
  readonly region: string
  readonly namespace: string
  readonly metric: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly statistic: string
}

const metricInputSchema = z.object({
  StartTime: z.number(),
  EndTime: z.number(),
  NextToken: z.string().optional(),
  MetricDataQueries: z.array(
    z.object({
      Id: z.string(),
      MetricStat: z.object({
        Period: z.number(),
        Stat: z.string(),
        Metric: z.object({
          Namespace: z.string(),
          MetricName: z.string(),
          Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
        }),
      }),
    }),
  ),
})

/** What there is in the account: data that a test gives, in the words of the SDK's own types. */
export class CloudState {
  account = '111122223333'
  regions: readonly string[] = ['us-east-1']
  /** What CloudWatch has for a moment; null where nothing was measured. */
  measure: (asked: AskedMetric, timeMs: number) => number | null = () => null
  /** The most points of one answer; AWS: 100 800. */
  mostPoints = 100_800
  /** How many requests later a change that AWS takes its time for is through. */
  lag = 0
  private made = 0
  private readonly lists = new Map<string, Item[]>()
  private readonly onTheirWay: { left: number; readonly arrive: () => void }[] = []

  list(region: string, name: string): readonly Item[] {
    return this.lists.get(`${region}/${name}`) ?? []
  }

  /** `global` holds what has no region. */
  put(region: string, name: string, ...items: readonly Item[]): void {
    const key = `${region}/${name}`
    this.lists.set(key, [...(this.lists.get(key) ?? []), ...items])
  }

  empty(region: string, name: string): void {
    this.lists.delete(`${region}/${name}`)
  }

  /** Replaces what is found by something of the same name; answers how many there were. */
  change(
    region: string,
    name: string,
    is: (item: Item) => boolean,
    changed: (item: Item) => Item | null,
  ): number {
    const key = `${region}/${name}`
    let found = 0
    const items = (this.lists.get(key) ?? []).flatMap((item) => {
      if (!is(item)) return [item]
      found += 1
      const next = changed(item)
      return next === null ? [] : [next]
    })
    this.lists.set(key, items)
    return found
  }

  /** What AWS says yes to and does a little later. */
  later(arrive: () => void): void {
    if (this.lag === 0) arrive()
    else this.onTheirWay.push({ left: this.lag, arrive })
  }

  /** Another request: time goes on. */
  tick(): void {
    for (const one of [...this.onTheirWay]) {
      one.left -= 1
      if (one.left > 0) continue
      this.onTheirWay.splice(this.onTheirWay.indexOf(one), 1)
      one.arrive()
    }
  }

  clear(): void {
    this.lists.clear()
    this.onTheirWay.length = 0
    this.made = 0
    this.lag = 0
  }

  /** A new id of AWS's kind, the same ones in every run. */
  newId(prefix: string): string {
    this.made += 1
    return `${prefix}-${String(this.made).padStart(17, '0')}`
  }

  /** All there is, to be compared. */
  dump(): Readonly<Record<string, readonly Item[]>> {
    const entries = [...this.lists].filter(([, items]) => items.length > 0)
    return structuredClone(Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1))))
  }

  /** Newest first, as CloudWatch answers; a long answer goes on where the token says. */
  metricData(region: string, input: Input, _pageSize: number): object {
    const { StartTime, EndTime, NextToken, MetricDataQueries } = metricInputSchema.parse(input)
    const from = Number(NextToken ?? 0)
    const each = Math.max(1, Math.floor(this.mostPoints / MetricDataQueries.length))
    let more = false
    const MetricDataResults = MetricDataQueries.map(({ Id, MetricStat: { Period, Stat, Metric } }) => {
      const asked = {
        region,
        namespace: Metric.Namespace,
        metric: Metric.MetricName,
        dimensions: Object.fromEntries(Metric.Dimensions.map(({ Name, Value }) => [Name, Value])),
        statistic: Stat,
      }
      const points: (readonly [Date, number])[] = []
      for (let time = EndTime - Period; time >= StartTime; time -= Period) {
        const value = this.measure(asked, time * 1_000)
        if (value !== null) points.push([new Date(time * 1_000), value])
      }
      const page = points.slice(from, from + each)
      if (from + each < points.length) more = true
      return {
        Id,
        Label: Metric.MetricName,
        Timestamps: page.map(([time]) => time),
        Values: page.map(([, value]) => value),
        StatusCode: from + each < points.length ? 'PartialData' : 'Complete',
      }
    })
    return { MetricDataResults, ...(more ? { NextToken: String(from + each) } : {}) }
  }
}
