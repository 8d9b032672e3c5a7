import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { channelNames, channels, type EngineChannelName } from '../contract/channels'
import { fail, failureSchema, type Result, succeed } from '../contract/result'
import { InterruptedError } from '../store/connection'
import type { Store } from '../store/open-store'
import { answers as realAnswers } from './answers'
import { type Answers, Dispatcher } from './dispatcher'
import type { FromEngine } from './protocol'
import type { Work } from './work'

type Handler = (input: unknown, work: Work) => Promise<Result<unknown>>

const engineChannels = channelNames.filter(
  (name): name is EngineChannelName => channels[name].answeredBy === 'engine',
)

const store: Store = {
  home: '/workspace',
  settings: { memoryLimit: '1GB', threads: 1 },
  duckdb: '1.0',
  connect: () => Promise.reject(new Error('no test here opens a connection')),
  close: () => Promise.resolve(),
}

/** Something the test decides the end of. */
function gate() {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

let posted: FromEngine[]

function dispatcher(
  handlers: Partial<Record<EngineChannelName, Handler>> = {},
  upkeep?: (signal: AbortSignal) => Promise<void>,
): Dispatcher {
  const work =
    (name: EngineChannelName): Handler =>
    (input, given) =>
      handlers[name]?.(input, given) ?? Promise.resolve(succeed(name))
  const answers: Answers = {
    'engine/health': work('engine/health'),
    'settings/read': work('settings/read'),
    'settings/write': work('settings/write'),
    'sources/list': work('sources/list'),
    'sources/remove': work('sources/remove'),
    'sources/prefer': work('sources/prefer'),
    's3-sources/list': work('s3-sources/list'),
    's3-sources/write': work('s3-sources/write'),
    's3-sources/remove': work('s3-sources/remove'),
    's3-sources/synced': work('s3-sources/synced'),
    'holdings/read': work('holdings/read'),
    'spend/query': work('spend/query'),
    'overview/read': work('overview/read'),
    'import/run': work('import/run'),
    'warehouse/rebuild': work('warehouse/rebuild'),
    'spend/series': work('spend/series'),
    'spend/explain': work('spend/explain'),
    'spend/lines': work('spend/lines'),
    'spend/values': work('spend/values'),
    'spend/keys': work('spend/keys'),
    'spend/split': work('spend/split'),
    'demo/fill': work('demo/fill'),
    'sources/bridge': work('sources/bridge'),
    'sources/restatements': work('sources/restatements'),
    'sources/ledger': work('sources/ledger'),
    'sources/rejected': work('sources/rejected'),
    'sources/check': work('sources/check'),
    'invoices/write': work('invoices/write'),
    'engine/suspend': work('engine/suspend'),
    'engine/resume': work('engine/resume'),
    'forecast/run': work('forecast/run'),
    'forecast/accuracy': work('forecast/accuracy'),
    'forecast/series': work('forecast/series'),
    'anomalies/find': work('anomalies/find'),
    'anomalies/series': work('anomalies/series'),
    'anomalies/label': work('anomalies/label'),
    'anomalies/replay': work('anomalies/replay'),
    'anomalies/planned': work('anomalies/planned'),
    'anomalies/plan': work('anomalies/plan'),
    'anomalies/unplan': work('anomalies/unplan'),
    'views/list': work('views/list'),
    'views/save': work('views/save'),
    'views/remove': work('views/remove'),
    'budgets/list': work('budgets/list'),
    'budgets/read': work('budgets/read'),
    'budgets/write': work('budgets/write'),
    'budgets/remove': work('budgets/remove'),
    'budgets/check': work('budgets/check'),
    'budgets/alerts': work('budgets/alerts'),
    'budgets/dismiss': work('budgets/dismiss'),
    'overview/movers': work('overview/movers'),
    'anomalies/check': work('anomalies/check'),
    'anomalies/alerts': work('anomalies/alerts'),
    'anomalies/dismiss': work('anomalies/dismiss'),
    'drivers/list': work('drivers/list'),
    'drivers/values': work('drivers/values'),
    'drivers/import': work('drivers/import'),
    'drivers/remove': work('drivers/remove'),
    'units/read': work('units/read'),
    'tags/hygiene': work('tags/hygiene'),
    'tags/untagged': work('tags/untagged'),
    'split/nodes': work('split/nodes'),
    'inventory/load': work('inventory/load'),
    'inventory/list': work('inventory/list'),
    'inventory/read': work('inventory/read'),
    'metrics/estimate': work('metrics/estimate'),
    'metrics/wanted': work('metrics/wanted'),
    'metrics/record': work('metrics/record'),
    'allocation/list': work('allocation/list'),
    'allocation/show': work('allocation/show'),
    'allocation/moves': work('allocation/moves'),
    'allocation/versions': work('allocation/versions'),
    'allocation/save': work('allocation/save'),
    'allocation/remove': work('allocation/remove'),
    'connections/writing': work('connections/writing'),
    'connections/write': work('connections/write'),
    'connections/kept': work('connections/kept'),
    'connections/keep': work('connections/keep'),
    'connections/drop': work('connections/drop'),
    'prices/read': work('prices/read'),
    'recommendations/list': work('recommendations/list'),
    'recommendations/read': work('recommendations/read'),
    'recommendations/total': work('recommendations/total'),
    'recommendations/decide': work('recommendations/decide'),
    'recommendations/rules': work('recommendations/rules'),
    'recommendations/mark': work('recommendations/mark'),
    'connections/checked': work('connections/checked'),
  }
  return new Dispatcher({
    store,
    answers,
    recovery: null,
    post: (message) => posted.push(message),
    onBroken: () => {
      broken += 1
    },
    ...(upkeep && { upkeep }),
  })
}

let broken = 0

beforeEach(() => {
  posted = []
  broken = 0
})

/** Lets everything that can go on go on. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

function replyTo(id: string): Result<unknown> | undefined {
  const reply = posted.find((message) => message.type === 'reply' && message.id === id)
  return reply?.type === 'reply' ? reply.result : undefined
}

async function ask(channel: string, input: unknown, handlers?: Partial<Record<EngineChannelName, Handler>>) {
  posted = []
  dispatcher(handlers).receive({ type: 'request', id: 'a', channel, input })
  await settled()
  return replyTo('a')
}

const query = { measure: 'billed', from: '2026-09-01', to: '2026-10-01' }

describe('a request', () => {
  it('is answered, with its own id', async () => {
    expect(await ask('holdings/read', {})).toEqual({ ok: true, value: 'holdings/read' })
  })

  it("has an answer in the engine for every channel of the contract that is the engine's", () => {
    expect(Object.keys(realAnswers).sort()).toEqual([...engineChannels].sort())
  })

  it('on which DuckDB itself has failed is answered, and then the process has to go', async () => {
    const failed = {
      ok: false,
      failure: { code: 'x', message: 'y', details: 'FATAL Error: no more' },
    } as const
    expect(await ask('import/run', { paths: ['a'] }, { 'import/run': async () => failed })).toEqual(failed)
    expect(broken).toBe(1)
    await ask('holdings/read', {}, { 'holdings/read': async () => fail('x', 'an expected failure') })
    expect(broken).toBe(1)
  })

  it.each(['no/such', 'about/read', '', 'constructor', '__proto__', 'toString'])(
    'to %j is refused',
    async (channel) => {
      expect(await ask(channel, {})).toMatchObject({ ok: false, failure: { code: 'unknown-channel' } })
    },
  )

  it('with input the contract does not allow is refused before it is worked on', async () => {
    let worked = false
    const handler: Handler = async () => {
      worked = true
      return succeed(null)
    }
    for (const input of [{ ...query, more: 1 }, { ...query, from: 'yesterday' }, null, 'x', []]) {
      expect(await ask('spend/query', input, { 'spend/query': handler })).toMatchObject({
        failure: { code: 'invalid-input' },
      })
    }
    expect(worked).toBe(false)
  })

  it('passes progress and changes of data on', async () => {
    const step = { stage: 'Reading', done: 1, total: 2, unit: 'files' } as const
    await ask(
      'import/run',
      { paths: ['/x'] },
      {
        'import/run': async (_input, work) => {
          work.progress(step)
          work.dataChanged(7)
          return succeed('done')
        },
      },
    )
    expect(posted).toEqual([
      { type: 'progress', id: 'a', progress: step },
      { type: 'data', dataVersion: 7 },
      { type: 'reply', id: 'a', result: { ok: true, value: 'done' } },
    ])
  })
})

describe('messages of any shape', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
  })

  it('never throw, and none goes unhandled', async () => {
    const unhandled: unknown[] = []
    const remember = (reason: unknown) => unhandled.push(reason)
    process.on('unhandledRejection', remember)
    try {
      const engine = dispatcher()
      const shaped = fc.record(
        {
          type: fc.oneof(fc.constantFrom('request', 'cancel'), anything),
          id: fc.oneof(fc.string(), anything),
          channel: fc.oneof(fc.constantFrom(...channelNames), fc.string(), anything),
          input: anything,
        },
        { requiredKeys: [] },
      )
      fc.assert(
        fc.property(fc.oneof(anything, shaped), (message) => {
          expect(() => engine.receive(message)).not.toThrow()
        }),
        { numRuns: 1_000 },
      )
      await settled()
      expect(unhandled).toEqual([])
      for (const message of posted) {
        if (message.type === 'reply' && !message.result.ok) {
          expect(failureSchema.safeParse(message.result.failure).success).toBe(true)
        }
      }
    } finally {
      process.off('unhandledRejection', remember)
    }
  })

  it('to a known channel are answered with a failure or with work, never left without an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...engineChannels), anything, async (channel, input) => {
        posted = []
        const engine = dispatcher()
        engine.receive({ type: 'request', id: 'x', channel, input })
        await engine.close()
        expect(replyTo('x')).toBeDefined()
      }),
      { numRuns: 100 },
    )
  })

  it('with an endless channel name are answered with a short failure', async () => {
    const result = await ask('x'.repeat(100_000), {})
    expect(result?.ok === false && failureSchema.safeParse(result.failure).success).toBe(true)
  })
})

describe('cancelling', () => {
  it('reaches the work, and says that nothing was kept', async () => {
    const handler: Handler = (_input, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new InterruptedError()))
      })
    const engine = dispatcher({ 'import/run': handler })
    engine.receive({ type: 'request', id: 'a', channel: 'import/run', input: { paths: ['/x'] } })
    await settled()
    expect(replyTo('a')).toBeUndefined()
    engine.receive({ type: 'cancel', id: 'a' })
    await settled()
    expect(replyTo('a')).toMatchObject({ failure: { code: 'cancelled' } })
  })

  it('takes whatever the work throws then for its consequence', async () => {
    const wait = gate()
    const engine = dispatcher({
      'spend/query': async () => {
        await wait.opened
        throw new Error('AbortError of some stream')
      },
    })
    engine.receive({ type: 'request', id: 'a', channel: 'spend/query', input: query })
    engine.receive({ type: 'cancel', id: 'a' })
    wait.open()
    await settled()
    expect(replyTo('a')).toMatchObject({ failure: { code: 'cancelled' } })
  })

  it('keeps work that waits its turn from beginning', async () => {
    const wait = gate()
    const begun: string[] = []
    const engine = dispatcher({
      'import/run': async () => {
        begun.push('first')
        await wait.opened
        return succeed(null)
      },
      'warehouse/rebuild': async () => {
        begun.push('second')
        return succeed(null)
      },
    })
    engine.receive({ type: 'request', id: 'a', channel: 'import/run', input: { paths: ['/x'] } })
    engine.receive({ type: 'request', id: 'b', channel: 'warehouse/rebuild', input: {} })
    engine.receive({ type: 'cancel', id: 'b' })
    wait.open()
    await settled()
    expect(begun).toEqual(['first'])
    expect(replyTo('b')).toMatchObject({ failure: { code: 'cancelled' } })
    expect(replyTo('a')).toMatchObject({ ok: true })
  })

  it('of something unknown or long done is nothing', async () => {
    const engine = dispatcher()
    engine.receive({ type: 'cancel', id: 'never' })
    engine.receive({ type: 'request', id: 'a', channel: 'holdings/read', input: {} })
    await settled()
    engine.receive({ type: 'cancel', id: 'a' })
    expect(replyTo('a')).toMatchObject({ ok: true })
  })
})

describe('turns', () => {
  it('are taken by what writes, in the order it came, also after a failure', async () => {
    const events: string[] = []
    const gates = [gate(), gate()]
    const engine = dispatcher({
      'import/run': async () => {
        events.push('import begins')
        await gates[0]?.opened
        events.push('import fails')
        throw new Error('it fails')
      },
      'sources/remove': async () => {
        events.push('removal begins')
        await gates[1]?.opened
        events.push('removal ends')
        return succeed(null)
      },
      'demo/fill': async () => {
        events.push('sample begins')
        return succeed(null)
      },
    })
    engine.receive({ type: 'request', id: 'a', channel: 'import/run', input: { paths: ['/x'] } })
    engine.receive({ type: 'request', id: 'b', channel: 'sources/remove', input: { name: 'x' } })
    engine.receive({ type: 'request', id: 'c', channel: 'demo/fill', input: {} })
    await settled()
    expect(events).toEqual(['import begins'])
    gates[0]?.open()
    await settled()
    expect(events).toEqual(['import begins', 'import fails', 'removal begins'])
    gates[1]?.open()
    await settled()
    expect(events.slice(3)).toEqual(['removal ends', 'sample begins'])
  })

  it('are not waited for by what reads', async () => {
    const wait = gate()
    const engine = dispatcher({
      'import/run': async () => {
        await wait.opened
        return succeed(null)
      },
    })
    engine.receive({ type: 'request', id: 'a', channel: 'import/run', input: { paths: ['/x'] } })
    for (const [id, channel, input] of [
      ['b', 'spend/query', query],
      ['c', 'overview/read', { measure: 'billed' }],
      ['d', 'settings/write', { theme: 'dark' }],
    ] as const) {
      engine.receive({ type: 'request', id, channel, input })
    }
    await settled()
    expect([replyTo('b'), replyTo('c'), replyTo('d')].every((reply) => reply?.ok)).toBe(true)
    expect(replyTo('a')).toBeUndefined()
    wait.open()
  })
})

describe('upkeep', () => {
  const until = (signal: AbortSignal) =>
    new Promise<void>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('interrupted')))
    })
  const importing = { type: 'request', channel: 'import/run', input: { paths: ['/x'] } } as const

  it('follows what was written, after the answer, and not what was read', async () => {
    const events: string[] = []
    const engine = dispatcher({ 'import/run': async () => succeed(events.push('import')) }, async () => {
      events.push('upkeep')
    })
    engine.receive({ type: 'request', id: 'a', channel: 'spend/query', input: query })
    await settled()
    expect(events).toEqual([])
    engine.receive({ ...importing, id: 'b' })
    await settled()
    expect(events).toEqual(['import', 'upkeep'])
    expect(replyTo('b')?.ok).toBe(true)
  })

  it('gives way to the next writing, and is made up for after it', async () => {
    const events: string[] = []
    const engine = dispatcher(
      { 'import/run': async () => succeed(events.push('import')) },
      async (signal) => {
        events.push('upkeep')
        if (events.length === 1) await until(signal)
      },
    )
    engine.keepUp()
    await settled()
    engine.receive({ ...importing, id: 'a' })
    await settled()
    expect(events).toEqual(['upkeep', 'import', 'upkeep'])
  })

  it('is stopped and waited for when the engine closes', async () => {
    let ended = false
    const engine = dispatcher({}, async (signal) => {
      await until(signal).finally(() => {
        ended = true
      })
    })
    engine.keepUp()
    await settled()
    await engine.close()
    expect(ended).toBe(true)
  })
})

describe('closing', () => {
  it('stops what runs, waits until it has noticed, and takes nothing more', async () => {
    const wait = gate()
    let noticed = false
    const engine = dispatcher({
      'import/run': async (_input, { signal }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        await wait.opened
        noticed = true
        throw new InterruptedError()
      },
    })
    engine.receive({ type: 'request', id: 'a', channel: 'import/run', input: { paths: ['/x'] } })
    await settled()
    let closed = false
    const closing = engine.close().then(() => {
      closed = true
    })
    await settled()
    expect(closed).toBe(false)
    wait.open()
    await closing
    expect(noticed).toBe(true)
    expect(replyTo('a')).toMatchObject({ failure: { code: 'cancelled' } })
    engine.receive({ type: 'request', id: 'b', channel: 'holdings/read', input: {} })
    await settled()
    expect(replyTo('b')).toMatchObject({ failure: { code: 'engine-stopped' } })
  })
})

describe('what nobody expected', () => {
  const throwing = (error: unknown) =>
    ask('spend/query', query, { 'spend/query': () => Promise.reject(error) })

  it.each([
    ['Cannot read properties of undefined', 'unexpected'],
    ['IO Error: Could not write file "x": No space left on device', 'disk-full'],
    ["ENOSPC: no space left on device, write 'x'", 'disk-full'],
    [
      'Out of Memory Error: failed to allocate data of size 16.0 MiB (500.0 MiB/500.0 MiB used)',
      'out-of-memory',
    ],
    ['Out of Memory Error: could not allocate block', 'out-of-memory'],
  ])('%s is %s', async (text, code) => {
    const result = await throwing(new Error(text))
    expect(result).toMatchObject({ ok: false, failure: { code, details: expect.stringContaining(text) } })
  })

  it('may be thrown as anything, and be of any length', async () => {
    for (const error of [
      'a text',
      undefined,
      { odd: 1 },
      new Error('x'.repeat(100_000)),
      Object.create(null),
    ]) {
      const result = await throwing(error)
      expect(result?.ok === false && result.failure.code).toBe('unexpected')
      expect(result?.ok === false && failureSchema.safeParse(result.failure).success).toBe(true)
    }
  })

  it('may be thrown at once', async () => {
    const result = await ask('spend/query', query, {
      'spend/query': () => {
        throw new Error('at once')
      },
    })
    expect(result).toMatchObject({ failure: { code: 'unexpected' } })
  })
})
