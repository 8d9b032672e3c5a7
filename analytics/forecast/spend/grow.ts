import type { SpendForecastRequest } from '../../contract/forecast'
import { unitsOfEstimate } from '../exact'
import type { SeriesForecast } from '../forecast-series'
import { usualError } from '../forecast-series'
import { halfWidths } from '../intervals'
import { at, filled, type Values } from '../numbers'
import { effectOf } from './events'
import type { Outlook } from './outlook'
import type { DailyPart } from './read-spend'

/** A line of the forecast as it is shown: exact, with planned events and the growth that was asked for in it. */
export interface Grown {
  readonly id: string
  readonly history: DailyPart
  /** null for what is only planned. */
  readonly forecast: SeriesForecast | null
  readonly units: readonly bigint[]
  readonly w80: Values
  readonly w95: Values
  /** What a sum of days is multiplied by at its end, for the bands of months. */
  readonly growth: Values
  /** Spend that is never below zero keeps its band there. */
  readonly floor: bigint | null
}

const plannedPart = '(planned)'
const daysAMonth = 30.4375

/** The total first, then its parts. The total is what the rounded parts add up to, planned events among them. */
export function grownParts(
  total: Outlook,
  parts: readonly Outlook[],
  { events = [], growth = 0 }: Pick<SpendForecastRequest, 'events' | 'growth'>,
  first: string,
): readonly Grown[] {
  const days = total.mean.length
  const factors = Float64Array.from(
    { length: days },
    (_, day) => (1 + growth / 100) ** ((day + 1) / daysAMonth),
  )
  const effects = events.map((event) => ({ part: event.part, units: effectOf(event, first, days) }))
  const known = new Set(parts.map(({ id }) => id))
  const sumOf = (chosen: typeof effects) =>
    Array.from({ length: days }, (_, day) => chosen.reduce((sum, { units }) => sum + (units[day] ?? 0n), 0n))
  if (parts.length === 0) return [grow(total, factors, sumOf(effects))]
  const below = parts.map((part) =>
    grow(part, factors, sumOf(effects.filter((effect) => effect.part === part.id))),
  )
  const apart = effects.filter(({ part }) => part === undefined || !known.has(part))
  const planned = apart.length > 0 ? [plannedOnly(sumOf(apart))] : []
  const all = [...below, ...planned]
  const whole = grow(total, factors, sumOf(effects))
  const units = Array.from({ length: days }, (_, day) =>
    all.reduce((sum, one) => sum + (one.units[day] ?? 0n), 0n),
  )
  return [{ ...whole, units }, ...all]
}

function grow({ id, history, mean, forecast }: Outlook, growth: Values, planned: readonly bigint[]): Grown {
  const days = mean.length
  const usual = usualError({ history: history.values, firstDay: 0 })
  const { w80, w95 } = halfWidths(forecast.errors, days, forecast.independent, usual)
  const grown = (values: Values) => values.map((value, day) => value * at(growth, day))
  return {
    id,
    history,
    forecast,
    units: Array.from(mean, (value, day) => unitsOfEstimate(value * at(growth, day)) + (planned[day] ?? 0n)),
    w80: grown(w80),
    w95: grown(w95),
    growth,
    floor: history.values.every((value) => value >= 0) && planned.every((units) => units >= 0n) ? 0n : null,
  }
}

function plannedOnly(units: readonly bigint[]): Grown {
  const nothing = filled(units.length, 0)
  return {
    id: plannedPart,
    history: { id: plannedPart, units: [], due: [], values: new Float64Array(0) },
    forecast: null,
    units,
    w80: nothing,
    w95: nothing,
    growth: filled(units.length, 1),
    floor: null,
  }
}
