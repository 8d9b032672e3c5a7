import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ViewDraft, viewDraftSchema } from '../contract/saved-views'
import { openStore, type Store } from './open-store'
import { listViews, removeView, saveView } from './saved-views'

let home: string
let store: Store

const draft: ViewDraft = {
  area: 'explorer',
  name: 'By service',
  state: { by: 'service', where: '[["region","=","eu-west-1"]]' },
  pinned: true,
  isDefault: false,
}

async function open(): Promise<Store> {
  const opened = await openStore(home, { memoryLimit: '200MB', threads: 1 })
  if (!opened.ok) throw new Error(opened.failure.message)
  return opened.value
}

async function saved(view: ViewDraft): Promise<string> {
  const result = await saveView(view, { store })
  if (!result.ok) throw new Error(result.failure.message)
  return result.value.id
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'finops-views-'))
  store = await open()
})

afterEach(async () => {
  await store.close()
  await rm(home, { recursive: true })
})

test('keeps a view over a restart, and changes it in its place', async () => {
  const id = await saved(draft)
  await store.close()
  store = await open()
  expect(await listViews({}, { store })).toMatchObject({ ok: true, value: { views: [{ ...draft, id }] } })
  await saved({ ...draft, id, name: 'Services', pinned: false })
  expect(await listViews({}, { store })).toMatchObject({
    value: { views: [{ id, name: 'Services', pinned: false }] },
  })
  expect(await removeView({ id }, { store })).toEqual({ ok: true, value: { id } })
  expect(await listViews({}, { store })).toEqual({ ok: true, value: { views: [] } })
  for (const gone of [saveView({ ...draft, id }, { store }), removeView({ id }, { store })]) {
    expect(await gone).toMatchObject({ ok: false, failure: { code: 'no-such-view' } })
  }
})

test('has one default a screen, and each name once', async () => {
  const first = await saved({ ...draft, isDefault: true })
  const second = await saved({ ...draft, name: 'Other', isDefault: true })
  const elsewhere = await saved({ ...draft, area: 'overview', isDefault: true })
  const listed = await listViews({}, { store })
  const defaults = listed.ok ? listed.value.views.filter(({ isDefault }) => isDefault) : []
  expect(defaults.map(({ id }) => id).sort()).toEqual([second, elsewhere].sort())
  expect(await saveView({ ...draft, name: 'by SERVICE' }, { store })).toMatchObject({
    ok: false,
    failure: { code: 'view-name-taken' },
  })
  await saved({ ...draft, id: first, isDefault: true })
  expect(await listViews({}, { store })).toMatchObject({
    value: { views: expect.arrayContaining([expect.objectContaining({ id: second, isDefault: false })]) },
  })
})

test('refuses what is too big to be a view, or has no name', () => {
  const refused = (change: Partial<ViewDraft>) => !viewDraftSchema.safeParse({ ...draft, ...change }).success
  expect(viewDraftSchema.safeParse(draft).success).toBe(true)
  expect(refused({ name: ' ' })).toBe(true)
  expect(refused({ state: { where: 'x'.repeat(16_001) } })).toBe(true)
  expect(refused({ state: { where: 'x'.repeat(15_000), by: 'x'.repeat(6_000) } })).toBe(true)
  expect(refused({ area: '../state' })).toBe(true)
})
