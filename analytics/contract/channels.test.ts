import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type ChannelInput, type ChannelName, channelNames, channels, isChannelName } from './channels'
import { appEventSchema } from './events'
import { failureSchema } from './result'

const bucket = { name: 'x', bucket: 'my-bucket', prefix: '', profile: null, region: null }
const memberRole = {
  kind: 'role',
  name: 'audit@111122223333',
  account: '111122223333',
  accountName: 'Payments',
  role: 'finops/Audit',
  via: 'audit',
  externalId: null,
  region: null,
} as const

/** One input each channel takes; the type makes it complete. */
const inputs: { readonly [C in ChannelName]?: ChannelInput<C> } = {
  'tasks/cancel': { id: 't' },
  'tasks/dismiss': { id: 't' },
  'files/pick': { what: 'files' },
  'settings/write': { theme: 'dark' },
  'sources/remove': { name: 'x' },
  'sources/prefer': { name: 'x' },
  's3/test': bucket,
  's3/save': { ...bucket, allowEmpty: true },
  's3/remove': { name: 'x' },
  's3/policy': { bucket: 'my-bucket', prefix: 'exports/' },
  's3-sources/write': bucket,
  's3-sources/remove': { name: 'x' },
  's3-sources/synced': { name: 'x', lastSync: { at: '2026-09-01T00:00:00Z', state: 'done', message: 'x' } },
  'spend/query': { measure: 'billed', from: '2026-09-01', to: '2026-10-01' },
  'overview/read': { measure: 'billed' },
  'import/run': { paths: ['/x'] },
  'spend/series': { measure: ['billed', 'savings-rate'], period: 'last-30-days', grain: 'day' },
  'spend/explain': { measure: 'billed', period: 'last-month', compare: 'year' },
  'spend/lines': { period: 'last-month', columns: ['start', 'resource', 'billed'], limit: 100 },
  'spend/values': { dimension: 'account', measure: 'billed', period: 'last-month', limit: 50 },
  'spend/keys': { measure: 'billed', period: 'last-month' },
  'spend/split': { by: ['namespace'], net: true, period: 'last-month', limit: 100 },
  'demo/fill': { seed: 1 },
  'sources/bridge': { source: 'x', period: '2026-09' },
  'sources/restatements': { source: 'x' },
  'sources/ledger': { search: 'x', offset: 0, limit: 10 },
  'sources/rejected': { source: 'x' },
  'sources/check': { name: 'x' },
  'invoices/write': { payer: 'p', period: '2026-09', currency: 'USD', invoice: 'INV-1', amount: '1.50' },
  'exports/save': { kind: 'rejected-lines' },
  'questions/answer': { id: 'q', reply: { kind: 'code', code: '123456' } },
  'uploads/open': { files: [{ path: 'my-cur/bill.csv', bytes: 3 }] },
  'uploads/import': { id: 'u' },
  'uploads/abandon': { id: 'u' },
  'forecast/run': { horizon: 30 },
  'forecast/accuracy': { by: 'service', record: 'shown' },
  'forecast/series': { path: '/x.csv', horizon: 13 },
  'anomalies/series': { path: '/x.csv' },
  'anomalies/label': { id: 'x', label: 'real' },
  'anomalies/plan': { name: 'x', from: '2026-09-01', to: '2026-10-01', where: [], note: '' },
  'anomalies/unplan': { name: 'x' },
  'views/list': {},
  'views/save': { area: 'explorer', name: 'x', state: { by: 'service' }, pinned: true, isDefault: false },
  'views/remove': { id: 'x' },
  'budgets/read': { name: 'x' },
  'budgets/write': {
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
  'budgets/remove': { name: 'x' },
  'budgets/dismiss': { id: 'x' },
  'overview/movers': { measure: 'billed' },
  'anomalies/dismiss': { id: 'x' },
  'drivers/values': { name: 'x', limit: 10 },
  'drivers/import': { name: 'x', unit: 'order', content: { kind: 'file', path: '/x.csv' } },
  'drivers/remove': { name: 'x' },
  'tags/hygiene': { measure: 'effective', period: 'last-month' },
  'split/nodes': { net: true, period: 'last-month', limit: 10 },
  'tags/untagged': { measure: 'effective', period: 'last-month', key: 'tag:team', limit: 10 },
  'units/read': { driver: 'x', measure: 'billed', grain: 'month', period: 'last-month' },
  'inventory/scan': { profile: 'nobody', services: ['nothing'] },
  'inventory/import': { path: '/nowhere/inventory.jsonl' },
  'inventory/load': { id: 'nothing' },
  'inventory/read': { account: '111122223333', id: 'vol-0' },
  'metrics/estimate': { account: '111122223333', days: 14 },
  'metrics/wanted': { account: '111122223333', days: 14 },
  'metrics/fetch': { profile: 'nobody', account: '111122223333', days: 14 },
  'metrics/record': { account: '111122223333', file: 'nothing.jsonl' },
  'allocation/show': { measure: 'effective', period: 'last-month' },
  'allocation/moves': { measure: 'effective', period: 'last-month' },
  'allocation/versions': { name: 'x' },
  'allocation/save': { definition: { name: 'x', rules: [] } },
  'allocation/remove': { name: 'x' },
  'connections/writing': { profile: 'x' },
  'connections/write': { profile: null, writing: true },
  'connections/keep': memberRole,
  'connections/drop': { name: 'x' },
  'prices/read': { region: 'us-east-1' },
  'recommendations/list': { rule: 'gp2-volume', minimumSaving: '5' },
  'recommendations/read': { id: 'r-0123456789ab' },
  'recommendations/total': { ids: ['r-0123456789ab'] },
  'recommendations/decide': {
    ids: ['r-0123456789ab'],
    state: 'dismissed',
    note: 'kept for the audit',
    until: null,
    by: 'ana',
  },
  'recommendations/rules': {},
  'recommendations/mark': { ids: ['r-0123456789ab'], state: 'approved', note: '', by: 'ana@laptop' },
  'approvals/list': {},
  'approvals/give': { ids: ['r-0123456789ab'], profile: 'x' },
  'approvals/reject': { ids: ['r-0123456789ab'], note: 'still needed' },
  'approvals/revoke': { ids: ['r-0123456789ab'], note: 'still needed' },
  'packs/make': { ids: ['r-0123456789ab'] },
  'packs/approve': { text: '{}' },
  'packs/open': { text: '{}' },
  'executions/list': {},
  'executions/run': { ids: ['r-0123456789ab'], profile: null },
  'executions/undo': { id: 'x-0123456789ab', profile: null },
  'executions/settle': { profile: null },
  'executions/stop': {},
  'journal/read': { before: 3, execution: 'x-0123456789ab' },
  'journal/verify': {},
  'connections/checked': {
    profile: 'audit',
    at: '2026-09-01T00:00:00Z',
    account: '111122223333',
    identity: 'arn:aws:iam::111122223333:user/x',
    method: 'tried',
    notes: [],
    abilities: [],
  },
  'connections/check': { profile: null },
  'connections/save-keys': {
    name: 'x',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'x'.repeat(40),
    region: null,
    replaces: true,
  },
  'connections/remove': { name: 'x' },
  'connections/members': { profile: null, role: 'Audit', externalId: null },
  'connections/save-members': {
    profile: null,
    role: 'Audit',
    externalId: null,
    accounts: [{ account: '111122223333', accountName: 'Payments' }],
    region: null,
  },
}

/** Every object schema in a schema, with the way to it. */
function objectsIn(
  schema: z.core.$ZodType,
  at: string,
): readonly { at: string; schema: z.core.$ZodObject }[] {
  if (schema instanceof z.core.$ZodObject) {
    const below = Object.entries(schema._zod.def.shape).flatMap(([key, inner]) =>
      objectsIn(inner, `${at}.${key}`),
    )
    return [{ at, schema }, ...below]
  }
  if (schema instanceof z.core.$ZodArray) return objectsIn(schema._zod.def.element, `${at}[]`)
  if (schema instanceof z.core.$ZodOptional || schema instanceof z.core.$ZodNullable) {
    return objectsIn(schema._zod.def.innerType, at)
  }
  if (schema instanceof z.core.$ZodUnion) {
    return schema._zod.def.options.flatMap((option, index) => objectsIn(option, `${at}|${index}`))
  }
  if (schema instanceof z.core.$ZodRecord) return objectsIn(schema._zod.def.valueType, `${at}{}`)
  return []
}

const schemas = [
  ...channelNames.flatMap((name) => [
    { name: `${name} input`, schema: channels[name].input },
    { name: `${name} output`, schema: channels[name].output },
  ]),
  { name: 'event', schema: appEventSchema },
  { name: 'failure', schema: failureSchema },
]

describe('the channels', () => {
  it('are all named, and nothing else is', () => {
    expect([...channelNames].sort()).toEqual(Object.keys(channels).sort())
    expect(channelNames.every(isChannelName)).toBe(true)
    for (const name of ['constructor', '__proto__', 'toString', '', 'about'])
      expect(isChannelName(name)).toBe(false)
  })

  it('have a title where they are long', () => {
    for (const name of channelNames) {
      const channel = channels[name]
      expect(channel.long).toBe('title' in channel)
    }
  })

  it.each(channelNames)('%s takes what it is meant for and refuses a key nobody knows', (name) => {
    const input: unknown = inputs[name] ?? {}
    const { input: schema } = channels[name]
    expect(schema.safeParse(input).error).toBeUndefined()
    expect(schema.safeParse({ ...(input as object), unknown: 1 }).success).toBe(false)
    expect(schema.safeParse(null).success).toBe(false)
    expect(schema.safeParse([input]).success).toBe(false)
  })

  it.each(schemas)('$name knows every key, to its depth', ({ schema }) => {
    const open = objectsIn(schema, '').filter(
      (found) => !(found.schema._zod.def.catchall instanceof z.core.$ZodNever),
    )
    expect(open.map(({ at }) => at)).toEqual([])
    expect(objectsIn(schema, '').length).toBeGreaterThan(0)
  })
})
