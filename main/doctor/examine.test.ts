import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Check, doctorSchema } from '../../analytics/contract/application'
import { failure, type Result, succeed } from '../../analytics/contract/result'
import { EngineSupervisor } from '../engine/supervisor'
import { type FakeEngine, fakeEngines } from '../testing/fake-engine'
import { temporaryFolders } from '../testing/temporary-folder'
import { MemoryVault } from '../vault/memory-vault'
import { type Examined, examine } from './examine'

const newFolder = temporaryFolders('doctor')

const health = {
  duckdb: '1.5.6',
  warehouseBytes: 3 * 1024 ** 2,
  stateBytes: 4_096,
  memoryLimit: '1200MB',
  threads: 2,
  recovery: null,
}

async function supervisorWith(onStart: (engine: FakeEngine) => void): Promise<EngineSupervisor> {
  const supervisor = new EngineSupervisor({
    entry: 'engine.js',
    home: '/nowhere',
    startEngine: fakeEngines((engine) => queueMicrotask(() => onStart(engine))).startEngine,
    onState: () => undefined,
    onData: () => undefined,
    onRecovered: () => undefined,
    backOff: [],
  })
  await supervisor.start()
  return supervisor
}

async function answering(result: Result<unknown>): Promise<EngineSupervisor> {
  return await supervisorWith((engine) => {
    engine.ready()
    const send = engine.send.bind(engine)
    engine.send = (message) => {
      send(message)
      if (message.type === 'request') queueMicrotask(() => engine.reply(message.id, result))
    }
  })
}

async function check(name: string, change: Partial<Examined> = {}): Promise<Check> {
  const report = await examine({
    home: await newFolder(),
    door: 'cli',
    supervisor: await answering(succeed(health)),
    openVault: async () => new MemoryVault(),
    env: {
      PATH: '',
      AWS_CONFIG_FILE: '/nowhere/config',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
    },
    ...change,
  })
  expect(doctorSchema.parse(report)).toEqual(report)
  expect(report.checks.map((one) => one.name)).toEqual([
    'engine',
    'workspace',
    'disk',
    'keychain',
    'screen',
    'aws-profiles',
  ])
  const found = report.checks.find((one) => one.name === name)
  if (!found) throw new Error(`no check ${name}`)
  return found
}

describe('the doctor', () => {
  it('says that the engine answers, and with what', async () => {
    const engine = await check('engine')
    expect(engine.ok).toBe(true)
    expect(engine.detail).toBe(
      'DuckDB 1.5.6 answers, with 2 threads and at most 1200MB of memory. The warehouse takes 3.0 MB.',
    )
  })

  it('says what was done at the start when a file was set aside', async () => {
    const recovery = 'The warehouse could not be read. It was moved to damaged.'
    const engine = await check('engine', { supervisor: await answering(succeed({ ...health, recovery })) })
    expect(engine.ok).toBe(false)
    expect(engine.detail).toContain(recovery)
  })

  it('says that the engine is down and what to do', async () => {
    const supervisor = await supervisorWith((engine) => engine.exit(70))
    const engine = await check('engine', { supervisor })
    expect(engine.ok).toBe(false)
    expect(engine.detail).toMatch(/was not started again\. Start it from About/)
  })

  it('says why the engine refused the workspace', async () => {
    const supervisor = await supervisorWith((engine) =>
      engine.refuse(failure('workspace-newer', 'It was written by a newer version.', 'Install that.')),
    )
    const engine = await check('engine', { supervisor })
    expect(engine).toMatchObject({ ok: false, detail: 'It was written by a newer version. Install that.' })
  })

  it('says whether the workspace can be written', async () => {
    const home = await newFolder()
    expect(await check('workspace', { home })).toEqual({
      name: 'workspace',
      ok: true,
      detail: `${home} can be read and written.`,
    })
    const gone = join(home, 'gone')
    const bad = await check('workspace', { home: gone })
    expect(bad.ok).toBe(false)
    expect(bad.detail).toContain(`${gone} cannot be written.`)
  })

  it('says how much space is free, and goes on when that cannot be told', async () => {
    expect((await check('disk')).detail).toMatch(/^(Only )?\d+\.\d [MG]B free where the workspace lies\./)
    const bad = await check('disk', { home: join(await newFolder(), 'gone') })
    expect(bad.ok).toBe(false)
    expect(bad.detail).toContain('gone is not there')
  })

  it('tells a keychain that works from none and from a locked one', async () => {
    expect(await check('keychain')).toEqual({
      name: 'keychain',
      ok: true,
      detail: 'Secrets are kept in the Secret Service of this machine.',
    })
    const none = await check('keychain', { openVault: async () => new MemoryVault('no-store') })
    const locked = await check('keychain', { openVault: async () => new MemoryVault('locked') })
    expect([none.ok, locked.ok]).toEqual([false, false])
    expect(none.detail).not.toBe(locked.detail)
    for (const { detail } of [none, locked]) expect(detail).toMatch(/^[A-Z].*\.$/s)
  })

  it('asks for the profiles and the browser in the surroundings it is given', async () => {
    expect(await check('aws-profiles')).toMatchObject({ ok: false })
    expect((await check('aws-profiles')).detail).toContain('/nowhere/config')
    const screen = await check('screen', { door: 'web' })
    expect(screen.ok).toBe(true)
  })
})
