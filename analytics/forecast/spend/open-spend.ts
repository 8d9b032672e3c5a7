import type { SpendForecastRequest } from '../../contract/forecast'
import { fail, type Result, succeed } from '../../contract/result'
import type { Holdings } from '../../contract/spend'
import type { Work } from '../../engine/work'
import { dataFacts } from '../../model/data-facts'
import { addDays, daysBetween } from '../../model/windows'
import type { Connection } from '../../store/connection'
import { type DailySpend, readSpend } from './read-spend'

/** What is older says little about what comes, and reading it takes time. */
const historyDays = 800
const fewestDays = 2

export type AskedSpend = Pick<SpendForecastRequest, 'measure' | 'by' | 'where'>

/** The days that a forecast of the bill goes by, read whole. */
export async function openSpend(
  connection: Connection,
  { firstDay, lastDay }: Pick<Holdings, 'firstDay' | 'lastDay'>,
  asked: AskedSpend,
  { store, signal, progress }: Pick<Work, 'store' | 'signal' | 'progress'>,
): Promise<Result<DailySpend>> {
  if (firstDay === null || lastDay === null) {
    return fail('no-data', 'No billing data has been imported yet.', 'Import an export: finops import PATH')
  }
  const oldest = addDays(lastDay, -historyDays)
  const period = { from: daysBetween(oldest, firstDay) > 0 ? firstDay : oldest, to: addDays(lastDay, 1) }
  progress({ stage: 'Reading daily spend', done: 0, total: null, unit: 'rows' })
  const facts = await dataFacts(store, connection, signal)
  const read = await readSpend(connection, facts, asked, period, signal, store)
  if (read.ok && read.value.days < fewestDays) {
    return fail(
      'too-little-data',
      'There is one day of data; a forecast needs two.',
      'Import more of the bill.',
    )
  }
  return read.ok ? succeed(read.value) : read
}
