import { type SpendForecast, spendForecastSchema } from '../../contract/forecast'
import type { Connection } from '../../store/connection'

/** Raised whenever the same data would be forecast otherwise: what an older program said is then made anew. */
const forecasterVersion = 1

const mostKept = 60
/** Hundreds of parts over half a year are made anew rather than kept. */
const longestAnswer = 1_000_000

let keeping: Promise<unknown> = Promise.resolve()

/** What was answered to the question from this state of the data; null where it was not, or by an older program. */
export async function keptAnswer(
  connection: Connection,
  question: string,
  dataVersion: number,
): Promise<SpendForecast | null> {
  const row = await connection.first(
    'SELECT answer FROM forecast_answers WHERE question = ? AND version = ?',
    [questionKey(question), dataVersion],
  )
  const kept = row && spendForecastSchema.safeParse(JSON.parse(String(row.answer)))
  return kept?.success ? kept.data : null
}

/** One after the other: two writings of the same rows would refuse each other. */
export async function keepAnswer(
  connection: Connection,
  question: string,
  dataVersion: number,
  answer: SpendForecast,
): Promise<void> {
  const text = JSON.stringify(answer)
  if (text.length > longestAnswer) return
  const written = keeping.then(() =>
    connection.transaction(async () => {
      await connection.run('INSERT OR REPLACE INTO forecast_answers VALUES (?, ?, ?, now()::TIMESTAMP)', [
        questionKey(question),
        dataVersion,
        text,
      ])
      await connection.run(
        `DELETE FROM forecast_answers WHERE version < ? OR question NOT IN (
           SELECT question FROM forecast_answers ORDER BY forecast_answers.made_at DESC LIMIT ${mostKept})`,
        [dataVersion],
      )
    }),
  )
  keeping = written.catch(() => undefined)
  await written
}

function questionKey(question: string): string {
  return `${forecasterVersion} ${question}`
}
