import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { startApplication } from '../../app'
import type { Application } from '../../application'
import { builtEngine } from '../../testing/built-engine'
import { forkEngine } from '../link'
import { chooseKillPoints, type KillPoint, type Phase, type PhaseEntry, readTrace } from './kill-points'
import { readCopies, readWholeState, type WholeState } from './whole-state'

/** An import that is going to be disturbed: what is there before it, and what it brings. */
export interface Scenario {
  readonly name: string
  /** Imported undisturbed first; null begins with an empty workspace. */
  readonly before: string | null
  readonly path: string
  readonly months: readonly string[]
}

/** A scenario run without disturbance, to compare with and to choose the moments from. */
export interface Measured {
  readonly scenario: Scenario
  /** A closed workspace in the former state, to be copied. */
  readonly base: string
  readonly former: WholeState
  readonly after: WholeState
  readonly formerCopies: readonly string[]
  readonly afterCopies: readonly string[]
  readonly phases: readonly PhaseEntry[]
  readonly totalMs: number
}

export interface KillOutcome {
  readonly scenario: string
  readonly point: KillPoint
  /** Where it was when it ended; null when the import was over before. */
  readonly phase: Phase | null
  readonly months: Readonly<Record<string, 'former' | 'new'>>
  /** What does not hold; none when all is well. */
  readonly wrong: readonly string[]
}

const tracer = join(import.meta.dirname, '..', '..', '..', 'scripts', 'soak-trace.mjs')

export interface Opened {
  readonly application: Application
  /** Of the engine that runs now. */
  readonly pid: () => number
}

/** The first engine is watched; those that follow it after a crash are as they are shipped. */
export async function openSoaked(home: string, orders: object | null): Promise<Opened> {
  const pids: number[] = []
  const started = await startApplication({
    home,
    door: 'web',
    engineEntry: builtEngine(),
    startEngine: (start) => {
      const before = process.env.NODE_OPTIONS
      const watched = orders !== null && pids.length === 0
      if (watched) {
        process.env.NODE_OPTIONS = `--import ${pathToFileURL(tracer).href}`
        process.env.FINOPS_SOAK = JSON.stringify(orders)
      }
      try {
        const link = forkEngine(start)
        pids.push(link.pid ?? 0)
        return link
      } finally {
        if (watched) {
          delete process.env.FINOPS_SOAK
          if (before === undefined) delete process.env.NODE_OPTIONS
          else process.env.NODE_OPTIONS = before
        }
      }
    },
  })
  if (!started.ok) throw new Error(`${started.failure.code}: ${started.failure.message}`)
  return { application: started.value, pid: () => pids.at(-1) ?? 0 }
}

async function importOf(application: Application, path: string): Promise<void> {
  const result = await application.ask('import/run', { paths: [path] })
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`)
}

export async function measure(scenario: Scenario, folder: string): Promise<Measured> {
  await mkdir(folder, { recursive: true })
  const base = join(folder, 'base')
  const first = await openSoaked(base, null)
  if (scenario.before !== null) await importOf(first.application, scenario.before)
  const former = await readWholeState(first.application, scenario.months)
  await first.application.close()
  const formerCopies = await readCopies(base)
  const home = join(folder, 'undisturbed')
  await cp(base, home, { recursive: true })
  const trace = join(folder, 'trace')
  const { application } = await openSoaked(home, { trace, strike: null })
  const begun = performance.now()
  await importOf(application, scenario.path)
  const totalMs = performance.now() - begun
  const after = await readWholeState(application, scenario.months)
  await application.close()
  const afterCopies = await readCopies(home)
  // Closing writes a checkpoint of its own.
  const phases = readTrace(await readFile(trace, 'utf8')).filter(({ atMs }) => atMs < totalMs)
  await rm(home, { recursive: true })
  if (scenario.months.some((month) => former.months[month] === after.months[month])) {
    throw new Error(`${scenario.name}: the import changes nothing that could be told apart`)
  }
  return { scenario, base, former, after, formerCopies, afterCopies, phases, totalMs }
}

export function pointsOf(measured: Measured, seed: number, count: number): readonly KillPoint[] {
  return chooseKillPoints(measured.phases, measured.totalMs, { seed, count })
}

/** One import, ended without warning at one point, and everything that has to hold after it. */
export async function killOnce(
  measured: Measured,
  point: KillPoint,
  home: string,
  options: { readonly rebuild: boolean },
): Promise<KillOutcome> {
  const { scenario, former, after } = measured
  const wrong: string[] = []
  await rm(home, { recursive: true, force: true })
  await cp(measured.base, home, { recursive: true })
  const trace = `${home}-trace`
  await rm(trace, { force: true })
  const strike = point.how === 'phase' ? point : null
  const opened = await openSoaked(home, { trace, strike })
  let { application } = opened
  try {
    const watched = opened.pid()
    const noticed = new Promise<void>((resolve) => {
      application.subscribe((event) => {
        if (event.type === 'engine' && event.engine.state === 'restarting') resolve()
      })
    })
    const importing = application.ask('import/run', { paths: [scenario.path] })
    if (point.how === 'moment') {
      await Promise.race([pause(point.afterMs), importing])
      kill(watched)
    }
    const answer = await importing
    const ended = readTrace(await readFile(trace, 'utf8'))
    // Its last phase can be over before the import has answered: then nothing has ended it yet.
    if (answer.ok) kill(watched)
    await noticed
    if (!answer.ok && answer.failure.code !== 'engine-stopped') wrong.push(`said ${answer.failure.code}`)

    const met = await readWholeState(application, scenario.months)
    const months = statesOf(met, former, after, wrong)
    checkCopies(await readCopies(home), measured, months, wrong)
    if (answer.ok && Object.values(months).includes('former')) wrong.push('answered, and is not there')
    if (options.rebuild) {
      await application.close()
      for (const name of ['warehouse.duckdb', 'warehouse.duckdb.wal'])
        await rm(join(home, name), { force: true })
      application = (await openSoaked(home, null)).application
      const rebuilt = await application.ask('warehouse/rebuild', {})
      if (!rebuilt.ok) wrong.push(`cannot be rebuilt: ${rebuilt.failure.message}`)
      const again = await readFigures(application, scenario.months)
      const wanted = [await figuresOf(former), await figuresOf(after)]
      for (const month of scenario.months) {
        if (!wanted.some((figures) => figures[month] === again[month]))
          wrong.push(`${month} is rebuilt as something else`)
      }
    }
    await importOf(application, scenario.path)
    const end = await readWholeState(application, scenario.months)
    if (!options.rebuild && JSON.stringify(end) !== JSON.stringify(after))
      wrong.push('the next import does not give the new state')
    if (options.rebuild) {
      const figures = await readFigures(application, scenario.months)
      if (JSON.stringify(figures) !== JSON.stringify(await figuresOf(after)))
        wrong.push('after a rebuild the next import does not give the new figures')
    }
    await application.close()
    const copies = await readCopies(home)
    if (JSON.stringify(copies) !== JSON.stringify(measured.afterCopies)) {
      const more = copies.filter((copy) => !measured.afterCopies.includes(copy))
      const less = measured.afterCopies.filter((copy) => !copies.includes(copy))
      wrong.push(
        `the copies differ: ${more.length} too many (${more[0]?.slice(0, 120)}), ${less.length} missing`,
      )
    }
    const loose = (await readdir(join(home, 'sources'), { recursive: true })).filter((name) =>
      /partial-/.test(name),
    )
    if (loose.length > 0) wrong.push(`left ${loose[0]}`)
    const left = await readdir(join(home, 'tmp')).catch(() => [])
    if (left.length > 0) wrong.push(`left tmp/${left[0]}`)
    const all = await readdir(home)
    if (all.includes('damaged')) wrong.push('a database was taken for damaged')
    return {
      scenario: scenario.name,
      point,
      phase: answer.ok ? null : (ended.at(-1)?.phase ?? null),
      months,
      wrong,
    }
  } finally {
    await application.close()
  }
}

function statesOf(
  met: WholeState,
  former: WholeState,
  after: WholeState,
  wrong: string[],
): Record<string, 'former' | 'new'> {
  const months: Record<string, 'former' | 'new'> = {}
  for (const [month, state] of Object.entries(met.months)) {
    if (state === former.months[month]) months[month] = 'former'
    else if (state === after.months[month]) months[month] = 'new'
    else wrong.push(`${month} is neither as it was nor as it should become`)
  }
  const kinds = new Set(Object.values(months))
  if (kinds.size === 1) {
    const whole = kinds.has('new') ? after : former
    if (met.together !== whole.together) wrong.push('what is told of all months together fits no state')
  }
  return months
}

/** What the ledger stands on lies there whole; what else lies there is on its way in or out. */
function checkCopies(
  copies: readonly string[],
  { formerCopies, afterCopies, scenario }: Measured,
  months: Readonly<Record<string, 'former' | 'new'>>,
  wrong: string[],
): void {
  const there = new Set(copies)
  for (const month of scenario.months) {
    const wanted = (months[month] === 'new' ? afterCopies : formerCopies).filter((copy) =>
      scenario.months.length === 1 ? true : copy.includes(`/${month}/`),
    )
    const missing = wanted.filter((copy) => !there.has(copy))
    if (missing.length > 0) wrong.push(`the copy of ${month} lacks ${missing[0]?.slice(0, 120)}`)
  }
}

/** The figures alone: what a rebuild must give again. */
async function readFigures(application: Application, months: readonly string[]) {
  return figuresOf(await readWholeState(application, months))
}

function figuresOf(state: WholeState): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(state.months).map(([month, told]) => [
      month,
      JSON.stringify((JSON.parse(told) as { figures: unknown }).figures),
    ]),
  )
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
