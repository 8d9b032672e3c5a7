import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ActionKind } from '../../analytics/contract/actions'
import { actionPermissions } from '../aws/connections/action-permissions'
import { permissionOf } from '../aws/testing/cloud/permission-of'
import { actionCases } from './testing/cases'
import { pinnedOf, unwrap, Workbench } from './testing/workbench'

let bench: Workbench
beforeAll(async () => {
  bench = await Workbench.open()
})
afterAll(async () => {
  await bench.end()
})
beforeEach(async () => {
  await bench.clear()
})

const named = actionCases.map(
  (one) => [`${one.action.kind} ${Object.values(one.action.params)[0]}`, one] as const,
)

/** What the server was asked for each kind, in all the tests of it. */
const asked = new Map<ActionKind, Set<string>>()

describe.each(named)('%s', (_name, { action, put, spoil, undone, final }) => {
  afterEach(() => {
    const permissions = asked.get(action.kind) ?? new Set<string>()
    for (const request of bench.cloud.requests) permissions.add(permissionOf(request))
    asked.set(action.kind, permissions)
  })

  it('does, verifies and takes back what it says, each call in the journal first', async () => {
    put(bench.cloud.state)
    bench.cloud.state.lag = 2
    const before = bench.cloud.state.dump()
    const hands = await bench.hands()
    const prepared = unwrap(await bench.executor.prepare(pinnedOf(action), hands, false))
    expect(prepared.refusal).toBeNull()
    expect(bench.cloud.changes()).toEqual([])
    expect(bench.journal.entries).toEqual([])

    const done = await bench.executor.execute(prepared, hands)
    expect(done).toMatchObject({ state: 'done', outcome: 'done' })
    expect(done.steps.every(({ state }) => state === 'done' || state === 'already')).toBe(true)
    const changes = bench.cloud.changes()
    expect(changes.map(({ service, operation }) => `${service}:${operation}`)).toEqual(
      done.steps.flatMap(({ operation }) => (operation === null ? [] : [operation])),
    )
    expect(bench.cloud.state.dump()).not.toEqual(before)

    const record = bench.executor.records().get(done.id)
    if (!record) throw new Error('it is not in the journal')
    const undo = bench.executor.planUndo(record, null)
    if (final) {
      expect(undo).toMatchObject({ ok: false, failure: { code: 'no-undo' } })
      expect(done.undo).toMatchObject({ kind: 'none', steps: [] })
      return
    }
    const back = unwrap(await bench.executor.undo(unwrap(undo), hands))
    expect(back).toMatchObject({ state: 'done', undoes: done.id })
    const after = bench.cloud.state.dump()
    if (undone) {
      expect(() => undone(before, after)).not.toThrow()
    } else {
      expect(after).toEqual(before)
    }
    expect(bench.executor.list().find(({ id }) => id === done.id)?.undoneBy).toBe(back.id)
    hands.close()
  })

  it('makes no changing call when a precheck fails, and says which', async () => {
    put(bench.cloud.state)
    spoil(bench.cloud.state)
    const before = bench.cloud.state.dump()
    const hands = await bench.hands()
    const prepared = unwrap(await bench.executor.prepare(pinnedOf(action), hands, false))
    expect(prepared.refusal?.code).toMatch(/^(drift|precheck-failed|managed-elsewhere)$/)
    expect(prepared.checks.some(({ ok }) => !ok)).toBe(true)
    expect(bench.cloud.changes()).toEqual([])
    expect(bench.cloud.state.dump()).toEqual(before)
    hands.close()
  })

  it('makes none with a connection that only reads, however far it is taken', async () => {
    put(bench.cloud.state)
    const before = bench.cloud.state.dump()
    bench.writing = false
    const hands = await bench.hands()
    const prepared = unwrap(await bench.executor.prepare(pinnedOf(action), hands, true))
    const executed = await bench.executor.execute(prepared, hands)
    expect(executed).toMatchObject({ state: 'failed', outcome: 'not-started' })
    expect(bench.cloud.requests.filter(({ input }) => input.DryRun === 'true')).toEqual([])
    expect(bench.cloud.changes()).toEqual([])
    expect(bench.cloud.state.dump()).toEqual(before)
    hands.close()
  })
})

it('has a case for every kind of action', async () => {
  const { actionSchema } = await import('../../analytics/contract/actions')
  const kinds = actionSchema.options.map((option) => option.shape.kind.value)
  expect(new Set(actionCases.map(({ action }) => action.kind))).toEqual(new Set(kinds))
})

it('asks of AWS what the policy for its kind allows, and nothing else', () => {
  for (const [kind, permissions] of asked) {
    const { changes, reads } = actionPermissions[kind]
    const identity = 'sts:GetCallerIdentity'
    expect([...permissions].filter((one) => one !== identity).sort(), kind).toEqual(
      [...changes, ...reads].sort(),
    )
  }
})
