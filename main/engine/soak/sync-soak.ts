import { spawn } from 'node:child_process'
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { createRandom } from '../../../analytics/sample/random'
import { writeSampleOrganisation } from '../../../analytics/sample/write-sample'
import { awsEnvironment } from '../../aws/testing/aws-environment'
import { S3TestServer } from '../../aws/testing/s3-server'
import { builtFile } from '../../testing/built-engine'
import { openSoaked } from './kill-soak'
import { tally } from './tally'
import { readWholeState, type WholeState } from './whole-state'

interface SyncOutcome {
  readonly afterBytes: number
  readonly met: string
  /** Bytes that were fetched a second time. */
  readonly again: number
  readonly wrong: readonly string[]
}

interface Ended {
  readonly code: number | null
  readonly stdout: string
}

const source = { name: 'billing', prefix: 'finops/', profile: null, region: 'us-east-1' } as const

/** Ends the whole program while it fetches an export from S3, and lets the next start go on from there. */
export async function soakSync(options: {
  readonly seed: number
  readonly points: number
  readonly folder: string
  readonly tell: (sentence: string) => void
}) {
  await mkdir(options.folder, { recursive: true })
  const server = await S3TestServer.start()
  const environment = await awsEnvironment(server.url)
  try {
    const months = await upload(server, join(options.folder, 'sample'))
    const base = join(options.folder, 'base')
    const { application } = await openSoaked(base, null)
    const draft = { ...source, bucket: server.bucket, allowEmpty: false }
    const saved = await application.ask('s3/save', draft)
    if (!saved.ok) throw new Error(saved.failure.message)
    const nothing = await readWholeState(application, months)
    await application.close()

    const home = join(options.folder, 'home')
    await cp(base, home, { recursive: true })
    await syncToTheEnd(home)
    const everything = await stateOf(home, months)
    const total = bytesSent(server)
    server.pieceDelayMs = 1
    const random = createRandom(options.seed)
    const outcomes: SyncOutcome[] = []
    for (let point = 0; point < options.points; point += 1) {
      await rm(home, { recursive: true })
      await cp(base, home, { recursive: true })
      const outcome = await killSync(server, home, months, random.between(0, total), {
        nothing,
        everything,
        total,
      })
      outcomes.push(outcome)
      if (outcome.wrong.length > 0) options.tell(`sync, point ${point}: ${outcome.wrong.join('; ')}`)
    }
    options.tell(`sync: ${options.points} kills`)
    return {
      points: outcomes.length,
      bytes: total,
      met: tally(outcomes.map(({ met }) => met)),
      mostFetchedAgain: Math.max(0, ...outcomes.map(({ again }) => again)),
      failures: outcomes.filter(({ wrong }) => wrong.length > 0),
    }
  } finally {
    await environment.end()
    await server.close()
  }
}

async function killSync(
  server: S3TestServer,
  home: string,
  months: readonly string[],
  afterBytes: number,
  known: { readonly nothing: WholeState; readonly everything: WholeState; readonly total: number },
): Promise<SyncOutcome> {
  const wrong: string[] = []
  server.requests.length = 0
  const running = startSync(home)
  server.onPiece = () => {
    if (bytesSent(server) >= afterBytes) running.kill()
  }
  await running.ended
  server.onPiece = null
  const before = bytesSent(server)
  const met = await stateOf(home, months)
  for (const month of months) {
    if (
      met.months[month] !== known.nothing.months[month] &&
      met.months[month] !== known.everything.months[month]
    )
      wrong.push(`${month} is neither empty nor whole`)
  }
  const ended = await startSync(home).ended
  if (ended.code !== 0) wrong.push(`the next sync ended with ${ended.code}: ${ended.stdout.slice(0, 300)}`)
  const end = await stateOf(home, months)
  if (JSON.stringify(end) !== JSON.stringify(known.everything))
    wrong.push('the next sync does not give everything')
  const left = (await readdir(join(home, 'downloads'), { recursive: true })).filter((name) =>
    /staging|\.part/.test(name),
  )
  if (left.length > 0) wrong.push(`left ${left[0]}`)
  const again = Math.max(0, bytesSent(server) - known.total)
  return {
    afterBytes: Math.round(before),
    met: met.together === known.nothing.together ? 'nothing' : 'something',
    again,
    wrong,
  }
}

function bytesSent(server: S3TestServer): number {
  return server.gets().reduce((sum, { sent }) => sum + sent, 0)
}

async function stateOf(home: string, months: readonly string[]): Promise<WholeState> {
  const { application } = await openSoaked(home, null)
  try {
    return await readWholeState(application, months)
  } finally {
    await application.close()
  }
}

function startSync(home: string): { readonly ended: Promise<Ended>; readonly kill: () => void } {
  const child = spawn(process.execPath, [builtFile('cli.js'), 'sync', '--home', home, '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  return {
    ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout }))),
    kill: () => child.kill('SIGKILL'),
  }
}

async function syncToTheEnd(home: string): Promise<void> {
  const { code, stdout } = await startSync(home).ended
  if (code !== 0) throw new Error(`The undisturbed sync ended with ${code}: ${stdout}`)
}

async function upload(server: S3TestServer, folder: string): Promise<readonly string[]> {
  const { exportRoot, periods } = await writeSampleOrganisation({
    folder,
    until: '2026-03-02',
    seed: 11,
    scale: 1,
    months: 2,
    hourlyMonths: 0,
  })
  for (const entry of await readdir(exportRoot, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const key = ['finops', ...relative(join(exportRoot, '..'), path).split(sep)].join('/')
    server.put(key, await readFile(path))
  }
  return periods
}
