import type { Asking } from '../model/ask'
import { openPriceBook } from '../prices/price-book'
import type { Connection } from '../store/connection'
import type { Store } from '../store/open-store'
import { type Estate, estateOf } from './estate'
import { nearestWindow, readSummaries } from './metric-summaries'
import { readBill } from './read-bill'
import { readKnown } from './read-known'

export interface Looked {
  readonly costDays: number
  /** Look-back of the metrics. */
  readonly days: number
}

interface Remembered {
  readonly state: string
  readonly estates: Map<number, Promise<Estate>>
}

/** Reading is most of the work: while nothing has come in, another sensitivity is answered from what was read. */
const remembered = new WeakMap<Store, Remembered>()

export const stateSql = `
  SELECT concat_ws(' ',
    (SELECT version FROM data_version),
    (SELECT concat_ws(' ', count(*), max(seen_at), hash(string_agg(scan, ' ' ORDER BY scan))) FROM inventory_units),
    (SELECT concat_ws(' ', count(*), hash(string_agg(state, ' ' ORDER BY state))) FROM metric_summary_runs)) AS state`

export async function gatherEstate(asking: Asking, { costDays, days }: Looked): Promise<Estate | null> {
  const { store, connection, facts, signal } = asking
  const { lastDay } = facts
  if (lastDay === null) return null
  const state = `${await stateOf(connection)} ${costDays}`
  const former = remembered.get(store)
  const estates = former?.state === state ? former.estates : new Map<number, Promise<Estate>>()
  remembered.set(store, { state, estates })
  const window = nearestWindow(days)
  const [known] = estates.values()
  const found = estates.get(window)
  if (found) return await found
  const made = known
    ? known.then(async (one) => one.withMetrics(await readSummaries(connection, window, signal)))
    : readAll(asking, lastDay, costDays, window)
  estates.set(window, made)
  // What was broken off is read again by whoever asks next.
  made.catch(() => estates.delete(window))
  return await made
}

async function readAll(
  { store, connection, facts, signal }: Asking,
  lastDay: string,
  costDays: number,
  window: number,
): Promise<Estate> {
  return estateOf({
    lastDay,
    costDays,
    rows: await readBill(connection, facts, costDays, signal),
    inventory: await readKnown(connection, signal),
    summaries: await readSummaries(connection, window, signal),
    prices: await openPriceBook(store, connection, signal),
  })
}

async function stateOf(connection: Connection): Promise<string> {
  return String((await connection.first(stateSql))?.state)
}
