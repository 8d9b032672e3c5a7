import { calendarOf } from './bill/calendar'
import { everydaySpend } from './bill/everyday-spend'
import { scheduledOn } from './bill/schedule'
import type { Model } from './models/model'
import { type NamedModel, namedModels, pools } from './named-models'
import { at, type Values } from './numbers'

/** What each model of a group expects to follow a history; models the history does not carry are missing. */
export type Panel = (
  history: Values,
  horizon: number,
  warm: Map<string, Values>,
) => ReadonlyMap<string, Values>

export interface PanelChoice {
  readonly seasons: readonly number[]
  /** Days since 1970 of the first value of a daily series; null for anything else. */
  readonly firstDay: number | null
  readonly model: NamedModel | null
}

export function panelFor({ seasons, firstDay, model }: PanelChoice): Panel {
  if (model !== null) return plainPanel({ [model]: namedModels[model] }, seasons)
  return firstDay === null ? plainPanel(pools.any, seasons) : billPanel(firstDay)
}

function plainPanel(models: Readonly<Record<string, Model>>, seasons: readonly number[]): Panel {
  return (history, horizon, warm) => askEach(models, { history, horizon, warm, seasons })
}

/** Daily series: weekdays, fees and spikes are taken out before the models and put back after them. */
function billPanel(firstDay: number): Panel {
  return (history, horizon, warm) => {
    const size = history.length
    const calendar = calendarOf(firstDay, size + horizon)
    const { plain, profile, schedule, surprises } = everydaySpend(history, calendar)
    const answers = askEach(pools.bill, { history: plain, horizon, warm, seasons: [] })
    const laid = new Map<string, Values>()
    for (const [name, mean] of answers) {
      laid.set(
        name,
        mean.map(
          (value, step) =>
            value * (1 + surprises) * at(profile, calendar.weekday[size + step] ?? 0) +
            scheduledOn(schedule, calendar, size + step),
        ),
      )
    }
    return laid
  }
}

interface Asked {
  readonly history: Values
  readonly horizon: number
  readonly warm: Map<string, Values>
  readonly seasons: readonly number[]
}

function askEach(models: Readonly<Record<string, Model>>, asked: Asked): ReadonlyMap<string, Values> {
  const { history, horizon, warm, seasons } = asked
  const answers = new Map<string, Values>()
  const room = reachOf(history)
  for (const [name, model] of Object.entries(models)) {
    const answer = model({ history, horizon, seasons, warm: warm.get(name) ?? null })
    if (answer === null || !answer.mean.every((value) => value >= room.low && value <= room.high)) continue
    if (answer.warm) warm.set(name, answer.warm)
    answers.set(name, answer.mean)
  }
  return answers
}

/** What runs far out of all that was ever seen is an estimate gone wrong. */
function reachOf(history: Values): { readonly low: number; readonly high: number } {
  const low = history.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const high = history.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  const room = 3 * (high - low) + Math.abs(at(history, history.length - 1))
  return { low: low - room, high: high + room }
}
