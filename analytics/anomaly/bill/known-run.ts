import { createHash } from 'node:crypto'
import { z } from 'zod'
import { onlyOfTheBill } from '../../allocation/only-of-the-bill'
import { type AnomaliesRequest, anomalyKindSchema, anomalySchema } from '../../contract/anomalies'
import { fail, type Result, succeed } from '../../contract/result'
import { filterSchema } from '../../contract/spend'
import { SharedWork } from '../../engine/shared-work'
import type { Work } from '../../engine/work'
import { holdingsOf } from '../../model/holdings'
import type { Connection } from '../../store/connection'
import { dayName, dayNumber } from '../daily/calendar'
import { defaultBillPerYear } from '../dial'
import type { BillScope } from './bill-cells'
import { billImports } from './bill-items'
import { detectEvents, incompleteDays } from './detect-events'
import { type EventWindow, type Explanation, explainEvent } from './explain-event'
import { type BillEvent, scopeKey } from './gather-events'

export interface BillWork extends Pick<Work, 'store' | 'signal'> {
  /** How many threads the search may take; without it as many as there are. */
  readonly threads?: number
}

/** Raised whenever the same data would be told of otherwise: what an older program found is then found anew. */
const detectorVersion = 3

const daysSchema = z.strictObject({ start: z.string(), end: z.string(), detected: z.string() })

const eventSchema = z.strictObject({
  id: z.string(),
  /** Calendar days of start, end and detection. */
  days: daysSchema,
  kind: anomalyKindSchema,
  start: z.number(),
  end: z.number(),
  detected: z.number(),
  strength: z.number(),
  scope: z.record(z.string(), z.string()),
  expectedADay: z.number(),
  impactADay: z.number(),
})
export type NamedEvent = Readonly<z.infer<typeof eventSchema>>

const explanationSchema = anomalySchema.pick({
  actual: true,
  impact: true,
  causes: true,
  split: true,
  firstSeen: true,
})

const runSchema = z.strictObject({
  scope: z.strictObject({
    measure: z.enum(['billed', 'effective', 'list', 'contracted']),
    currency: z.string(),
    filters: z.array(filterSchema),
    firstDay: z.string(),
    to: z.string(),
  }),
  events: z.array(eventSchema),
  incomplete: z.array(z.string()),
  /** By what they rest on: an import that leaves an event's days alone leaves its explanation alone. */
  explained: z.record(z.string(), explanationSchema),
})

/** What was found in one state of the data, and what of it has been explained. */
export interface KnownRun {
  readonly scope: BillScope
  readonly events: readonly NamedEvent[]
  readonly incomplete: readonly string[]
  readonly explanationOf: (event: NamedEvent) => Explanation | null
}

interface HeldRun extends z.infer<typeof runSchema> {
  readonly question: string
  readonly version: number
  readonly home: string
  readonly imports: readonly ImportDays[]
}

interface ImportDays {
  readonly id: number
  readonly firstDay: string
}

/** Whose causes are asked for: those of the question's days, or nobody's. */
type Explaining = 'all' | 'nothing'

/** The last answers, ready to hand: a screen asks the same again and again. */
const held: HeldRun[] = []
const mostHeld = 4
/** Answers kept in the store. */
const mostKept = 12

const searches = new SharedWork<HeldRun | null>()

/** What is known of the question's anomalies; null without any usage. */
export async function knownRun(
  request: AnomaliesRequest,
  work: BillWork,
  explaining: Explaining = 'all',
): Promise<Result<KnownRun | null>> {
  const { from, to } = request
  if (from !== undefined && to !== undefined && from >= to) {
    return fail(
      'empty-period',
      `The period from ${from} to ${to} holds no day.`,
      '"to" is exclusive: give the day after the last one.',
    )
  }
  const refused = onlyOfTheBill('Anomalies', [
    request.by,
    ...(request.where ?? []).map(({ dimension }) => dimension),
  ])
  if (refused) return refused
  const { home } = work.store
  const version = await connected(work, versionIn)
  const run = await searches.run(
    JSON.stringify([home, version, questionOf(request), from, to, explaining]),
    work.signal,
    (signal) => connected(work, (connection) => search(connection, request, { ...work, signal }, explaining)),
  )
  return succeed(run === null ? null : knownOf(run))
}

/** An event by its name, whatever question it was found for. */
export async function eventNamed(id: string, work: BillWork): Promise<NamedEvent | null> {
  const kept = await connected(work, async (connection) =>
    (await connection.rows('SELECT run FROM anomaly_runs ORDER BY anomaly_runs.made_at DESC')).flatMap(
      (row) => eventsIn(String(row.run)),
    ),
  )
  const known = kept.find((event) => event.id === id)
  if (known !== undefined) return known
  const run = await knownRun({}, work, 'nothing')
  return run.ok ? (run.value?.events.find((event) => event.id === id) ?? null) : null
}

function eventsIn(text: string): readonly NamedEvent[] {
  const run = runSchema.safeParse(JSON.parse(text))
  return run.success ? run.data.events : []
}

function knownOf({ scope, events, incomplete, explained, imports }: HeldRun): KnownRun {
  return {
    scope,
    events,
    incomplete,
    explanationOf: (event) => explained[restsOn(event, imports)] ?? null,
  }
}

export function windowOf({ scope, days, expectedADay, start, end }: NamedEvent): EventWindow {
  return {
    scope,
    start: days.start,
    end: days.end,
    expected: (expectedADay * (end - start)).toFixed(6),
  }
}

async function search(
  connection: Connection,
  request: AnomaliesRequest,
  work: BillWork,
  explaining: Explaining,
): Promise<HeldRun | null> {
  const question = questionOf(request)
  const version = await versionIn(connection)
  const { home } = work.store
  const same = (one: HeldRun) => one.home === home && one.question === question
  const kept =
    held.find((one) => same(one) && one.version === version) ?? (await read(connection, question, home))
  const known = { question, version, home, explained: kept?.explained ?? {} }
  const run = kept?.version === version ? kept : await detect(connection, request, work, known)
  if (run === null) return null
  if (!held.includes(run)) {
    held.splice(0, held.length, run, ...held.filter((one) => !same(one)).slice(0, mostHeld - 1))
  }
  const explained = explaining === 'all' ? await explain(connection, run, request, work.signal) : 0
  if (run !== kept || explained > 0) await keep(connection, run)
  return run
}

async function detect(
  connection: Connection,
  request: AnomaliesRequest,
  { signal, threads }: BillWork,
  known: Pick<HeldRun, 'question' | 'version' | 'home' | 'explained'>,
): Promise<HeldRun | null> {
  const holdings = await holdingsOf(connection, signal)
  const currency = request.currency ?? holdings.currencies[0]
  if (holdings.firstDay === null || holdings.lastDay === null || currency === undefined) return null
  const incomplete = await incompleteDays(connection, holdings.lastDay, signal)
  const scope: BillScope = {
    measure: request.measure ?? 'effective',
    currency,
    filters: request.where ?? [],
    firstDay: holdings.firstDay,
    to: incomplete[0] ?? dayName(dayNumber(holdings.lastDay) + 1),
  }
  const options = {
    perYear: request.perYear ?? defaultBillPerYear,
    // A threshold, not money that is reported.
    floor: request.floor === undefined ? null : Number.parseFloat(request.floor),
    by: request.by,
    threads,
  }
  const read = await billImports(connection, signal)
  const events = (await detectEvents(connection, scope, read, options, signal)).map((event) =>
    named(event, scope),
  )
  const imports = await importDays(connection)
  const needed = new Set(events.map((event) => restsOn(event, imports)))
  const explained = Object.fromEntries(Object.entries(known.explained).filter(([key]) => needed.has(key)))
  return {
    ...known,
    scope: { ...scope, filters: [...scope.filters] },
    events,
    incomplete: [...incomplete],
    imports,
    explained,
  }
}

/** Explains what is wanted and was not explained yet; answers with how much that was. */
async function explain(
  connection: Connection,
  run: HeldRun,
  { from, to }: AnomaliesRequest,
  signal: AbortSignal,
): Promise<number> {
  let done = 0
  const imports = await billImports(connection, signal)
  for (const event of run.events) {
    if ((to !== undefined && event.days.start >= to) || (from !== undefined && event.days.end <= from))
      continue
    const key = restsOn(event, run.imports)
    if (run.explained[key] !== undefined) continue
    run.explained[key] = await explainEvent(connection, run.scope, imports, windowOf(event), signal)
    done += 1
  }
  return done
}

async function read(connection: Connection, question: string, home: string): Promise<HeldRun | null> {
  const row = await connection.first('SELECT version, run FROM anomaly_runs WHERE question = ?', [question])
  if (row === null) return null
  const parsed = runSchema.safeParse(JSON.parse(String(row.run)))
  if (!parsed.success) return null
  return {
    ...parsed.data,
    question,
    version: Number(row.version),
    home,
    imports: await importDays(connection),
  }
}

let keeping: Promise<unknown> = Promise.resolve()

/** One after the other: two writings of the same rows would refuse each other. */
async function keep(connection: Connection, run: HeldRun): Promise<void> {
  const { question, version, scope, events, incomplete, explained } = run
  const written = keeping.then(() =>
    connection.transaction(async () => {
      await connection.run('INSERT OR REPLACE INTO anomaly_runs VALUES (?, ?, ?, now()::TIMESTAMP)', [
        question,
        version,
        JSON.stringify({ scope, events, incomplete, explained }),
      ])
      await connection.run(
        `DELETE FROM anomaly_runs WHERE question NOT IN (
           SELECT question FROM anomaly_runs ORDER BY anomaly_runs.made_at DESC LIMIT ${mostKept})`,
      )
    }),
  )
  keeping = written.catch(() => undefined)
  await written
}

/** Everything that decides about the answer but the data itself. */
function questionOf({ measure, currency, where, by, perYear, floor }: AnomaliesRequest): string {
  return JSON.stringify([
    detectorVersion,
    measure ?? 'effective',
    currency ?? null,
    where ?? [],
    by ?? null,
    perYear ?? defaultBillPerYear,
    floor ?? null,
  ])
}

/** What an explanation is made from: the event's own days, and the imports that hold days before its end. */
function restsOn(event: NamedEvent, imports: readonly ImportDays[]): string {
  const { scope, ...window } = windowOf(event)
  const before = imports.filter(({ firstDay }) => firstDay < event.days.end).map(({ id }) => id)
  return digest([scopeKey(scope), JSON.stringify(window), before.join(',')])
}

async function importDays(connection: Connection): Promise<readonly ImportDays[]> {
  const rows = await connection.rows(
    `SELECT "x_ImportId" AS id, CAST(min("Day") AS VARCHAR) AS "firstDay" FROM counted_costs GROUP BY 1 ORDER BY 1`,
  )
  return rows.map(({ id, firstDay }) => ({ id: Number(id), firstDay: String(firstDay) }))
}

function named(event: BillEvent, { firstDay, measure, currency }: BillScope): NamedEvent {
  const first = dayNumber(firstDay)
  const days = {
    start: dayName(first + event.start),
    end: dayName(first + event.end),
    detected: dayName(first + event.detected),
  }
  // What it is about and when it was raised: the same event has the same name in every run.
  const words = [measure, currency, scopeKey(event.scope), days.detected, String(event.impactADay > 0)]
  return { ...event, scope: { ...event.scope }, days, id: digest(words) }
}

function digest(words: readonly string[]): string {
  return createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 12)
}

async function versionIn(connection: Connection): Promise<number> {
  return Number((await connection.first('SELECT version FROM data_version'))?.version ?? 0)
}

export async function connected<T>(
  { store }: Pick<BillWork, 'store'>,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await store.connect()
  try {
    return await work(connection)
  } finally {
    connection.closeSync()
  }
}
