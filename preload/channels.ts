// Generated from analytics/contract/channels.ts by scripts/generate-preload.mjs; run it after a change there.
import type { DesktopBridge } from '../analytics/contract/bridge'
import type { ChannelName, ChannelOutput } from '../analytics/contract/channels'
import type { Result } from '../analytics/contract/result'

export type Invoke = <C extends ChannelName>(
  channel: C,
  callId: string,
  input: unknown,
) => Promise<Result<ChannelOutput<C>>>

export function namedCalls(invoke: Invoke): DesktopBridge['calls'] {
  return {
    'about/read': (callId, input) => invoke('about/read', callId, input),
    'doctor/run': (callId, input) => invoke('doctor/run', callId, input),
    'tasks/list': (callId, input) => invoke('tasks/list', callId, input),
    'tasks/cancel': (callId, input) => invoke('tasks/cancel', callId, input),
    'tasks/dismiss': (callId, input) => invoke('tasks/dismiss', callId, input),
    'files/pick': (callId, input) => invoke('files/pick', callId, input),
    'engine/state': (callId, input) => invoke('engine/state', callId, input),
    'engine/restart': (callId, input) => invoke('engine/restart', callId, input),
    'engine/health': (callId, input) => invoke('engine/health', callId, input),
    'settings/read': (callId, input) => invoke('settings/read', callId, input),
    'settings/write': (callId, input) => invoke('settings/write', callId, input),
    'sources/list': (callId, input) => invoke('sources/list', callId, input),
    'sources/remove': (callId, input) => invoke('sources/remove', callId, input),
    'sources/prefer': (callId, input) => invoke('sources/prefer', callId, input),
    's3/test': (callId, input) => invoke('s3/test', callId, input),
    's3/save': (callId, input) => invoke('s3/save', callId, input),
    's3/list': (callId, input) => invoke('s3/list', callId, input),
    's3/remove': (callId, input) => invoke('s3/remove', callId, input),
    's3/policy': (callId, input) => invoke('s3/policy', callId, input),
    'sync/run': (callId, input) => invoke('sync/run', callId, input),
    's3-sources/list': (callId, input) => invoke('s3-sources/list', callId, input),
    's3-sources/write': (callId, input) => invoke('s3-sources/write', callId, input),
    's3-sources/remove': (callId, input) => invoke('s3-sources/remove', callId, input),
    's3-sources/synced': (callId, input) => invoke('s3-sources/synced', callId, input),
    'holdings/read': (callId, input) => invoke('holdings/read', callId, input),
    'spend/query': (callId, input) => invoke('spend/query', callId, input),
    'overview/read': (callId, input) => invoke('overview/read', callId, input),
    'import/run': (callId, input) => invoke('import/run', callId, input),
    'warehouse/rebuild': (callId, input) => invoke('warehouse/rebuild', callId, input),
    'spend/series': (callId, input) => invoke('spend/series', callId, input),
    'spend/explain': (callId, input) => invoke('spend/explain', callId, input),
    'spend/lines': (callId, input) => invoke('spend/lines', callId, input),
    'spend/values': (callId, input) => invoke('spend/values', callId, input),
    'spend/keys': (callId, input) => invoke('spend/keys', callId, input),
    'spend/split': (callId, input) => invoke('spend/split', callId, input),
    'demo/fill': (callId, input) => invoke('demo/fill', callId, input),
    'sources/bridge': (callId, input) => invoke('sources/bridge', callId, input),
    'sources/restatements': (callId, input) => invoke('sources/restatements', callId, input),
    'sources/ledger': (callId, input) => invoke('sources/ledger', callId, input),
    'sources/rejected': (callId, input) => invoke('sources/rejected', callId, input),
    'sources/check': (callId, input) => invoke('sources/check', callId, input),
    'invoices/write': (callId, input) => invoke('invoices/write', callId, input),
    'exports/save': (callId, input) => invoke('exports/save', callId, input),
    'views/list': (callId, input) => invoke('views/list', callId, input),
    'views/save': (callId, input) => invoke('views/save', callId, input),
    'views/remove': (callId, input) => invoke('views/remove', callId, input),
  }
}
