/**
 * Cost-like daily series with planted anomalies. Every trait that a detector could be fitted to is drawn anew for each series;
 * the `style` changes what it is drawn from. `unseen` and `apart` have traits of their own; nothing was fitted to `apart`.
 */

/**
 * @typedef {'spike' | 'shift' | 'drift' | 'missing' | 'new' | 'season'} PlantedKind
 * @typedef {{ kind: PlantedKind, start: number, end: number, size: number }} Planted
 * @typedef {{ id: string, values: number[], planted: Planted[] }} PlantedSeries
 * @typedef {'plain' | 'fees' | 'rough' | 'steady' | 'unseen' | 'apart'} Style
 */

/** @param {number} seed */
export function randomOf(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (/** @type {number} */ low, /** @type {number} */ high) => low + next() * (high - low)
  const normal = () => Math.sqrt(-2 * Math.log(next() + 1e-12)) * Math.cos(2 * Math.PI * next())
  return {
    next,
    between,
    normal,
    whole: (/** @type {number} */ low, /** @type {number} */ high) => Math.floor(between(low, high + 1)),
  }
}

const kinds = /** @type {const} */ (['spike', 'shift', 'drift', 'missing', 'new', 'season'])
const dayMs = 86_400_000
export const firstDay = '2025-01-01'

/**
 * @typedef {object} Traits what a series of a style is drawn from
 * @property {[number, number]} noise of a day, as a share of it
 * @property {number} heavy share of days that are far noisier
 * @property {[number, number]} dip how much less a weekend costs
 * @property {number} fee share of series with a monthly fee
 * @property {number} credit share of series with a monthly credit
 * @property {[number, number]} growth a day
 * @property {number} correlation of one day's noise with the next
 * @property {boolean} anyFeeDay fees come on any day of the month, not on its first
 * @property {number} jolt of the level, once a quarter
 * @property {number} shiftDays days that a shift takes to arrive
 * @property {[number, number]} driftDays days that a drift takes
 * @property {number} year how far the level swings within a year
 * @property {boolean} holidays some ordinary days cost what a Sunday costs
 */

/** @type {Traits} */
const plain = {
  noise: [0.015, 0.06],
  heavy: 0.02,
  dip: [0.05, 0.5],
  fee: 0,
  credit: 0,
  growth: [-0.0008, 0.003],
  correlation: 0.2,
  anyFeeDay: false,
  jolt: 0,
  shiftDays: 1,
  driftDays: [30, 30],
  year: 0,
  holidays: false,
}

/** @type {Record<Style, Traits>} */
const styles = {
  plain,
  fees: { ...plain, fee: 0.8, credit: 0.4 },
  rough: {
    ...plain,
    noise: [0.04, 0.1],
    heavy: 0.05,
    dip: [0, 0.7],
    fee: 0.3,
    credit: 0.2,
    growth: [-0.002, 0.004],
    correlation: 0.4,
  },
  steady: {
    ...plain,
    noise: [0.003, 0.02],
    heavy: 0.01,
    dip: [0, 0.3],
    fee: 0.3,
    credit: 0.1,
    growth: [0, 0.001],
    correlation: 0.1,
  },
  unseen: {
    ...plain,
    noise: [0.01, 0.08],
    heavy: 0.04,
    dip: [-0.3, 0.6],
    fee: 0.5,
    credit: 0.3,
    growth: [-0.0015, 0.0035],
    correlation: 0.35,
    anyFeeDay: true,
    jolt: 0.02,
    // Nothing outside moves at midnight.
    shiftDays: 3,
  },
  apart: {
    ...plain,
    noise: [0.008, 0.07],
    heavy: 0.06,
    dip: [-0.1, 0.8],
    fee: 0.4,
    credit: 0.3,
    growth: [-0.001, 0.002],
    correlation: 0.25,
    anyFeeDay: true,
    jolt: 0.01,
    shiftDays: 2,
    driftDays: [15, 45],
    year: 0.12,
    holidays: true,
  },
}

/** @param {{ seed: number, count: number, days: number, warmUp: number, style: Style }} options @returns {PlantedSeries[]} */
export function plantedSeries({ seed, count, days, warmUp, style }) {
  return Array.from({ length: count }, (_, number) =>
    oneSeries(randomOf(seed * 1_000_003 + number * 7_919), number, days, warmUp, style),
  )
}

/** @param {ReturnType<typeof randomOf>} random @param {number} number @param {number} days @param {number} warmUp @param {Style} style @returns {PlantedSeries} */
function oneSeries(random, number, days, warmUp, style) {
  const traits = styles[style]
  const level = Math.exp(random.between(Math.log(20), Math.log(20_000)))
  const noise = random.between(...traits.noise)
  const growth = random.between(...traits.growth)
  const dip = random.next() < 0.75 ? random.between(...traits.dip) : 0
  const week = Array.from({ length: 7 }, (_, day) => (day >= 5 ? 1 - dip : 1) * (1 + 0.03 * random.normal()))
  const fee = random.next() < traits.fee ? random.between(0.3, 4) : 0
  const credit = random.next() < traits.credit ? random.between(0.3, 1.2) : 0
  const creditDay = random.whole(2, 25)
  const feeDay = traits.anyFeeDay ? random.whole(1, 28) : 1
  const driftDays =
    traits.driftDays[0] === traits.driftDays[1] ? traits.driftDays[0] : random.whole(...traits.driftDays)
  const planted = plant(random, days, warmUp, dip)
  const offset = random.whole(0, 6)
  const values = []
  let wander = 0
  let logLevel = Math.log(level)
  for (let day = 0; day < days; day += 1) {
    const date = new Date(Date.parse(firstDay) + day * dayMs)
    logLevel += growth + 0.002 * random.normal()
    wander = traits.correlation * wander + noise * Math.sqrt(1 - traits.correlation ** 2) * random.normal()
    let heavy = 0
    if (traits.jolt > 0 && day % 90 === 60) logLevel += traits.jolt * random.normal()
    if (random.next() < traits.heavy) heavy = noise * 2.5 * random.normal()
    const isHoliday = traits.holidays && random.next() < 0.015
    let weekday = week[isHoliday ? 6 : (date.getUTCDay() + 6) % 7] ?? 1
    let factor = 1 + traits.year * Math.sin((2 * Math.PI * day) / 365)
    let added = 0
    for (const { kind, start, end, size } of planted) {
      if (day < start || day >= end) continue
      const part = kind === 'shift' ? Math.min(1, (day - start + 1) / traits.shiftDays) : 1
      if (kind === 'spike' || kind === 'shift') factor *= 1 + size * part
      if (kind === 'drift') factor *= 1 + size * Math.min(1, (day - start + 1) / driftDays)
      if (kind === 'missing') factor *= size
      if (kind === 'new') added += size * level
      if (kind === 'season') weekday = week[(date.getUTCDay() + 6 + 3 + (offset % 2)) % 7] ?? 1
    }
    let value =
      Math.exp(logLevel) * weekday * factor * Math.max(0.05, 1 + wander + heavy) +
      added * (1 + 0.3 * noise * random.normal())
    if (date.getUTCDate() === feeDay) value += fee * level * (1 + 0.03 * random.normal())
    if (date.getUTCDate() === creditDay) value -= credit * level
    values.push(Math.round(value * 1e4) / 1e4)
  }
  return { id: `${style}-${number}`, values, planted }
}

/** Three or so to a series, a month apart. @param {ReturnType<typeof randomOf>} random @param {number} days @param {number} warmUp @param {number} dip @returns {Planted[]} */
function plant(random, days, warmUp, dip) {
  /** @type {Planted[]} */
  const planted = []
  const room = Math.floor((days - warmUp) / 3)
  for (let slot = 0; slot < 3; slot += 1) {
    const drawn = kinds[random.whole(0, kinds.length - 1)] ?? 'spike'
    // A week without a shape cannot change it.
    const kind = drawn === 'season' && Math.abs(dip) < 0.15 ? 'spike' : drawn
    const start = warmUp + slot * room + random.whole(5, Math.max(6, room - 45))
    const way = random.next() < 0.7 ? 1 : -1
    const last = {
      spike: start + random.whole(1, 4),
      missing: start + random.whole(1, 2),
      shift: days,
      drift: days,
      new: days,
      season: days,
    }[kind]
    const size = {
      spike: way > 0 ? random.between(0.3, 2) : -random.between(0.3, 0.8),
      shift: way > 0 ? random.between(0.2, 0.8) : -random.between(0.2, 0.5),
      drift: way > 0 ? random.between(0.25, 0.7) : -random.between(0.2, 0.4),
      missing: random.next() < 0.6 ? 0 : random.between(0, 0.1),
      new: random.between(0.12, 0.6),
      season: 1,
    }[kind]
    planted.push({ kind, start, end: last, size })
  }
  return planted
}
