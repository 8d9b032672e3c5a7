import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EngineState } from '../../analytics/contract/application'
import { failure, failureCodes, succeed } from '../../analytics/contract/result'
import { fakeEngines } from '../testing/fake-engine'
import { EngineSupervisor } from './supervisor'

function supervise() {
  const engines = fakeEngines()
  const states: EngineState[] = []
  const versions: number[] = []
  const recoveries: string[] = []
  const supervisor = new EngineSupervisor({
    entry: 'engine.js',
    home: '/home/of/test',
    startEngine: engines.startEngine,
    onState: (state) => states.push(state),
    onData: (version) => versions.push(version),
    onRecovered: (recovery) => recoveries.push(recovery),
  })
  return { engines, states, versions, recoveries, supervisor }
}

async function running() {
  const all = supervise()
  const started = all.supervisor.start()
  all.engines.newest.ready()
  await started
  return all
}

const tick = () => vi.advanceTimersByTimeAsync(0)
const names = (states: readonly EngineState[]) => states.map(({ state }) => state)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('an engine that works', () => {
  it('is started with the workspace and is ready when it says so', async () => {
    const { engines, states, supervisor } = supervise()
    const started = supervisor.start()
    expect(engines.newest.start).toEqual({ entry: 'engine.js', home: '/home/of/test' })
    expect(names(states)).toEqual(['starting'])
    engines.newest.ready()
    expect(await started).toMatchObject({ state: 'ready', message: null })
    expect(supervisor.duckdbVersion).toBe('1.5.6')
    expect(supervisor.failure).toBeNull()
  })

  it('carries requests, answers, progress and the version of the data', async () => {
    const { engines, versions, supervisor } = await running()
    const steps: unknown[] = []
    const first = supervisor.request('import/run', { paths: ['/a'] }, undefined, (step) => steps.push(step))
    const second = supervisor.request('sources/list', {})
    await tick()
    const [one = '', other = ''] = engines.newest.requests
    expect(engines.newest.sent).toEqual([
      { type: 'request', id: one, channel: 'import/run', input: { paths: ['/a'] } },
      { type: 'request', id: other, channel: 'sources/list', input: {} },
    ])
    const step = { stage: 'Reading', done: 1, total: 2, unit: 'periods' }
    engines.newest.post({ type: 'progress', id: one, progress: step })
    engines.newest.post({ type: 'progress', id: 'of nobody', progress: step })
    engines.newest.post({ type: 'data', dataVersion: 7 })
    engines.newest.reply(other, succeed('second'))
    engines.newest.reply('of nobody', succeed('nothing'))
    engines.newest.reply(one, succeed('first'))
    expect(await first).toEqual(succeed('first'))
    expect(await second).toEqual(succeed('second'))
    expect(steps).toEqual([step])
    expect(versions).toEqual([7])
  })

  it('is told of a cancellation, and not asked at all when that comes first', async () => {
    const { engines, supervisor } = await running()
    const abort = new AbortController()
    const call = supervisor.request('import/run', { paths: ['/a'] }, abort.signal)
    await tick()
    const [id = ''] = engines.newest.requests
    abort.abort()
    expect(engines.newest.sent.at(-1)).toEqual({ type: 'cancel', id })
    engines.newest.reply(id, { ok: false, failure: failure(failureCodes.cancelled, 'Cancelled.') })
    expect(await call).toMatchObject({ failure: { code: 'cancelled' } })

    const late = await supervisor.request('sources/list', {}, abort.signal)
    expect(late).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
    expect(engines.newest.requests).toHaveLength(1)
  })

  it('does not hear of a cancellation after the answer', async () => {
    const { engines, supervisor } = await running()
    const abort = new AbortController()
    const call = supervisor.request('sources/list', {}, abort.signal)
    await tick()
    engines.newest.reply(engines.newest.requests[0] ?? '', succeed(1))
    await call
    abort.abort()
    expect(engines.newest.sent.map(({ type }) => type)).toEqual(['request'])
  })
})

describe('an engine that stops', () => {
  it('settles what was in flight and comes back after a moment', async () => {
    const { engines, states, supervisor } = await running()
    const calls = [supervisor.request('sources/list', {}), supervisor.request('holdings/read', {})]
    await tick()
    engines.newest.exit(9)
    for (const call of calls) {
      expect(await call).toMatchObject({ ok: false, failure: { code: 'engine-stopped' } })
    }
    expect(supervisor.state).toMatchObject({ state: 'restarting' })
    expect(supervisor.state.message).toMatch(/being started again/)
    expect(engines.all).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(100)
    expect(engines.all).toHaveLength(2)
    engines.newest.ready()
    expect(names(states)).toEqual(['starting', 'ready', 'restarting', 'restarting', 'ready'])
  })

  it('makes a request wait until the next one is ready', async () => {
    const { engines, supervisor } = await running()
    engines.newest.exit(9)
    const call = supervisor.request('sources/list', {})
    await vi.advanceTimersByTimeAsync(100)
    engines.newest.ready()
    await tick()
    engines.newest.reply(engines.newest.requests[0] ?? '', succeed('late'))
    expect(await call).toEqual(succeed('late'))
  })

  it('is started three times more, each later than the last, and then given up', async () => {
    const { engines, supervisor } = await running()
    for (const [restart, wait] of [100, 500, 2_000].entries()) {
      engines.newest.exit(70)
      await vi.advanceTimersByTimeAsync(wait - 1)
      expect(engines.all).toHaveLength(restart + 1)
      await vi.advanceTimersByTimeAsync(1)
      expect(engines.all).toHaveLength(restart + 2)
      engines.newest.ready()
    }
    const call = supervisor.request('sources/list', {})
    await tick()
    engines.newest.exit(70)
    expect(await call).toMatchObject({ failure: { code: 'engine-stopped' } })
    expect(supervisor.state).toMatchObject({ state: 'failed' })
    expect(supervisor.state.message).toMatch(/stopped 4 times and was not started again\.$/)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(engines.all).toHaveLength(4)
    const refused = await supervisor.request('sources/list', {})
    expect(refused).toMatchObject({
      ok: false,
      failure: { code: 'engine-unavailable', details: 'last exit code: 70' },
    })
  })

  it('settles a request that waits when the engine is given up', async () => {
    const { engines, supervisor } = await running()
    engines.newest.exit(1)
    const call = supervisor.request('sources/list', {})
    for (const wait of [100, 500, 2_000]) {
      await vi.advanceTimersByTimeAsync(wait)
      engines.newest.exit(1)
    }
    expect(await call).toMatchObject({ failure: { code: 'engine-unavailable' } })
  })

  it('is forgiven after a steady minute', async () => {
    const { engines, supervisor } = await running()
    for (let crash = 0; crash < 6; crash += 1) {
      await vi.advanceTimersByTimeAsync(60_001)
      engines.newest.exit(9)
      await vi.advanceTimersByTimeAsync(100)
      expect(engines.all).toHaveLength(crash + 2)
      engines.newest.ready()
    }
    expect(supervisor.state.state).toBe('ready')
  })

  it('can be started again by hand after it was given up, with all its tries', async () => {
    const { engines, supervisor } = await running()
    for (const wait of [100, 500, 2_000, 0]) {
      engines.newest.exit(9)
      await vi.advanceTimersByTimeAsync(wait)
    }
    expect(supervisor.state.state).toBe('failed')
    const again = supervisor.start()
    engines.newest.ready()
    expect(await again).toMatchObject({ state: 'ready' })
    expect(supervisor.failure).toBeNull()
    engines.newest.exit(9)
    await vi.advanceTimersByTimeAsync(100)
    expect(engines.all).toHaveLength(6)
  })

  it('has no say any more: neither its answers nor its end count', async () => {
    const { engines, versions, supervisor } = await running()
    const old = engines.newest
    const lost = supervisor.request('sources/list', {})
    await tick()
    const [oldId = ''] = old.requests
    old.exit(9)
    await lost
    await vi.advanceTimersByTimeAsync(100)
    engines.newest.ready()
    const call = supervisor.request('sources/list', {})
    await tick()
    const [id = ''] = engines.newest.requests
    expect(id).not.toBe(oldId)
    old.reply(id, succeed('from the grave'))
    old.post({ type: 'data', dataVersion: 99 })
    old.refuse(failure('workspace-in-use', 'In use.'))
    expect(supervisor.state.state).toBe('ready')
    engines.newest.reply(id, succeed('of the living'))
    expect(await call).toEqual(succeed('of the living'))
    expect(versions).toEqual([])
  })
})

describe('an engine that refuses the workspace', () => {
  it('is not started again when somebody else has it', async () => {
    const { engines, supervisor } = supervise()
    const started = supervisor.start()
    const why = failure('workspace-in-use', 'The workspace is in use by process 12.')
    engines.newest.refuse(why)
    expect(await started).toMatchObject({ state: 'failed', message: why.message })
    expect(supervisor.failure).toEqual(why)
    expect(engines.newest.killed).toBe(true)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(engines.all).toHaveLength(1)
    expect(await supervisor.request('sources/list', {})).toEqual({ ok: false, failure: why })
  })

  it.each(['warehouse-damaged', 'state-damaged'])('sets a file aside once: %s', async (code) => {
    const { engines, recoveries, supervisor } = supervise()
    const started = supervisor.start()
    engines.newest.refuse(failure(code, 'Damaged.'))
    expect(engines.all).toHaveLength(2)
    expect(engines.all[0]?.killed).toBe(true)
    expect(engines.newest.start).toMatchObject({ recover: code })
    engines.newest.ready('It was moved aside.')
    expect(await started).toMatchObject({ state: 'ready', message: 'It was moved aside.' })
    expect(recoveries).toEqual(['It was moved aside.'])
    engines.newest.exit(9)
    await vi.advanceTimersByTimeAsync(100)
    expect(engines.newest.start).not.toHaveProperty('recover')
  })

  it('never sets the same file aside twice, also when the other one is damaged in between', async () => {
    const { engines, supervisor } = supervise()
    const started = supervisor.start()
    for (const code of ['warehouse-damaged', 'state-damaged', 'warehouse-damaged']) {
      engines.newest.refuse(failure(code, `It is ${code}.`))
    }
    expect(await started).toMatchObject({ state: 'failed', message: 'It is warehouse-damaged.' })
    expect(engines.all.map(({ start }) => start.recover)).toEqual([
      undefined,
      'warehouse-damaged',
      'state-damaged',
    ])
  })

  it('is looked at with fresh eyes when it is started by hand', async () => {
    const { engines, supervisor } = supervise()
    const started = supervisor.start()
    engines.newest.refuse(failure('warehouse-damaged', 'Damaged.'))
    engines.newest.refuse(failure('warehouse-damaged', 'Damaged.'))
    expect(await started).toMatchObject({ state: 'failed' })
    const again = supervisor.start()
    expect(engines.newest.start).not.toHaveProperty('recover')
    engines.newest.ready()
    expect(await again).toMatchObject({ state: 'ready', message: null })
  })
})

describe('an engine that is restarted by hand', () => {
  it('is ended, settles what it was doing, and is followed by a fresh one', async () => {
    const { engines, supervisor } = await running()
    const call = supervisor.request('sources/list', {})
    await tick()
    const again = supervisor.restart()
    expect(engines.newest.killed).toBe(true)
    expect(await call).toMatchObject({ failure: { code: 'engine-stopped' } })
    await vi.advanceTimersByTimeAsync(100)
    expect(engines.all).toHaveLength(2)
    engines.newest.ready()
    expect(await again).toMatchObject({ state: 'ready' })
  })

  it('may be so as often as one likes: that is no fault of it', async () => {
    const { engines, supervisor } = await running()
    for (let time = 0; time < 6; time += 1) {
      const again = supervisor.restart()
      await vi.advanceTimersByTimeAsync(100)
      engines.newest.ready()
      expect(await again).toMatchObject({ state: 'ready' })
    }
    expect(engines.all).toHaveLength(7)
  })

  it('is waited for when it is on its way already', async () => {
    const { engines, supervisor } = await running()
    engines.newest.exit(9)
    const again = supervisor.restart()
    await vi.advanceTimersByTimeAsync(100)
    engines.newest.ready()
    expect(await again).toMatchObject({ state: 'ready' })
    expect(engines.all).toHaveLength(2)
  })
})

describe('closing', () => {
  it('asks the engine to leave and waits until it has', async () => {
    const { engines, supervisor } = await running()
    let closed = false
    const closing = supervisor.close().then(() => {
      closed = true
    })
    expect(engines.newest.sent).toEqual([{ type: 'shutdown' }])
    await vi.advanceTimersByTimeAsync(4_000)
    expect(closed).toBe(false)
    engines.newest.exit(0)
    await closing
    expect(engines.newest.killed).toBe(false)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(engines.all).toHaveLength(1)
  })

  it('ends an engine that does not leave in time, and settles what it was doing', async () => {
    const { engines, supervisor } = await running()
    const call = supervisor.request('sources/list', {})
    await tick()
    const closing = supervisor.close(4_500)
    await vi.advanceTimersByTimeAsync(4_499)
    expect(engines.newest.killed).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(engines.newest.killed).toBe(true)
    await closing
    expect(await call).toMatchObject({ failure: { code: 'engine-stopped' } })
  })

  it('answers what waits for a restart, starts nothing more and takes nothing more', async () => {
    const { engines, supervisor } = await running()
    engines.newest.exit(9)
    const waiting = supervisor.request('sources/list', {})
    await supervisor.close()
    expect(await waiting).toMatchObject({ failure: { code: 'engine-stopped' } })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(engines.all).toHaveLength(1)
    expect(await supervisor.request('sources/list', {})).toMatchObject({
      failure: { code: 'engine-stopped' },
    })
  })
})
