import type { ForecastModel, MoneyPoint } from '../../contract/forecast'
import type { ForecastOrigin } from '../../contract/forecast-accuracy'
import type { Connection, Row, SqlValue } from '../../store/connection'
import type { Store } from '../../store/open-store'

/** What a forecast is about: the question without how far it looks. */
export interface LedgerScope {
  /** Measure and filters, as text. */
  readonly scope: string
  readonly currency: string
}

export interface LedgerForecast {
  /** The dimension the part is one of; empty for the total. */
  readonly by: string
  readonly part: string
  readonly grain: 'day' | 'month'
  readonly origin: ForecastOrigin
  readonly model: ForecastModel
  /** The last day that was known. */
  readonly dataThrough: string
  /** What the days came to from which it was made: it tells whether they are still the same ones. */
  readonly basis: number
  readonly times: readonly string[]
  readonly mean: Float64Array
  readonly lo80: Float64Array
  readonly hi80: Float64Array
  readonly lo95: Float64Array
  readonly hi95: Float64Array
}

export interface NewLedgerForecast
  extends Pick<LedgerForecast, 'by' | 'part' | 'grain' | 'origin' | 'model' | 'dataThrough' | 'basis'> {
  readonly dataVersion: number
  readonly points: readonly MoneyPoint[]
}

const lists = ['mean', 'lo80', 'hi80', 'lo95', 'hi95'] as const
const rowsAtOnce = 40

/** Writings of one workspace, one after the other: two screens that ask at once would meet on the same row. */
const writing = new WeakMap<Store, Promise<unknown>>()

/** Writes down what is not there yet: a forecast is what was said first. */
export function keepForecasts(
  store: Store,
  { scope, currency }: LedgerScope,
  forecasts: readonly NewLedgerForecast[],
): Promise<void> {
  const before = writing.get(store) ?? Promise.resolve()
  const turn = before
    .catch(() => undefined)
    .then(async () => {
      const connection = await store.connect()
      try {
        await connection.transaction(async () => {
          for (let from = 0; from < forecasts.length; from += rowsAtOnce) {
            const some = forecasts.slice(from, from + rowsAtOnce)
            const { sql, values } = insertion(scope, currency, some)
            await connection.run(sql, values)
          }
        })
      } finally {
        connection.closeSync()
      }
    })
  writing.set(store, turn)
  return turn
}

export function insertion(
  scope: string,
  currency: string,
  forecasts: readonly NewLedgerForecast[],
): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const row = `(?, ?, ?, ?, ?, ?, ?, CAST(? AS DATE), ?, now()::TIMESTAMP, ?, CAST(? AS DATE[]), ${lists
    .map(() => 'CAST(? AS DECIMAL(38,12)[])')
    .join(', ')})`
  return {
    sql: `INSERT OR IGNORE INTO state.main.forecasts VALUES ${forecasts.map(() => row).join(', ')}`,
    values: forecasts.flatMap(
      ({ by, part, grain, origin, model, dataThrough, dataVersion, basis, points }): SqlValue[] => [
        ...[scope, currency, by, part, grain, origin, model, dataThrough, dataVersion, basis],
        listText(points.map(({ t }) => t)),
        ...lists.map((name) => listText(points.map((point) => point[name]))),
      ],
    ),
  }
}

function listText(items: readonly string[]): string {
  return `[${items.join(', ')}]`
}

/** The forecasts of a question: its total, and the parts of one dimension. The newest of each day of knowledge. */
export async function keptForecasts(
  connection: Connection,
  { scope, currency }: LedgerScope,
  by: string,
  signal: AbortSignal,
): Promise<readonly LedgerForecast[]> {
  const rows = await connection.rows(keptSql, [scope, currency, by], signal)
  return rows.map(forecastOf)
}

export const keptSql = `SELECT "by", part, grain, origin, model, CAST(data_through AS VARCHAR) AS data_through, basis,
  CAST(times AS VARCHAR[]) AS times, ${lists.map((name) => `CAST(${name} AS DOUBLE[]) AS ${name}`).join(', ')}
FROM state.main.forecasts
WHERE scope = ? AND currency = ? AND "by" IN ('', ?)
QUALIFY row_number() OVER (
  PARTITION BY "by", part, grain, origin, model, data_through ORDER BY data_version DESC
) = 1
ORDER BY data_through, "by", part, grain, origin, model`

function forecastOf(row: Row): LedgerForecast {
  const figures = (name: (typeof lists)[number]) => Float64Array.from(listOf(row[name]), Number)
  return {
    by: String(row.by),
    part: String(row.part),
    grain: row.grain === 'month' ? 'month' : 'day',
    origin: row.origin === 'shown' ? 'shown' : 'backtest',
    model: String(row.model) as ForecastModel,
    dataThrough: String(row.data_through),
    basis: Number(row.basis),
    times: listOf(row.times).map(String),
    mean: figures('mean'),
    lo80: figures('lo80'),
    hi80: figures('hi80'),
    lo95: figures('lo95'),
    hi95: figures('hi95'),
  }
}

function listOf(cell: unknown): readonly unknown[] {
  if (Array.isArray(cell)) return cell
  throw new Error('A forecast was kept without its points.')
}
