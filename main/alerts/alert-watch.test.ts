import { describe, expect, it } from 'vitest'
import type { BudgetAlert } from '../../analytics/contract/budgets'
import type { AppEvent } from '../../analytics/contract/events'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import { AlertWatch } from './alert-watch'

const alert: BudgetAlert = {
  id: 'a',
  budget: 'All of it',
  threshold: { of: 'actual', percent: 80 },
  from: '2026-09-01',
  to: '2026-10-01',
  amount: '100',
  reachedWith: '81',
  currency: 'USD',
  raisedAt: '2026-09-20T00:00:00Z',
  dismissed: false,
}

type Looked = Result<readonly AppEvent[]>
const told80: AppEvent = { type: 'budget-alert', alert }
const none: Looked = succeed([])

function watched(...answers: readonly Looked[]) {
  const told: AppEvent[] = []
  const state = { working: false, looks: 0 }
  const watch = new AlertWatch({
    looks: [
      async () => {
        const answer = answers[state.looks] ?? none
        state.looks += 1
        return answer
      },
    ],
    tell: (event) => told.push(event),
    isWorking: () => state.working,
  })
  const settled = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
  return { told, state, watch, settled }
}

describe('the watch over budgets and anomalies', () => {
  it('tells of what is newly reached', async () => {
    const { told, watch, settled } = watched(succeed([told80]))
    watch.dataChanged()
    await settled()
    expect(told).toEqual([told80])
  })

  it('waits for the end of the work that changes figures, and looks once for all its changes', async () => {
    const { state, watch, settled } = watched()
    state.working = true
    watch.dataChanged()
    watch.dataChanged()
    await settled()
    expect(state.looks).toBe(0)
    state.working = false
    watch.workEnded()
    watch.workEnded()
    await settled()
    expect(state.looks).toBe(1)
  })

  it('looks again when figures changed under its look', async () => {
    const { state, watch, settled } = watched()
    watch.dataChanged()
    watch.dataChanged()
    await settled()
    expect(state.looks).toBe(2)
  })

  it('does not look when nothing has changed, and outlives a look that fails', async () => {
    const { told, state, watch, settled } = watched(fail('engine-stopped', 'x'), succeed([told80]))
    watch.workEnded()
    await settled()
    expect(state.looks).toBe(0)
    watch.dataChanged()
    await settled()
    expect(told).toEqual([])
    watch.dataChanged()
    await settled()
    expect(told).toHaveLength(1)
  })

  it('looks at everything there is to look at, whatever becomes of the look before', async () => {
    const told: AppEvent[] = []
    const watch = new AlertWatch({
      looks: [async () => fail('engine-stopped', 'x'), async () => succeed([told80])],
      tell: (event) => told.push(event),
      isWorking: () => false,
    })
    watch.dataChanged()
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
    expect(told).toEqual([told80])
  })
})
