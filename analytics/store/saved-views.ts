import { randomUUID } from 'node:crypto'
import { fail, type Result, succeed } from '../contract/result'
import {
  type SavedView,
  type SavedViews,
  savedViewSchema,
  type ViewDraft,
  type ViewReference,
} from '../contract/saved-views'
import type { Connection } from './connection'
import type { Store } from './open-store'

interface StoreWork {
  readonly store: Store
}

/** More than anybody keeps, and little enough for one message. */
const mostViews = 500

export async function listViews(_input: unknown, { store }: StoreWork): Promise<Result<SavedViews>> {
  return await connected(store, async (connection) => succeed({ views: [...(await read(connection))] }))
}

/** A new view, or another content, name or place of an existing one. */
export async function saveView(draft: ViewDraft, { store }: StoreWork): Promise<Result<SavedView>> {
  return await connected(store, async (connection) => {
    const views = await read(connection)
    const id = draft.id ?? randomUUID()
    if (draft.id !== undefined && !views.some((view) => view.id === id)) return noSuchView()
    const twin = views.find(
      (view) =>
        view.id !== id && view.area === draft.area && view.name.toLowerCase() === draft.name.toLowerCase(),
    )
    if (twin) return fail('view-name-taken', `There is already a view ${twin.name}.`, 'Choose another name.')
    if (draft.id === undefined && views.length >= mostViews) {
      return fail(
        'too-many-views',
        `There are ${mostViews} saved views already.`,
        'Remove one that is not needed.',
      )
    }
    await connection.transaction(async () => {
      if (draft.isDefault) {
        await connection.run('UPDATE state.main.saved_views SET is_default = false WHERE area = ?', [
          draft.area,
        ])
      }
      await connection.run(
        `INSERT INTO state.main.saved_views (id, area, name, state, pinned, is_default, changed_at)
         VALUES (?, ?, ?, ?, ?, ?, now()::TIMESTAMP)
         ON CONFLICT (id) DO UPDATE SET area = excluded.area, name = excluded.name, state = excluded.state,
           pinned = excluded.pinned, is_default = excluded.is_default, changed_at = excluded.changed_at`,
        [id, draft.area, draft.name, JSON.stringify(draft.state), draft.pinned, draft.isDefault],
      )
    })
    const saved = (await read(connection)).find((view) => view.id === id)
    if (!saved) throw new Error('a view that was just saved is not there')
    return succeed(saved)
  })
}

export async function removeView(
  { id }: ViewReference,
  { store }: StoreWork,
): Promise<Result<ViewReference>> {
  return await connected(store, async (connection) => {
    const removed = await connection.run('DELETE FROM state.main.saved_views WHERE id = ?', [id])
    return removed === 0 ? noSuchView() : succeed({ id })
  })
}

function noSuchView(): Result<never> {
  return fail('no-such-view', 'This saved view is no longer there.', 'Save it as a new one.')
}

async function connected<T>(store: Store, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await store.connect()
  try {
    return await work(connection)
  } finally {
    connection.closeSync()
  }
}

async function read(connection: Connection): Promise<readonly SavedView[]> {
  const rows = await connection.rows(
    `SELECT id, area, name, state, pinned, is_default,
       strftime(changed_at, '%Y-%m-%dT%H:%M:%SZ') AS changed_at
     FROM state.main.saved_views ORDER BY area, lower(name), id`,
  )
  return rows.map((row) =>
    savedViewSchema.parse({
      id: row.id,
      area: row.area,
      name: row.name,
      state: JSON.parse(String(row.state)),
      pinned: row.pinned,
      isDefault: row.is_default,
      changedAt: row.changed_at,
    }),
  )
}
