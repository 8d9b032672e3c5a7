import { type ForecastModel, forecastModels } from '../../contract/forecast'
import type { Connection } from '../../store/connection'
import type { DailyPart, DailySpend } from '../spend/read-spend'
import { betterThanMix } from './compare-methods'
import { isStillTrue } from './ledger-records'
import { keptForecasts, type LedgerScope } from './ledger-store'
import type { Came } from './score-forecasts'

/** What came of a line; a day that is still to be billed in part has not come. */
export function cameOf({ from }: Pick<DailySpend, 'from'>, { values, due }: DailyPart): Came {
  const whole = values.slice()
  for (const { day } of due) whole[day] = Number.NaN
  return { from, values: whole }
}

/** The model that the record of this question says to use instead of the mix; null as long as it says none. */
export async function modelToFollow(
  connection: Connection,
  scope: LedgerScope,
  came: Came,
  signal: AbortSignal,
): Promise<ForecastModel | null> {
  const kept = await keptForecasts(connection, scope, '', signal)
  const better = betterThanMix(
    kept.filter((forecast) => isStillTrue(forecast, came)),
    came,
  )
  return forecastModels.find((model) => model === better) ?? null
}
