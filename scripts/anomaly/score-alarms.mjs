/** @import { Planted, PlantedKind, PlantedSeries } from './planted-series.mjs' */

/** Days after its start within which an alarm still tells of the event. @type {Record<PlantedKind, number>} */
export const tolerance = { spike: 3, missing: 3, shift: 10, new: 10, season: 21, drift: 35 }

/**
 * @param {readonly PlantedSeries[]} series @param {readonly (readonly number[])[]} alarms days of alarms, a list a series
 * @param {number} warmUp
 */
export function scoreAlarms(series, alarms, warmUp) {
  let hits = 0
  let events = 0
  let falseAlarms = 0
  let moneyFound = 0
  let money = 0
  let delay = 0
  let days = 0
  /** @type {Record<string, [number, number]>} */
  const byKind = {}
  for (const [at, { values, planted }] of series.entries()) {
    days += values.length - warmUp
    const level = [...values].sort((a, b) => a - b)[values.length >> 1] ?? 1
    const alarmed = merge((alarms[at] ?? []).filter((day) => day >= warmUp))
    const used = new Set()
    for (const event of planted) {
      const last = Math.max(event.end - 1, event.start) + (event.end - event.start > 30 ? -1e9 : 0)
      const until = Math.max(event.start + tolerance[event.kind], last)
      const found = alarmed.filter((day) => day >= event.start && day <= until)
      for (const day of found) used.add(day)
      const worth = worthOf(event, level)
      money += worth
      events += 1
      const tally = byKind[event.kind] ?? [0, 0]
      byKind[event.kind] = tally
      tally[1] += 1
      const first = found[0]
      if (first === undefined) continue
      hits += 1
      tally[0] += 1
      moneyFound += worth
      delay += first - event.start
    }
    falseAlarms += alarmed.filter((day) => !used.has(day)).length
  }
  const precision = hits / Math.max(1, hits + falseAlarms)
  const recall = hits / Math.max(1, events)
  return {
    f1: (2 * precision * recall) / Math.max(1e-9, precision + recall),
    precision,
    recall,
    falseAlarmsPerSeriesYear: falseAlarms / (days / 365),
    moneyWeightedRecall: moneyFound / Math.max(1e-9, money),
    meanDelayDays: delay / Math.max(1, hits),
    byKind: Object.fromEntries(
      Object.entries(byKind).map(([kind, [found, all]]) => [kind, `${found}/${all}`]),
    ),
  }
}

/** What an event moved in its first month. @param {Planted} event @param {number} level */
function worthOf({ kind, start, end, size }, level) {
  const days = Math.min(30, end - start)
  if (kind === 'missing') return level * (1 - size) * days
  if (kind === 'drift') return (level * Math.abs(size) * days) / 2
  if (kind === 'season') return level * 0.1 * days
  return level * Math.abs(size) * days
}

/** Alarms within three days are one. @param {readonly number[]} days */
function merge(days) {
  const kept = []
  let last = Number.NEGATIVE_INFINITY
  for (const day of [...days].sort((a, b) => a - b)) {
    if (day - last > 3) kept.push(day)
    last = day
  }
  return kept
}
