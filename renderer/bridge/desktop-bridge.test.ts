import { describe, expect, it, vi } from 'vitest'
import type { DesktopBridge } from '../../analytics/contract/bridge'
import type { Result } from '../../analytics/contract/result'
import { about, emptyHoldings, overview, settings } from '../testing/samples'
import { createDesktopBridge } from './desktop-bridge'

const untold = async (): Promise<Result<never>> => ({
  ok: false,
  failure: { code: 'untold', message: 'Not told.' },
})

function fakeDesktop(calls: Partial<DesktopBridge['calls']> = {}) {
  const cancel = vi.fn<(callId: string) => void>()
  const stop = vi.fn<() => void>()
  const desktop: DesktopBridge = {
    door: 'desktop',
    copy: async () => ({ ok: true, value: null }),
    hold: async () => ({ ok: true, value: { picked: [{ token: 'token-1', label: '/x/bill.csv' }] } }),
    calls: {
      'about/read': async () => ({ ok: true, value: about }),
      'doctor/run': untold,
      'tasks/list': untold,
      'tasks/cancel': untold,
      'tasks/dismiss': untold,
      'files/pick': untold,
      'engine/state': untold,
      'engine/restart': untold,
      'engine/health': untold,
      'settings/read': async () => ({ ok: true, value: settings }),
      'settings/write': untold,
      'sources/list': untold,
      'sources/remove': untold,
      'sources/prefer': untold,
      's3/test': untold,
      's3/save': untold,
      's3/list': untold,
      's3/remove': untold,
      's3/policy': untold,
      'sync/run': untold,
      's3-sources/list': untold,
      's3-sources/write': untold,
      's3-sources/remove': untold,
      's3-sources/synced': untold,
      'holdings/read': async () => ({ ok: true, value: emptyHoldings }),
      'spend/query': untold,
      'overview/read': async () => ({ ok: true, value: overview }),
      'import/run': untold,
      'warehouse/rebuild': untold,
      'spend/series': untold,
      'spend/explain': untold,
      'spend/lines': untold,
      'spend/values': untold,
      'spend/keys': untold,
      'spend/split': untold,
      'demo/fill': untold,
      'sources/bridge': untold,
      'sources/restatements': untold,
      'sources/ledger': untold,
      'sources/rejected': untold,
      'sources/check': untold,
      'invoices/write': untold,
      'exports/save': untold,
      'engine/suspend': untold,
      'engine/resume': untold,
      'questions/list': untold,
      'questions/answer': untold,
      'uploads/open': untold,
      'uploads/import': untold,
      'uploads/abandon': untold,
      'forecast/run': untold,
      'forecast/accuracy': untold,
      'forecast/series': untold,
      'anomalies/find': untold,
      'anomalies/series': untold,
      'anomalies/label': untold,
      'anomalies/replay': untold,
      'anomalies/planned': untold,
      'anomalies/plan': untold,
      'anomalies/unplan': untold,
      'views/list': untold,
      'views/save': untold,
      'views/remove': untold,
      'budgets/list': untold,
      'budgets/read': untold,
      'budgets/write': untold,
      'budgets/remove': untold,
      'budgets/check': untold,
      'budgets/alerts': untold,
      'budgets/dismiss': untold,
      'overview/movers': untold,
      'anomalies/check': untold,
      'anomalies/alerts': untold,
      'anomalies/dismiss': untold,
      'drivers/list': untold,
      'drivers/values': untold,
      'drivers/import': untold,
      'drivers/remove': untold,
      'units/read': untold,
      'tags/hygiene': untold,
      'tags/untagged': untold,
      'split/nodes': untold,
      'inventory/scan': untold,
      'inventory/import': untold,
      'inventory/load': untold,
      'inventory/list': untold,
      'inventory/read': untold,
      'metrics/estimate': untold,
      'metrics/wanted': untold,
      'metrics/fetch': untold,
      'metrics/record': untold,
      'allocation/list': untold,
      'allocation/show': untold,
      'allocation/moves': untold,
      'allocation/versions': untold,
      'allocation/save': untold,
      'allocation/remove': untold,
      'connections/writing': untold,
      'connections/write': untold,
      'connections/kept': untold,
      'connections/keep': untold,
      'connections/drop': untold,
      'prices/read': untold,
      'recommendations/list': untold,
      'recommendations/read': untold,
      'recommendations/total': untold,
      'recommendations/decide': untold,
      'recommendations/rules': untold,
      'recommendations/mark': untold,
      'approvals/list': untold,
      'approvals/give': untold,
      'approvals/reject': untold,
      'approvals/revoke': untold,
      'packs/make': untold,
      'packs/approve': untold,
      'packs/open': untold,
      'executions/list': untold,
      'executions/run': untold,
      'executions/undo': untold,
      'executions/settle': untold,
      'executions/stop': untold,
      'journal/read': untold,
      'journal/verify': untold,
      'connections/checked': untold,
      'connections/list': untold,
      'connections/check': untold,
      'connections/key-store': untold,
      'connections/save-keys': untold,
      'connections/remove': untold,
      'connections/members': untold,
      'connections/save-members': untold,
      'connections/policies': untold,
      ...calls,
    },
    cancel,
    subscribe: () => stop,
  }
  return { bridge: createDesktopBridge(desktop), cancel, stop }
}

describe('a call through the desktop door', () => {
  it('calls the function of its channel with an id of its own', async () => {
    const ids: string[] = []
    const { bridge } = fakeDesktop({
      'overview/read': async (callId, input) => {
        ids.push(callId)
        expect(input).toEqual({ measure: 'billed' })
        return { ok: true, value: overview }
      },
    })
    expect(await bridge.call('overview/read', { measure: 'billed' })).toEqual({ ok: true, value: overview })
    await bridge.call('overview/read', { measure: 'billed' })
    expect(new Set(ids).size).toBe(2)
  })

  it('cancels by the id of the call', async () => {
    const abort = new AbortController()
    let id = ''
    const { bridge, cancel } = fakeDesktop({
      'about/read': (callId) => {
        id = callId
        abort.abort()
        return untold()
      },
    })
    await bridge.call('about/read', {}, { signal: abort.signal })
    expect(cancel.mock.calls).toEqual([[id]])
  })

  it('does not even ask when it was cancelled before', async () => {
    const asked = vi.fn(untold)
    const { bridge } = fakeDesktop({ 'about/read': asked })
    const result = await bridge.call('about/read', {}, { signal: AbortSignal.abort() })
    expect(result).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
    expect(asked).not.toHaveBeenCalled()
  })

  it('makes a failure of an answer that never came', async () => {
    const { bridge } = fakeDesktop({ 'about/read': () => Promise.reject(new Error('no handler')) })
    expect(await bridge.call('about/read', {})).toMatchObject({ ok: false, failure: { code: 'unreachable' } })
  })

  it('hands back the way to stop listening', () => {
    const { bridge, stop } = fakeDesktop()
    bridge.subscribe({ onEvent: () => undefined, onConnection: () => undefined })()
    expect(stop).toHaveBeenCalledOnce()
  })
})
