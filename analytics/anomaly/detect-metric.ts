import { metricThreshold } from './dial'
import type { Detection, Finding } from './kinds'
import { LocalRecord } from './metric/local-record'
import { MetricDetector, readingsADay } from './metric/metric-detector'

export interface MetricOptions {
  readonly perYear: number
  /** Seconds from one reading to the next. */
  readonly spacing: number
  /** Readings until the pattern repeats; a day unless told otherwise. */
  readonly season?: number
}

/** Beyond this a number is no reading, and its square would be infinite. */
const largest = 1e100
/** A burst is over after so many readings in a row within the ordinary. */
const calmReadings = 6
/** Robust standard deviations within which a reading is ordinary again. */
const ordinary = 4
/** What is no local record keeps this part of its score: it stays in the order, far below any alarm. */
const belowRecord = 0.01

/** Goes through the readings of a metric in the order of time. */
export function detectMetric(times: Float64Array, values: Float64Array, options: MetricOptions): Detection {
  const season = Math.max(1, options.season ?? readingsADay(options.spacing))
  const detector = new MetricDetector(options.spacing, season)
  const records = new LocalRecord(Math.round(1.5 * season))
  const threshold = metricThreshold(options.perYear)
  const scores = new Float64Array(values.length)
  const expected = new Float64Array(values.length)
  const findings: Finding[] = []
  let open: {
    readonly finding: Finding
    readonly side: number
    calm: number
    sinceExpected: number
    sinceActual: number
  } | null = null
  for (let at = 0; at < values.length; at += 1) {
    const read = values[at] ?? Number.NaN
    const value = Math.max(-largest, Math.min(largest, read))
    if (!Number.isFinite(read)) {
      expected[at] = Number.NaN
      continue
    }
    const judged = detector.step({ time: times[at] ?? at, value })
    expected[at] = judged.expected
    const record = records.step(at, judged.rarity)
    const strength = judged.rarity / threshold
    scores[at] = (record ? 1 : belowRecord) * (strength / (1 + strength))
    if (open !== null) {
      const off = judged.side === open.side && judged.deviation > ordinary
      open.calm = off ? 0 : open.calm + 1
      open.sinceExpected += judged.expected
      open.sinceActual += value
      if (off) {
        open.finding.end = at + 1
        open.finding.expected += open.sinceExpected
        open.finding.actual += open.sinceActual
        open.finding.strength = Math.max(open.finding.strength, strength)
        open.sinceExpected = 0
        open.sinceActual = 0
        if (at + 1 - open.finding.start >= season) open.finding.kind = 'shift'
      }
      if (open.calm >= calmReadings || at - open.finding.start > 2 * season) open = null
      continue
    }
    if (!record || strength < 1) continue
    const finding: Finding = {
      kind: judged.side < 0 ? 'drop' : 'spike',
      start: at,
      end: at + 1,
      detected: at,
      strength,
      expected: judged.expected,
      actual: value,
    }
    findings.push(finding)
    open = { finding, side: judged.side, calm: 0, sinceExpected: 0, sinceActual: 0 }
  }
  return { scores, expected, findings }
}
