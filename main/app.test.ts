import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ChannelName, channelNames, channels } from '../analytics/contract/channels'
import { type AppEvent, appEventSchema } from '../analytics/contract/events'
import { failure, failureSchema } from '../analytics/contract/result'
import { startApplication } from './app'
import type { Application } from './application'
import { type FakeEngine, fakeEngines } from './testing/fake-engine'
import { applicationForTest, openApplication } from './testing/open-application'
import { writeSmallExport } from './testing/small-export'
import { temporaryFolders } from './testing/temporary-folder'

// Whole processes at work on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const newFolder = temporaryFolders('app')
const marchDays = { from: '2026-03-01', to: '2026-04-01' } as const
const march = { measure: 'effective', ...marchDays } as const
let exported: string

beforeAll(async () => {
  exported = (await writeSmallExport(await newFolder())).root
})

/** What each channel is asked with, and what an empty workspace answers: nothing wrong, or this code. */
const asked: { readonly [C in ChannelName]: readonly [input: unknown, refusal: string | null] } = {
  'about/read': [{}, null],
  'doctor/run': [{}, null],
  'tasks/list': [{}, null],
  'tasks/cancel': [{ id: 'nobody' }, 'no-such-task'],
  'tasks/dismiss': [{ id: 'nobody' }, 'no-such-task'],
  'files/pick': [{ what: 'files' }, 'no-dialog'],
  'engine/state': [{}, null],
  'engine/restart': [{}, null],
  'engine/health': [{}, null],
  'settings/read': [{}, null],
  'settings/write': [{ theme: 'dark' }, null],
  'sources/list': [{}, null],
  'sources/remove': [{ name: 'nothing' }, 'no-such-source'],
  'sources/prefer': [{ name: 'nothing' }, 'no-such-source'],
  's3/test': [
    { name: 'bill', bucket: 'no-such-bucket-here', prefix: '', profile: 'nobody', region: null },
    'no-credentials',
  ],
  's3/save': [
    { name: 'bill', bucket: 'no-such-bucket-here', prefix: '', profile: 'nobody', region: null },
    'no-credentials',
  ],
  's3/list': [{}, null],
  's3/remove': [{ name: 'nothing' }, 'no-such-source'],
  's3/policy': [{ bucket: 'my-bucket', prefix: 'exports/' }, null],
  'sync/run': [{}, 'no-sources'],
  's3-sources/list': [{}, null],
  's3-sources/write': [{ name: 'bill', bucket: 'my-bucket', prefix: '', profile: null, region: null }, null],
  's3-sources/remove': [{ name: 'nothing' }, 'no-such-source'],
  's3-sources/synced': [
    { name: 'nothing', lastSync: { at: '2026-01-01T00:00:00Z', state: 'done', message: 'x' } },
    'no-such-source',
  ],
  'holdings/read': [{}, null],
  'spend/query': [march, null],
  'overview/read': [{ measure: 'effective' }, 'no-data'],
  'import/run': [{ paths: ['/nowhere/at/all'] }, 'path-not-found'],
  'warehouse/rebuild': [{}, null],
  'spend/series': [march, null],
  'spend/explain': [march, null],
  'spend/lines': [{ ...marchDays, columns: ['start', 'tags', 'billed'], limit: 10 }, null],
  'spend/values': [{ ...marchDays, dimension: 'account', measure: 'billed', limit: 10 }, null],
  'spend/keys': [{ ...marchDays, measure: 'billed' }, null],
  'spend/split': [{ ...marchDays, by: ['namespace'], net: true, limit: 10 }, null],
  'demo/fill': [{ until: '2026-03-02', seed: 1, scale: 1 }, 'cancelled'],
  'sources/bridge': [{}, null],
  'sources/restatements': [{}, null],
  'sources/ledger': [{ search: 'x' }, null],
  'sources/rejected': [{}, null],
  'sources/check': [{ name: 'nothing' }, 'no-such-source'],
  'invoices/write': [
    { payer: 'nobody', period: '2026-03', currency: 'USD', invoice: 'none', amount: '1' },
    'no-such-invoice',
  ],
  'exports/save': [{ kind: 'rejected-lines' }, null],
  'engine/suspend': [{}, null],
  'engine/resume': [{}, null],
  'questions/list': [{}, null],
  'questions/answer': [{ id: 'nobody', reply: { kind: 'no' } }, 'no-such-question'],
  'uploads/open': [{ files: [{ path: 'bill.csv', bytes: 1 }] }, null],
  'uploads/import': [{ id: 'nothing' }, 'no-such-upload'],
  'uploads/abandon': [{ id: 'nothing' }, 'no-such-upload'],
  'forecast/run': [{ horizon: 30 }, 'no-data'],
  'forecast/accuracy': [{}, 'no-data'],
  'forecast/series': [{ path: '/nowhere/at/all.csv', horizon: 30 }, 'file-unreadable'],
  'anomalies/find': [{}, null],
  'anomalies/series': [{ path: '/nowhere/at/all.csv' }, 'unreadable-file'],
  'anomalies/label': [{ id: 'nothing', label: 'real' }, 'no-such-anomaly'],
  'anomalies/replay': [{}, null],
  'anomalies/planned': [{}, null],
  'anomalies/plan': [
    { name: 'launch', from: '2026-03-01', to: '2026-03-08', where: [], note: 'agreed' },
    null,
  ],
  'anomalies/unplan': [{ name: 'nothing' }, 'no-such-event'],
  'views/list': [{}, null],
  'views/save': [{ area: 'explorer', name: 'x', state: {}, pinned: false, isDefault: false }, null],
  'views/remove': [{ id: 'nothing' }, 'no-such-view'],
  'budgets/list': [{ projected: true }, null],
  'budgets/read': [{ name: 'nothing' }, 'no-such-budget'],
  'budgets/write': [
    {
      name: 'x',
      measure: 'billed',
      currency: 'USD',
      where: [],
      period: 'month',
      amount: '100',
      growth: '0',
      from: '2026-01-01',
      to: null,
      thresholds: [{ of: 'actual', percent: 80 }],
      owner: '',
      note: '',
    },
    null,
  ],
  'budgets/remove': [{ name: 'nothing' }, 'no-such-budget'],
  'budgets/check': [{}, null],
  'budgets/alerts': [{}, null],
  'budgets/dismiss': [{ id: 'nothing' }, 'no-such-alert'],
  'overview/movers': [{ measure: 'effective' }, 'no-data'],
  'anomalies/check': [{}, null],
  'anomalies/alerts': [{}, null],
  'anomalies/dismiss': [{ id: 'nothing' }, 'no-such-alert'],
  'drivers/list': [{}, null],
  'drivers/values': [{ name: 'nothing', limit: 10 }, 'no-such-driver'],
  'drivers/import': [
    {
      name: 'x',
      unit: 'order',
      content: { kind: 'text', file: 'x.csv', text: 'date,value\n2026-09-01,1\n' },
    },
    null,
  ],
  'drivers/remove': [{ name: 'nothing' }, 'no-such-driver'],
  'tags/hygiene': [{ measure: 'effective', period: 'last-month' }, 'no-data'],
  'split/nodes': [{ net: true, period: 'last-month', limit: 10 }, 'no-data'],
  'tags/untagged': [{ measure: 'effective', period: 'last-month', key: 'tag:x', limit: 10 }, 'no-data'],
  'units/read': [
    { driver: 'nothing', measure: 'billed', grain: 'month', period: 'last-month' },
    'no-such-driver',
  ],
  'inventory/scan': [{ profile: 'nobody', services: ['nothing'] }, 'no-such-service'],
  'inventory/import': [{ path: '/nowhere/inventory.jsonl' }, 'file-unreadable'],
  'inventory/load': [{ id: 'nothing' }, 'no-such-scan'],
  'inventory/list': [{ search: 'x', sort: 'cost' }, null],
  'inventory/read': [{ account: '111122223333', id: 'vol-0' }, 'no-such-resource'],
  'metrics/estimate': [{ account: '111122223333', days: 14 }, null],
  'metrics/wanted': [{ account: '111122223333', days: 14 }, null],
  'metrics/fetch': [{ profile: 'nobody', account: '111122223333', days: 14 }, null],
  'metrics/record': [{ account: '111122223333', file: 'nothing.jsonl' }, 'no-such-file'],
  'allocation/list': [{}, null],
  'allocation/show': [{ measure: 'effective', period: 'last-month' }, 'no-allocation'],
  'allocation/moves': [{ measure: 'effective', period: 'last-month' }, 'no-allocation'],
  'allocation/versions': [{ name: 'nothing' }, 'no-allocation'],
  'allocation/save': [{ definition: { name: 'team', rules: [] } }, null],
  'allocation/remove': [{ name: 'nothing' }, 'no-such-allocation'],
  'connections/writing': [{ profile: null }, null],
  'connections/write': [{ profile: 'audit', writing: false }, null],
  'connections/kept': [{}, null],
  'connections/keep': [
    {
      kind: 'keys',
      name: 'x',
      account: null,
      region: null,
      keyEnding: 'MPLE',
      keysSince: '2026-03-01T00:00:00Z',
    },
    null,
  ],
  'connections/drop': [{ name: 'nothing' }, 'no-such-connection'],
  'prices/read': [{ region: 'eu-west-1', instances: [{ type: 'm6i.large' }] }, null],
  'recommendations/list': [{ rule: 'gp2-volume', minimumSaving: '5' }, null],
  'recommendations/read': [{ id: 'r-0123456789ab' }, 'no-such-recommendation'],
  'recommendations/total': [{ ids: ['r-0123456789ab'] }, null],
  'recommendations/decide': [
    { ids: ['r-0123456789ab'], state: 'dismissed', note: 'kept for the audit', until: null, by: 'ana' },
    null,
  ],
  'recommendations/rules': [{}, null],
  'recommendations/mark': [{ ids: ['r-0123456789ab'], state: 'open', note: '', by: 'ana@laptop' }, null],
  'approvals/list': [{}, null],
  'approvals/give': [{ ids: ['r-0123456789ab'] }, 'no-such-recommendation'],
  'approvals/reject': [{ ids: ['r-0123456789ab'], note: 'still needed' }, null],
  'approvals/revoke': [{ ids: ['r-0123456789ab'], note: 'still needed' }, 'not-approved'],
  'packs/make': [{ ids: ['r-0123456789ab'] }, 'no-such-recommendation'],
  'packs/approve': [{ text: '{}' }, 'pack-refused'],
  'packs/open': [{ text: '{}' }, 'pack-refused'],
  'executions/list': [{}, null],
  'executions/run': [{ ids: ['r-0123456789ab'], profile: null }, 'not-approved'],
  'executions/undo': [{ id: 'x-0123456789ab' }, 'no-such-execution'],
  'executions/settle': [{}, null],
  'executions/stop': [{}, null],
  'journal/read': [{}, null],
  'journal/verify': [{}, null],
  'connections/checked': [
    {
      profile: 'audit',
      at: '2026-09-01T00:00:00Z',
      account: '111122223333',
      identity: 'arn:aws:iam::111122223333:user/x',
      method: 'tried',
      notes: [],
      abilities: [],
    },
    null,
  ],
  'connections/list': [{}, null],
  'connections/check': [{ profile: 'nobody' }, 'no-credentials'],
  'connections/key-store': [{}, null],
  'connections/save-keys': [
    {
      name: 'nothing',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'x'.repeat(40),
      region: null,
      replaces: true,
    },
    'no-such-connection',
  ],
  'connections/remove': [{ name: 'nothing' }, 'no-such-connection'],
  'connections/members': [{ profile: 'nobody', role: 'Audit', externalId: null }, 'no-credentials'],
  'connections/save-members': [
    {
      profile: 'nobody',
      role: 'Audit',
      externalId: null,
      accounts: [{ account: '111122223333', accountName: 'Payments' }],
      region: null,
    },
    null,
  ],
  'connections/policies': [{}, null],
}

/** What is answered otherwise once there is a day of data. */
const withOneDay: { readonly [C in ChannelName]?: string | null } = {
  'overview/read': null,
  'overview/movers': null,
  'spend/keys': null,
  'tags/hygiene': null,
  'tags/untagged': null,
  'split/nodes': null,
  'forecast/run': 'too-little-data',
  'forecast/accuracy': 'too-little-data',
}

async function answersAsPromised(application: Application, channel: ChannelName): Promise<string | null> {
  // The sample organisation takes its time; here only the way there and back counts.
  const options = channel === 'demo/fill' ? { signal: AbortSignal.abort() } : {}
  const result = await application.call(channel, asked[channel][0], options)
  if (result.ok) {
    expect(channels[channel].output.parse(result.value), channel).toEqual(result.value)
    return null
  }
  expect(failureSchema.parse(result.failure), channel).toEqual(result.failure)
  return result.failure.code
}

describe('an application on a new workspace', () => {
  let application: Application
  let home: string

  beforeAll(async () => {
    home = join(await newFolder(), 'deep', 'home')
    application = (await openApplication(home)).application
  })
  afterAll(() => application.close())

  it.each(channelNames)('answers %s as its schema promises', async (channel) => {
    expect(await answersAsPromised(application, channel)).toBe(asked[channel][1])
  })

  it('keeps what was set, and tells where it is', async () => {
    expect(await application.ask('settings/write', { density: 'compact' })).toMatchObject({ ok: true })
    expect(await application.ask('settings/read', {})).toMatchObject({ value: { density: 'compact' } })
    expect(await application.ask('about/read', {})).toMatchObject({
      value: { door: 'web', home, duckdb: expect.stringMatching(/^1\.5/) },
    })
  })

  it('lists its long work, newest first', async () => {
    const listed = await application.ask('tasks/list', {})
    expect(listed).toMatchObject({
      value: {
        tasks: [
          { channel: 'executions/settle', state: 'done' },
          { channel: 'executions/undo', state: 'failed' },
          { channel: 'executions/run', state: 'failed' },
          { channel: 'metrics/record', state: 'failed' },
          { channel: 'metrics/fetch', state: 'done' },
          { channel: 'inventory/load', state: 'failed' },
          { channel: 'inventory/import', state: 'failed' },
          { channel: 'inventory/scan', state: 'failed' },
          { channel: 'uploads/import', state: 'failed' },
          { channel: 'sources/check', state: 'failed' },
          { channel: 'demo/fill', state: 'cancelled' },
          { channel: 'warehouse/rebuild', state: 'done' },
          { channel: 'import/run', state: 'failed' },
          { channel: 'sync/run', state: 'failed' },
        ],
      },
    })
  })
})

describe('an application with data', () => {
  it('imports, tells of it, and answers every channel as promised', async () => {
    const { application } = await applicationForTest(await newFolder())
    const events: AppEvent[] = []
    const stop = application.subscribe((event) => events.push(appEventSchema.parse(event)))
    const stages: string[] = []
    const imported = await application.ask(
      'import/run',
      { paths: [exported] },
      { onProgress: ({ stage }) => stages.push(stage) },
    )
    expect(imported).toMatchObject({
      ok: true,
      value: { imports: [{ period: '2026-03', state: 'new', rejected: 0 }], warnings: [] },
    })
    expect(stages).toContain('Done')
    const tasks = events.flatMap((event) => (event.type === 'task' ? [event.task] : []))
    expect(tasks.at(0)).toMatchObject({ state: 'running', title: 'Import billing data' })
    expect(tasks.at(-1)).toMatchObject({ state: 'done', failure: null })
    expect(events).toContainEqual({ type: 'data', dataVersion: expect.any(Number) })

    for (const channel of channelNames) {
      if (channel === 'sources/remove') continue
      const refusal = channel in withOneDay ? withOneDay[channel] : asked[channel][1]
      expect(await answersAsPromised(application, channel), channel).toBe(refusal)
    }
    stop()
    const heard = events.length
    expect(await application.ask('sources/remove', { name: 'halden-cur2' })).toMatchObject({
      value: { periods: 1 },
    })
    expect(events).toHaveLength(heard)
  })

  it('takes what was picked in a dialog by its token', async () => {
    const { application } = await applicationForTest(await newFolder(), { pickPaths: async () => [exported] })
    const answer = await application.ask('files/pick', { what: 'folder' })
    const token = answer.ok ? (answer.value.picked[0]?.token ?? '') : ''
    expect(token).not.toBe('')
    expect(token).not.toContain(exported)
    expect(await application.ask('import/run', { paths: [`picked:${token}`] })).toMatchObject({ ok: true })
    const unknown = await application.ask('import/run', { paths: ['picked:by-nobody'] })
    expect(unknown).toMatchObject({ failure: { code: 'path-not-found' } })
  })

  it('rebuilds a warehouse that is damaged and gives the same figures', async () => {
    const home = await newFolder()
    const before = (await openApplication(home)).application
    await before.ask('import/run', { paths: [exported] })
    const question = { ...march, by: ['service', 'account'], grain: 'day' } as const
    const figures = await before.ask('spend/query', { ...question, by: [...question.by] })
    expect(figures).toMatchObject({ ok: true })
    await before.close()
    await writeFile(
      join(home, 'warehouse.duckdb'),
      'not a database at all, only a line of text\n'.repeat(400),
    )

    const { application, enginePids } = await applicationForTest(home)
    expect(enginePids).toHaveLength(2)
    expect(await application.ask('engine/state', {})).toMatchObject({
      value: { state: 'ready', message: expect.stringMatching(/moved to .+ rebuilt/) },
    })
    await expect
      .poll(() => application.ask('spend/query', { ...question, by: [...question.by] }), { timeout: 20_000 })
      .toEqual(figures)
    const [set] = await readdir(join(home, 'damaged'))
    expect(await readdir(join(home, 'damaged', set ?? ''))).toEqual(['warehouse.duckdb'])
  })
})

describe('an application whose engine plays along', () => {
  const withFake = async (onStart: (engine: FakeEngine) => void, door: 'web' | 'cli' = 'web') =>
    await startApplication({
      home: await newFolder(),
      door,
      engineEntry: 'engine.js',
      startEngine: fakeEngines((engine) => {
        engine.send = (message) => {
          if (message.type === 'shutdown') engine.exit(0)
        }
        queueMicrotask(() => onStart(engine))
      }).startEngine,
    })

  it('opens with an engine that refused, so that the screens can say why, and takes another try', async () => {
    let starts = 0
    const started = await withFake((engine) => {
      starts += 1
      if (starts === 1) engine.refuse(failure('workspace-newer', 'Written by a newer version.'))
      else engine.ready()
    })
    if (!started.ok) throw new Error(started.failure.message)
    const application = started.value
    expect(await application.ask('engine/state', {})).toMatchObject({ value: { state: 'failed' } })
    expect(await application.ask('sources/list', {})).toMatchObject({ failure: { code: 'workspace-newer' } })
    expect(await application.ask('engine/restart', {})).toMatchObject({ value: { state: 'ready' } })
    expect(starts).toBe(2)
    await application.close()
  })

  it('does not open for a command when the engine refused', async () => {
    const started = await withFake(
      (engine) => engine.refuse(failure('workspace-newer', 'Written by a newer version.')),
      'cli',
    )
    expect(started).toMatchObject({ ok: false, failure: { code: 'workspace-newer' } })
  })

  it('opens when the engine of an application that died leaves at last, and not when it stays', async () => {
    const inUse = failure('workspace-in-use', 'The workspace is in use by process 12.')
    for (const refusals of [1, 2]) {
      let starts = 0
      const started = await withFake((engine) => {
        starts += 1
        if (starts <= refusals) engine.refuse(inUse)
        else engine.ready()
      })
      expect(starts).toBe(2)
      if (refusals === 2) expect(started).toEqual({ ok: false, failure: inUse })
      else expect(started.ok).toBe(true)
      if (started.ok) await started.value.close()
    }
  })

  it('answers with a failure when something breaks on the way, and goes on', async () => {
    const home = await newFolder()
    const started = await startApplication({
      home,
      door: 'desktop',
      engineEntry: 'engine.js',
      startEngine: fakeEngines((engine) => {
        engine.send = (message) => {
          if (message.type === 'shutdown') engine.exit(0)
        }
        queueMicrotask(() => engine.ready())
      }).startEngine,
      pickPaths: async () => {
        throw new Error('the dialog fell over')
      },
    })
    if (!started.ok) throw new Error(started.failure.message)
    const application = started.value
    expect(await application.ask('files/pick', { what: 'files' })).toMatchObject({
      ok: false,
      failure: { code: 'unexpected', details: expect.stringContaining('the dialog fell over') },
    })
    expect(await application.ask('engine/state', {})).toMatchObject({ value: { state: 'ready' } })
    await application.close()
    await application.close()
    expect(await application.ask('engine/state', {})).toMatchObject({ failure: { code: 'engine-stopped' } })
    expect(await readdir(home)).toEqual([])
  })

  it('says that a workspace cannot be made', async () => {
    const file = join(await newFolder(), 'file')
    await writeFile(file, 'in the way')
    const started = await startApplication({
      home: join(file, 'home'),
      door: 'cli',
      engineEntry: 'engine.js',
    })
    expect(started).toMatchObject({ ok: false, failure: { code: 'workspace-not-writable' } })
  })
})
