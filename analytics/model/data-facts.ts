import type { Connection } from '../store/connection'
import type { Store } from '../store/open-store'

/** What questions need to know of the data before they can be asked. It changes with the data version only. */
export interface DataFacts {
  readonly dataVersion: number
  readonly firstDay: string | null
  /** The last day with usage: fees and taxes can carry a day that has not come yet. */
  readonly lastDay: string | null
  readonly lastChargeDay: string | null
  /** The roll-ups are of this state of the data. */
  readonly rolledUp: boolean
  /** No line belongs to a second book: all charges feed the figures. */
  readonly allCounted: boolean
  /** Most spend first. */
  readonly currencies: readonly string[]
  readonly accountNames: ReadonlyMap<string, string>
}

const known = new WeakMap<Store, DataFacts>()

export async function dataFacts(
  store: Store,
  connection: Connection,
  signal: AbortSignal,
): Promise<DataFacts> {
  const row = await connection.first(
    'SELECT data_version.version AS data, rolled_up.version AS rolled FROM data_version, rolled_up',
    [],
    signal,
  )
  const dataVersion = Number(row?.data)
  const rolledUp = dataVersion === Number(row?.rolled)
  const former = known.get(store)
  if (former?.dataVersion === dataVersion) return { ...former, rolledUp }
  const facts = { dataVersion, rolledUp, ...(await readFacts(connection, signal)) }
  known.set(store, facts)
  return facts
}

async function readFacts(
  connection: Connection,
  signal: AbortSignal,
): Promise<Omit<DataFacts, 'dataVersion' | 'rolledUp'>> {
  const rows = await connection.rows(
    `SELECT "BillingCurrency" AS currency, min("Day")::VARCHAR AS first_day,
       max("Day") FILTER ("ChargeCategory" = 'Usage')::VARCHAR AS last_usage, max("Day")::VARCHAR AS last_day
     FROM counted_costs GROUP BY 1 ORDER BY sum(abs("EffectiveCost")) DESC, 1`,
    [],
    signal,
  )
  const days = (column: string) =>
    rows.flatMap((row) => (row[column] === null ? [] : [String(row[column])])).sort()
  const left = await connection.first(
    'SELECT count(*) FILTER (in_force AND NOT counted)::INTEGER AS imports FROM imports',
    [],
    signal,
  )
  const names = await connection.rows('SELECT account, name FROM account_names', [], signal)
  return {
    firstDay: days('first_day')[0] ?? null,
    lastDay: days('last_usage').at(-1) ?? days('last_day').at(-1) ?? null,
    lastChargeDay: days('last_day').at(-1) ?? null,
    currencies: rows.map(({ currency }) => String(currency)),
    allCounted: Number(left?.imports) === 0,
    accountNames: new Map(names.map(({ account, name }) => [String(account), String(name)])),
  }
}
