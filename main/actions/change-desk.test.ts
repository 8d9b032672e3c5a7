import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Action } from '../../analytics/contract/actions'
import type { ExecutionRequest } from '../../analytics/contract/executions'
import type { Recommendation } from '../../analytics/contract/recommendations'
import { fail, succeed } from '../../analytics/contract/result'
import { ApprovalDesk } from '../approvals/approval-desk'
import { MemoryVault } from '../vault/memory-vault'
import { ChangeDesk } from './change-desk'
import { pinnedOf, region, unwrap, Workbench } from './testing/workbench'

let bench: Workbench
let known: Map<string, Recommendation>
let marked: string[]
beforeAll(async () => {
  bench = await Workbench.open()
})
afterAll(async () => {
  await bench.end()
})
beforeEach(async () => {
  await bench.clear()
  known = new Map()
  marked = []
})

const memory = (name: string): Action => ({
  kind: 'set-function-memory',
  params: { function: name, memory: 512 },
})

function recommend(digit: string, action: Action, changes: Partial<Recommendation> = {}): string {
  const id = `r-${digit.repeat(12)}`
  known.set(id, {
    ...pinnedOf(action).recommendation,
    evidence: {},
    state: 'open',
    risk: 'low',
    ...changes,
    id,
  })
  return id
}

function addFunction(name: string): void {
  bench.cloud.state.put(region, 'Functions', { FunctionName: name, MemorySize: 1_024, Tags: {} })
}

function desks() {
  const { journal, executor } = bench
  const recommended = {
    read: async (id: string) => {
      const found = known.get(id)
      return found ? succeed(found) : fail('no-such-recommendation', 'There is none.')
    },
    mark: async (ids: readonly string[], state: string) => {
      marked.push(...ids.map((id) => `${id} ${state}`))
      return succeed(null)
    },
  }
  const approvals = new ApprovalDesk({ journal, executor, recommended, vault: async () => new MemoryVault() })
  const demandWriting = async () =>
    bench.writing ? succeed(null) : fail('connection-read-only', 'It is read-only.')
  return { approvals, changes: new ChangeDesk({ journal, executor, approvals, recommended, demandWriting }) }
}

const request = (ids: readonly string[], changed: Partial<ExecutionRequest> = {}): ExecutionRequest => ({
  ids: [...ids],
  profile: null,
  dryRun: false,
  mostChanges: 20,
  mostSaving: '10000',
  ...changed,
})
const giving = (ids: readonly string[], profile?: null) => ({
  ids: [...ids],
  note: '',
  days: 14,
  ...(profile === undefined ? {} : { profile }),
})

describe('what may be executed', () => {
  it('is what was approved, and once', async () => {
    addFunction('f')
    const id = recommend('a', memory('f'))
    const { approvals, changes } = desks()
    expect(await changes.run(request([id]))).toMatchObject({ failure: { code: 'not-approved' } })
    unwrap(await approvals.give(giving([id])))
    expect(unwrap(await changes.run(request([id])))).toMatchObject([{ state: 'done', recommendation: id }])
    expect(await changes.run(request([id]))).toMatchObject({ failure: { code: 'not-approved' } })
    expect(marked).toEqual([`${id} approved`, `${id} done`])
    expect(bench.cloud.changes()).toHaveLength(1)
  })

  it('is refused when the resource changed since it was approved in the state it had', async () => {
    addFunction('f')
    const id = recommend('a', memory('f'))
    const { approvals, changes } = desks()
    unwrap(await approvals.give(giving([id], null)))
    bench.cloud.state.change(
      region,
      'Functions',
      () => true,
      (item) => ({ ...item, Timeout: 60 }),
    )
    const [refused] = unwrap(await changes.run(request([id])))
    expect(refused).toMatchObject({ state: 'failed', outcome: 'not-started' })
    expect(refused?.detail).toContain('It is as it was when it was approved')
    expect(bench.cloud.changes()).toEqual([])
    expect(bench.journal.entries.at(-1)?.entry.event).toMatchObject({
      kind: 'execution-refused',
      code: 'drift',
    })
  })

  it('is refused when it recommends something else now, or belongs to another account', async () => {
    addFunction('f')
    const id = recommend('a', memory('f'))
    const other = recommend('b', memory('f'), { account: '999988887777' })
    const { approvals, changes } = desks()
    unwrap(await approvals.give(giving([id, other])))
    recommend('a', { kind: 'set-function-memory', params: { function: 'f', memory: 256 } })
    expect(await changes.run(request([id]))).toMatchObject({ failure: { code: 'recommendation-changed' } })
    expect(unwrap(await changes.run(request([other])))[0]?.detail).toContain('999988887777')
    expect(bench.cloud.changes()).toEqual([])
  })

  it('is capped by number and by money, before anything is asked', async () => {
    for (const name of ['f', 'g', 'h']) addFunction(name)
    const ids = ['f', 'g', 'h'].map((name, at) =>
      recommend('abc'[at] ?? 'a', memory(name), { monthlySaving: '0.10' }),
    )
    const { approvals, changes } = desks()
    unwrap(await approvals.give(giving(ids)))
    const asked = bench.cloud.requests.length
    expect(await changes.run(request(ids, { mostChanges: 2 }))).toMatchObject({
      failure: { code: 'too-many-changes' },
    })
    // Three times 0.10 is 0.30 to the digit, and not a hair more.
    expect(await changes.run(request(ids, { mostSaving: '0.29' }))).toMatchObject({
      failure: { code: 'too-much-money', message: expect.stringContaining('0.3 a month') },
    })
    expect(bench.cloud.requests).toHaveLength(asked)
    expect(unwrap(await changes.run(request(ids, { mostSaving: '0.30' }))).map(({ state }) => state)).toEqual(
      ['done', 'done', 'done'],
    )
  })

  it('is nothing with a connection that only reads, except to be shown', async () => {
    addFunction('f')
    const id = recommend('a', memory('f'))
    const { approvals, changes } = desks()
    bench.writing = false
    const [shown] = unwrap(await changes.run(request([id], { dryRun: true })))
    expect(shown).toMatchObject({
      state: 'planned',
      steps: [{ operation: 'lambda:UpdateFunctionConfiguration' }],
    })
    expect(shown?.undo.steps).toMatchObject([{ input: { MemorySize: 1_024 } }])
    unwrap(await approvals.give(giving([id])))
    expect(await changes.run(request([id]))).toMatchObject({ failure: { code: 'connection-read-only' } })
    expect(bench.cloud.changes()).toEqual([])
  })

  it('is shown as a patch of the code where code manages it', async () => {
    bench.cloud.state.put(region, 'Functions', {
      FunctionName: 'f',
      MemorySize: 1_024,
      Tags: { 'aws:cloudformation:stack-name': 'shop' },
    })
    const id = recommend('a', memory('f'))
    const { approvals, changes } = desks()
    unwrap(await approvals.give(giving([id])))
    const [refused] = unwrap(await changes.run(request([id])))
    expect(refused).toMatchObject({ state: 'failed', outcome: 'not-started' })
    expect(refused?.patch?.cloudFormation).toContain('MemorySize: 512')
    expect(refused?.patch?.terraform).toContain('memory_size = 512')
    expect(bench.cloud.changes()).toEqual([])
  })
})

describe('several at once', () => {
  it('begins with the least dangerous and stops at the first that fails', async () => {
    for (const name of ['f', 'g', 'h']) addFunction(name)
    const ids = [
      recommend('a', memory('f'), { monthlySaving: '500' }),
      recommend('b', memory('g'), { monthlySaving: '20' }),
      recommend('c', memory('h'), { monthlySaving: '3' }),
    ]
    const { approvals, changes } = desks()
    unwrap(await approvals.give(giving(ids)))
    bench.cloud.state.change(
      region,
      'Functions',
      (item) => item.FunctionName === 'g',
      (item) => ({
        ...item,
        LastUpdateStatus: 'InProgress',
      }),
    )
    const run = unwrap(await changes.run(request(ids)))
    expect(run.map(({ recommendation, state }) => [recommendation, state])).toEqual([
      [ids[2], 'done'],
      [ids[1], 'failed'],
      [ids[0], 'planned'],
    ])
    expect(bench.cloud.changes().map(({ input }) => input.FunctionName)).toEqual(['h'])
  })

  it('stops before the next call when somebody says stop', async () => {
    for (const name of ['f', 'g']) addFunction(name)
    const ids = [recommend('a', memory('f')), recommend('b', memory('g'), { monthlySaving: '900' })]
    const { approvals, changes } = desks()
    unwrap(await approvals.give(giving(ids)))
    bench.boundary = async (name) => {
      if (name === 'ended') bench.executor.stop()
    }
    const run = unwrap(await changes.run(request(ids)))
    expect(run.map(({ outcome }) => outcome)).toEqual(['done', 'not-started'])
    expect(bench.cloud.changes()).toHaveLength(1)
    // It was for that run: the next one begins anew.
    bench.boundary = async () => undefined
    unwrap(await approvals.give(giving(ids.slice(1))))
    expect(unwrap(await changes.run(request(ids.slice(1))))).toMatchObject([{ outcome: 'done' }])
  })
})

describe('a change that fails on the way', () => {
  it('is put back, so that a machine does not stay stopped', async () => {
    const type = (InstanceType: string) => ({
      InstanceType,
      ProcessorInfo: { SupportedArchitectures: ['x86_64'] },
    })
    bench.cloud.state.put(region, 'Instances', {
      InstanceId: 'i-1',
      InstanceType: 'm5.xlarge',
      State: { Name: 'running' },
      RootDeviceType: 'ebs',
      Tags: [],
    })
    bench.cloud.state.put(region, 'InstanceTypes', type('m5.xlarge'), type('m5.large'))
    bench.cloud.rules.push({ fault: 'denied', operation: 'ModifyInstanceAttribute' })
    const before = bench.cloud.state.dump()
    const id = recommend('a', {
      kind: 'change-instance-type',
      params: { instance: 'i-1', from: 'm5.xlarge', to: 'm5.large' },
    })
    const { approvals, changes } = desks()
    unwrap(await approvals.give(giving([id])))
    const [failed] = unwrap(await changes.run(request([id])))
    expect(failed).toMatchObject({ state: 'failed', outcome: 'put-back' })
    expect(failed?.detail).toContain('not authorized')
    expect(bench.cloud.state.dump()).toEqual(before)
    expect(
      bench.cloud
        .changes()
        .filter(({ applied }) => applied)
        .map(({ operation }) => operation),
    ).toEqual(['StopInstances', 'StartInstances'])
  })

  it('is not taken back into something that somebody else made of it', async () => {
    addFunction('f')
    const id = recommend('a', memory('f'))
    const { approvals, changes } = desks()
    unwrap(await approvals.give(giving([id])))
    const [done] = unwrap(await changes.run(request([id])))
    bench.cloud.state.change(
      region,
      'Functions',
      () => true,
      (item) => ({ ...item, MemorySize: 2_048 }),
    )
    expect(await changes.undo(done?.id ?? '', null, false)).toMatchObject({ failure: { code: 'drift' } })
    expect(bench.cloud.changes()).toHaveLength(1)
  })
})

describe('after an interruption', () => {
  it('asks AWS before it does anything again', async () => {
    addFunction('f')
    const id = recommend('a', memory('f'))
    unwrap(await desks().approvals.give(giving([id])))
    bench.boundary = async (name) => {
      if (name === 'memory: call made') throw new Error('killed')
    }
    await expect(desks().changes.run(request([id]))).rejects.toThrow('killed')
    bench.boundary = async () => undefined
    await bench.restart()
    expect(bench.executor.list()).toMatchObject([{ state: 'unknown', steps: [{ state: 'running' }] }])
    const run = unwrap(await desks().changes.run(request([id])))
    expect(run).toMatchObject([{ state: 'done', detail: expect.stringContaining('Settled') }])
    expect(bench.cloud.changes()).toHaveLength(1)
  })
})
