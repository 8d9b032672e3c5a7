import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ChannelName, channelNames, channels } from '../analytics/contract/channels'
import { failureSchema, type Result } from '../analytics/contract/result'
import type { Application } from './application'
import { openApplication } from './testing/open-application'
import { temporaryFolders } from './testing/temporary-folder'

const newFolder = temporaryFolders('messages')
let application: Application
let enginePids: readonly number[]
let empty: string

beforeAll(async () => {
  empty = await newFolder()
  const opened = await openApplication(await newFolder())
  application = opened.application
  enginePids = opened.enginePids
})
afterAll(() => application.close())

const query = {
  measure: 'effective',
  by: ['service', 'tag:team'],
  grain: 'day',
  from: '2026-03-01',
  to: '2026-03-08',
  where: [{ dimension: 'region', operator: '!=', value: 'eu-west-1' }],
  compare: 'previous',
  limit: 5,
}

/** Inputs that are right; what is sent is something close to them. */
function rightInput(channel: ChannelName): unknown {
  switch (channel) {
    case 'tasks/cancel':
    case 'tasks/dismiss':
      return { id: 'nobody' }
    case 'files/pick':
      return { what: 'folder' }
    case 'settings/write':
      return {
        theme: 'dark',
        density: 'compact',
        basis: 'billed',
        currency: 'EUR',
        railCollapsed: true,
        fiscalYearStart: 4,
      }
    case 'sources/remove':
    case 'sources/prefer':
    case 'sources/check':
      return { name: 'nothing' }
    case 'spend/query':
    case 'spend/series':
    case 'spend/explain':
      return query
    case 'spend/lines':
      return {
        period: 'last-month',
        where: query.where,
        columns: ['start', 'billed', 'tags'],
        sort: { column: 'billed', direction: 'descending' },
        limit: 20,
        after: 'e30',
      }
    case 'spend/values':
      return { dimension: 'account', measure: 'billed', period: 'last-month', search: 'web', limit: 20 }
    case 'spend/keys':
      return { measure: 'billed', period: 'last-month', currency: 'USD' }
    case 'spend/split':
      return { by: ['namespace'], net: true, period: 'last-month', grain: 'month', limit: 20 }
    case 'overview/read':
    case 'overview/movers':
      return { measure: 'effective', currency: 'USD' }
    case 'import/run':
      return { paths: [empty, join(empty, 'gone')] }
    case 'forecast/run':
      return { horizon: 5, grain: 'day', by: 'service', model: 'theta', growth: 2, fiscalYearStart: 4 }
    case 'forecast/accuracy':
      return { by: 'service', record: 'shown' }
    case 'forecast/series':
      return { path: join(empty, 'gone.csv'), horizon: 5, season: 7, model: 'sma' }
    case 'demo/fill':
      return { until: '2026-03-02', seed: 1, scale: 1 }
    case 's3/test':
    case 's3/save':
    case 's3-sources/write':
      return { name: 'bill', bucket: 'my-bucket', prefix: '', profile: 'nobody', region: null }
    case 's3/remove':
    case 's3-sources/remove':
      return { name: 'nothing' }
    case 's3/policy':
      return { bucket: 'my-bucket', prefix: 'exports/' }
    case 'anomalies/find':
    case 'anomalies/replay':
      return { from: '2026-01-01', to: '2026-02-01', by: 'service', perYear: 4, where: [] }
    case 'anomalies/series':
      return { path: join(empty, 'gone.csv'), perYear: 2, scores: true }
    case 'anomalies/label':
      return { id: 'nothing', label: 'expected', note: 'x' }
    case 'anomalies/plan':
      return { name: 'launch', from: '2026-01-01', to: '2026-02-01', where: [], note: 'x' }
    case 'anomalies/unplan':
      return { name: 'nothing' }
    case 'budgets/write':
      return {
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
      }
    case 'budgets/read':
    case 'budgets/remove':
      return { name: 'nothing' }
    case 'budgets/dismiss':
    case 'anomalies/dismiss':
      return { id: 'nothing' }
    case 'inventory/scan':
      return { profile: 'nobody', services: ['nothing'] }
    case 'inventory/import':
      return { path: '/nowhere/inventory.jsonl' }
    case 'inventory/load':
      return { id: 'nothing' }
    case 'inventory/list':
      return { search: 'x', sort: 'cost' }
    case 'inventory/read':
      return { account: '111122223333', id: 'vol-0' }
    case 'metrics/estimate':
      return { account: '111122223333', days: 14 }
    case 'metrics/wanted':
      return { account: '111122223333', days: 14 }
    case 'metrics/fetch':
      return { profile: 'nobody', account: '111122223333', days: 14 }
    case 'metrics/record':
      return { account: '111122223333', file: 'nothing.jsonl' }
    case 'budgets/list':
      return { projected: true }
    case 'drivers/import':
      return { name: 'x', unit: 'order', content: { kind: 'text', file: 'x.csv', text: '' } }
    case 'drivers/values':
      return { name: 'nothing', limit: 10 }
    case 'tags/hygiene':
      return { measure: 'effective', period: 'last-month' }
    case 'split/nodes':
      return { net: true, period: 'last-month', limit: 10 }
    case 'tags/untagged':
      return { measure: 'effective', period: 'last-month', key: 'tag:x', limit: 10 }
    case 'units/read':
      return { driver: 'nothing', measure: 'billed', grain: 'month', period: 'last-month' }
    case 'drivers/remove':
      return { name: 'nothing' }
    case 'allocation/show':
    case 'allocation/moves':
      return { measure: 'effective', period: 'last-month' }
    case 'allocation/versions':
    case 'allocation/remove':
      return { name: 'nothing' }
    case 'allocation/save':
      return { definition: { name: 'team', rules: [] } }
    case 'connections/writing':
      return { profile: null }
    case 'connections/write':
      return { profile: 'audit', writing: true }
    case 'connections/keep':
      return {
        kind: 'role',
        name: 'audit@111122223333',
        account: '111122223333',
        accountName: 'Payments',
        role: 'finops/Audit',
        via: 'audit',
        externalId: 'x-1',
        region: 'eu-west-1',
      }
    case 'connections/drop':
    case 'connections/remove':
      return { name: 'nothing' }
    case 'prices/read':
      return { region: 'us-east-1' }
    case 'recommendations/read':
      return { id: 'r-0123456789ab' }
    case 'recommendations/total':
      return { ids: ['r-0123456789ab'] }
    case 'recommendations/decide':
      return { ids: ['r-0123456789ab'], state: 'open', note: '', until: null, by: 'ana' }
    case 'connections/checked':
      return {
        profile: 'audit',
        at: '2026-09-01T00:00:00Z',
        account: '111122223333',
        identity: 'arn:aws:iam::111122223333:user/x',
        method: 'tried',
        notes: [],
        abilities: [],
      }
    case 'connections/check':
      return { profile: 'nobody' }
    case 'connections/save-keys':
      return {
        name: 'x',
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'x'.repeat(40),
        region: null,
        replaces: true,
      }
    case 'connections/members':
      return { profile: 'nobody', role: 'Audit', externalId: null }
    case 'connections/save-members':
      return {
        profile: 'nobody',
        role: 'Audit',
        externalId: null,
        accounts: [{ account: '111122223333', accountName: 'Payments' }],
        region: null,
      }
    case 'connections/list':
    case 'connections/key-store':
    case 'connections/policies':
    case 'connections/kept':
    case 'recommendations/mark':
      return { ids: ['r-0123456789ab'], state: 'open', note: '', by: 'ana' }
    case 'approvals/give':
    case 'packs/make':
      return { ids: ['r-0123456789ab'] }
    case 'approvals/reject':
    case 'approvals/revoke':
      return { ids: ['r-0123456789ab'], note: 'still needed' }
    case 'packs/approve':
    case 'packs/open':
      return { text: '{}' }
    case 'executions/run':
      return { ids: ['r-0123456789ab'], profile: null }
    case 'executions/undo':
      return { id: 'x-0123456789ab' }
    case 'executions/settle':
    case 'executions/stop':
    case 'executions/list':
    case 'approvals/list':
    case 'journal/read':
    case 'journal/verify':
    case 'recommendations/list':
    case 'recommendations/rules':
    case 'allocation/list':
    case 'drivers/list':
    case 'budgets/check':
    case 'budgets/alerts':
      return {}
    case 'anomalies/planned':
    case 'anomalies/check':
    case 'anomalies/alerts':
      return {}
    case 'sync/run':
      return { name: 'nothing' }
    case 's3-sources/synced':
      return { name: 'nothing', lastSync: { at: '2026-01-01T00:00:00Z', state: 'done', message: 'x' } }
    case 'invoices/write':
      return { payer: 'nobody', period: '2026-03', currency: 'USD', invoice: 'none', amount: '1.5' }
    case 'exports/save':
      return { kind: 'rejected-lines' }
    case 'views/save':
      return { area: 'explorer', name: 'x', state: { by: 'service' }, pinned: false, isDefault: false }
    case 'views/remove':
      return { id: 'nothing' }
    case 'sources/bridge':
    case 'sources/restatements':
      return { source: 'nothing', period: '2026-03' }
    case 'sources/ledger':
    case 'sources/rejected':
      return { source: 'nothing', offset: 0, limit: 10 }
    case 'questions/answer':
      return { id: 'nobody', reply: { kind: 'code', code: '123456' } }
    case 'uploads/open':
      return { files: [{ path: 'my-cur/data/bill.csv', bytes: 12 }] }
    case 'uploads/import':
    case 'uploads/abandon':
      return { id: 'nothing' }
    case 's3/list':
    case 's3-sources/list':
    case 'engine/suspend':
    case 'engine/resume':
    case 'questions/list':
    case 'about/read':
    case 'doctor/run':
    case 'tasks/list':
    case 'engine/state':
    case 'engine/restart':
    case 'engine/health':
    case 'views/list':
    case 'settings/read':
    case 'sources/list':
    case 'holdings/read':
    case 'warehouse/rebuild':
      return {}
  }
}

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    '',
    '\0',
    'x'.repeat(5_000),
    "'; DROP TABLE charges; --",
    '2026-02-30',
    '9999-12-31',
    '0000-01-01',
    -1,
    0,
    1.5,
    1e308,
    [],
    {},
    null,
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

const odderKey = fc.constantFrom('__proto__', 'constructor', 'toString', 'then', 'more', '')

/** One change somewhere inside: a value replaced, a key taken away or put in. */
function nearMiss(value: unknown): fc.Arbitrary<unknown> {
  const here: fc.Arbitrary<unknown>[] = [odd, fc.constant([value])]
  if (Array.isArray(value)) {
    here.push(odd.map((more) => [...value, more]))
    for (const [at, item] of value.entries()) {
      here.push(nearMiss(item).map((changed) => value.with(at, changed)))
    }
  } else if (typeof value === 'object' && value !== null) {
    here.push(
      fc.tuple(odderKey, odd).map(([key, more]) => {
        return JSON.parse(
          `{${JSON.stringify(key)}:${JSON.stringify(more)},${JSON.stringify(value).slice(1)}`.replace(
            /,\}$/,
            '}',
          ),
        )
      }),
    )
    for (const [key, item] of Object.entries(value)) {
      const { [key]: _, ...without } = value as Record<string, unknown>
      here.push(fc.constant(without))
      here.push(nearMiss(item).map((changed) => ({ ...value, [key]: changed })))
    }
  }
  return fc.oneof(...here)
}

/** What would really begin long work outside the test's folder is asked for and cancelled at once. */
function sparing(channel: ChannelName, input: unknown): { signal?: AbortSignal } {
  if (channel === 'demo/fill') return { signal: AbortSignal.abort() }
  const parsed = channels['import/run'].input.safeParse(input)
  const own = parsed.success && parsed.data.paths.every((path) => path.startsWith(empty))
  return channel === 'import/run' && !own ? { signal: AbortSignal.abort() } : {}
}

function isSound(channel: ChannelName, input: unknown, result: Result<unknown>): void {
  const valid = channels[channel].input.safeParse(input).success
  if (result.ok) {
    expect(valid).toBe(true)
    expect(channels[channel].output.parse(result.value)).toEqual(result.value)
    return
  }
  expect(failureSchema.parse(result.failure)).toEqual(result.failure)
  if (!valid) expect(result.failure.code).toBe('invalid-input')
  else expect(['invalid-input', 'unexpected', 'engine-stopped']).not.toContain(result.failure.code)
}

describe('whatever is sent to', () => {
  it.each(channelNames)('%s is answered or refused with a code', async (channel) => {
    const runs = channel === 'doctor/run' ? 20 : channel === 'spend/query' ? 200 : 60
    const message = fc.oneof(
      { weight: 1, arbitrary: odd },
      { weight: 3, arbitrary: nearMiss(rightInput(channel)) },
    )
    await fc.assert(
      fc.asyncProperty(message, async (input) => {
        // A restart that is asked for rightly is a new engine; here it must stay the same one.
        fc.pre(channel !== 'engine/restart' || !channels[channel].input.safeParse(input).success)
        isSound(channel, input, await application.call(channel, input, sparing(channel, input)))
      }),
      { numRuns: runs },
    )
  })

  it('a channel as something that is no JSON is refused', async () => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    for (const input of [undefined, Number.NaN, 1n, Symbol('a'), () => undefined, circle]) {
      for (const channel of channelNames) {
        expect(await application.call(channel, input), channel).toMatchObject({
          failure: { code: 'invalid-input' },
        })
      }
    }
  })

  it('no channel at all is refused', async () => {
    const names = [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      '',
      ' about/read',
      'ABOUT/READ',
      '../x',
    ]
    for (const name of [...names, 'x'.repeat(100_000)]) {
      const result = await application.call(name, {})
      expect(result).toMatchObject({ ok: false, failure: { code: 'unknown-channel' } })
      if (!result.ok) expect(failureSchema.parse(result.failure)).toEqual(result.failure)
    }
    const unknown = fc
      .string({ unit: 'binary' })
      .filter((name) => !channelNames.some((known) => known === name))
    await fc.assert(
      fc.asyncProperty(unknown, fc.jsonValue(), async (name, input) => {
        expect(await application.call(name, input)).toMatchObject({ failure: { code: 'unknown-channel' } })
      }),
    )
  })

  it('the application, the engine lives through it', async () => {
    expect(enginePids).toHaveLength(1)
    expect(process.kill(enginePids[0] ?? 0, 0)).toBe(true)
    expect(await application.ask('engine/state', {})).toMatchObject({ value: { state: 'ready' } })
    expect(await application.ask('engine/health', {})).toMatchObject({ ok: true })
  })
})
