import { drifted, driftOf, type Tried } from './drift'
import { type Bands, bandsAround, halfWidths } from './intervals'
import { at, mean, meanAbsolute, type Values } from './numbers'
import { type PanelChoice, panelFor } from './panel'
import { naiveScale } from './score'

export interface SeriesTask extends PanelChoice {
  readonly history: Values
  readonly horizon: number
  /** How far the backtests look, where that is less than the horizon. */
  readonly reach?: number
}

export interface Backtest {
  readonly origins: number
  /** Sum of absolute errors over sum of absolute values, in the backtests. */
  readonly wape: number | null
  /** Mean absolute error against that of the (seasonal) naive method over the history. */
  readonly mase: number | null
  readonly coverage80: number | null
  readonly coverage95: number | null
}

export interface ModelShare {
  readonly name: string
  readonly weight: number
  readonly wape: number | null
}

export interface SeriesForecast extends Bands {
  readonly mean: Values
  readonly backtest: Backtest
  /** What the mean was mixed from, heaviest first. */
  readonly models: readonly ModelShare[]
  /** What the backtests were off, step by step, oldest first; and how many of them are independent. */
  readonly errors: readonly Values[]
  readonly independent: number
}

const mostOrigins = 8
/** Weights fall with the cube of the error: between trusting the best alone and trusting all alike. */
const sharpness = 3

interface Origin {
  readonly start: number
  readonly actual: Values
  readonly answers: ReadonlyMap<string, Values>
}

/** A forecast with its own track record: the same models are asked at earlier origins and scored on what came. */
export function forecastSeries(given: SeriesTask): SeriesForecast {
  // Brought to one size, so that neither the unit nor the machine's smallest number matters.
  const size = meanAbsolute(given.history)
  const scale = size > 0 && Number.isFinite(size) ? size : 1
  const forecast = forecastScaled({ ...given, history: given.history.map((value) => value / scale) })
  const back = (values: Values) => values.map((value) => value * scale)
  return {
    ...forecast,
    mean: back(forecast.mean),
    lo80: back(forecast.lo80),
    hi80: back(forecast.hi80),
    lo95: back(forecast.lo95),
    hi95: back(forecast.hi95),
    errors: forecast.errors.map(back),
  }
}

function forecastScaled(task: SeriesTask): SeriesForecast {
  const { history, horizon } = task
  const panel = panelFor(task)
  const warm = new Map<string, Values>()
  const furthest = Math.min(horizon, task.reach ?? horizon)
  const origins = originsOf(history.length, furthest).map((origin): Origin => {
    const reach = Math.min(furthest, history.length - origin)
    return {
      start: origin,
      actual: history.subarray(origin, origin + reach),
      answers: panel(history.subarray(0, origin), reach, warm),
    }
  })
  const answers = withFallback(panel(history, horizon, warm), task)
  const scores = origins.map(({ actual, answers: given }) => errorsOf(actual, given, task.firstDay !== null))
  const weights = weigh([...answers.keys()], scores)
  const floor = history.every((value) => value >= 0) ? 0 : null
  const tried = origins.flatMap(({ actual, answers: given }, index): Tried[] => {
    const others = scores.filter((_, other) => other !== index)
    return given.size === 0
      ? []
      : [{ actual, expected: mix(given, weigh([...given.keys()], others), actual.length) }]
  })
  const independent = independentOf(origins)
  // A model that was asked for by name answers alone.
  const isMixed = task.firstDay !== null && task.model === null
  const drift = (known: readonly Tried[]) => (isMixed ? driftOf(known, independent) : 0)
  const mixed = drifted(mix(answers, weights, horizon), drift(tried)).map((value) =>
    floor === null ? value : Math.max(floor, value),
  )
  const errors = tried.map(({ actual, expected }, index) => {
    const corrected = drifted(expected, drift(tried.filter((_, other) => other !== index)))
    return actual.map((value, step) => value - at(corrected, step))
  })
  const known = errors.length > 0 ? errors : [naiveErrors(history)]
  return {
    mean: mixed,
    ...bandsAround(mixed, halfWidths(known, horizon, independent, usualError(task)), floor),
    backtest: trackRecord(task, origins, errors),
    models: [...weights]
      .map(([name, weight]) => ({ name, weight, wape: wapeOf(name, origins) }))
      .sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1)),
    errors: known,
    independent,
  }
}

/** Origins of the backtests, oldest first: evenly back from the end, and never with too little before them. */
export function originsOf(size: number, horizon: number): readonly number[] {
  if (size < 2) return []
  const reach = Math.min(horizon, Math.max(1, Math.floor(size / 3)))
  const earliest = Math.max(Math.min(3, size - 1), Math.min(Math.floor(size / 3), 60))
  const room = size - reach - earliest
  if (room < 0) return []
  const count = Math.min(mostOrigins, room + 1)
  const step = count > 1 ? Math.max(1, Math.min(reach, Math.floor(room / (count - 1)))) : 1
  return Array.from({ length: count }, (_, back) => size - reach - (count - 1 - back) * step)
}

function withFallback(
  answers: ReadonlyMap<string, Values>,
  { history, horizon }: SeriesTask,
): ReadonlyMap<string, Values> {
  if (answers.size > 0) return answers
  return new Map([['naive', new Float64Array(horizon).fill(at(history, history.length - 1))]])
}

/**
 * How far off each model was. Of a bill it is sums that matter, so that days that make up for each other count
 * less: half the error is that of the whole window.
 */
function errorsOf(
  actual: Values,
  answers: ReadonlyMap<string, Values>,
  isBill: boolean,
): ReadonlyMap<string, number> {
  const errors = new Map<string, number>()
  for (const [name, expected] of answers) {
    const misses = actual.map((value, step) => value - at(expected, step))
    const single = meanAbsolute(misses)
    errors.set(name, isBill ? 0.5 * single + 0.5 * Math.abs(mean(misses)) : single)
  }
  return errors
}

function weigh(
  names: readonly string[],
  scores: readonly ReadonlyMap<string, number>[],
): ReadonlyMap<string, number> {
  const errors = names.map((name) => {
    const known = scores.flatMap((score) => score.get(name) ?? [])
    return known.length === 0 ? null : mean(Float64Array.from(known))
  })
  const best = errors.reduce<number>(
    (least, error) => (error === null ? least : Math.min(least, error)),
    Number.POSITIVE_INFINITY,
  )
  const raw = errors.map((error) => (error === null ? 0 : error <= best ? 1 : (best / error) ** sharpness))
  const total = raw.reduce((sum, weight) => sum + weight, 0)
  return new Map(names.map((name, index) => [name, total > 0 ? (raw[index] ?? 0) / total : 1 / names.length]))
}

function mix(
  answers: ReadonlyMap<string, Values>,
  weights: ReadonlyMap<string, number>,
  length: number,
): Values {
  const mixed = new Float64Array(length)
  for (const [name, answer] of answers) {
    const weight = weights.get(name) ?? 0
    for (let step = 0; step < length; step += 1) mixed[step] = at(mixed, step) + weight * at(answer, step)
  }
  return mixed
}

/** Too short for a backtest: what one step used to be off, for the lack of anything better. */
function naiveErrors(history: Values): Values {
  const steps = history.subarray(1).map((value, index) => Math.abs(value - at(history, index)))
  return Float64Array.of(steps.length === 0 ? 0 : mean(steps))
}

function wapeOf(name: string, origins: readonly Origin[]): number | null {
  let off = 0
  let size = 0
  for (const { actual, answers } of origins) {
    const expected = answers.get(name)
    if (!expected) continue
    for (let step = 0; step < actual.length; step += 1) {
      off += Math.abs(at(actual, step) - at(expected, step))
      size += Math.abs(at(actual, step))
    }
  }
  return ratio(off, size)
}

function trackRecord(task: SeriesTask, origins: readonly Origin[], errors: readonly Values[]): Backtest {
  let off = 0
  let size = 0
  let count = 0
  for (const error of errors) for (const miss of error) off += Math.abs(miss)
  for (const { actual } of origins) {
    for (const value of actual) size += Math.abs(value)
    count += actual.length
  }
  const naive = naiveScale(task.history, task.seasons[0] ?? 1)
  return {
    origins: errors.length,
    wape: errors.length > 0 ? ratio(off, size) : null,
    mase: errors.length > 0 ? ratio(off / count, naive) : null,
    ...coverageOf(task, errors, origins),
  }
}

/**
 * How far off a bill's day usually is so many steps ahead, for bills that have not been watched for long: changes
 * come that its own short history has not seen yet. Measured on cost-like bills.
 */
export function usualError({
  history,
  firstDay,
}: Pick<SeriesTask, 'history' | 'firstDay'>): ((step: number) => number) | null {
  if (firstDay === null) return null
  const level = mean(history.subarray(Math.max(0, history.length - 28)))
  return level > 0 ? (step) => level * (0.05 + 0.0012 * step) : null
}

/** Windows that overlap tell the same story more than once. */
function independentOf(origins: readonly Origin[]): number {
  const [first] = origins
  const last = origins.at(-1)
  if (!first || !last) return 1
  return 1 + (last.start - first.start) / Math.max(1, last.actual.length)
}

/** Each origin against the band that the others would have drawn. */
function coverageOf(
  task: SeriesTask,
  errors: readonly Values[],
  origins: readonly Origin[],
): Pick<Backtest, 'coverage80' | 'coverage95'> {
  if (errors.length < 3) return { coverage80: null, coverage95: null }
  const independent = Math.max(1, independentOf(origins) - 1)
  let inside80 = 0
  let inside95 = 0
  let count = 0
  for (const [index, error] of errors.entries()) {
    const { w80, w95 } = halfWidths(
      errors.filter((_, other) => other !== index),
      error.length,
      independent,
      usualError(task),
    )
    for (let step = 0; step < error.length; step += 1) {
      if (Math.abs(at(error, step)) <= at(w80, step)) inside80 += 1
      if (Math.abs(at(error, step)) <= at(w95, step)) inside95 += 1
      count += 1
    }
  }
  return { coverage80: inside80 / count, coverage95: inside95 / count }
}

/** null where there is nothing to compare with, or next to nothing. */
function ratio(part: number, whole: number): number | null {
  return whole > 0 && Number.isFinite(part / whole) ? part / whole : null
}
