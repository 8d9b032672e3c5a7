import { defaultSettings, type Settings, type SettingsChange, settingsSchema } from '../contract/application'
import { type Result, succeed } from '../contract/result'
import type { Connection } from './connection'
import type { Store } from './open-store'

async function read(connection: Connection): Promise<Settings> {
  const rows = await connection.rows('SELECT name, value FROM state.main.settings')
  const settings: Record<string, unknown> = { ...defaultSettings }
  for (const { name, value } of rows) {
    if (!Object.hasOwn(settingsSchema.shape, String(name))) continue
    // A value of a later or an earlier version that no longer fits is ignored, not deleted.
    const parsed = settingsSchema.shape[name as keyof Settings].safeParse(parseJson(String(value)))
    if (parsed.success) settings[String(name)] = parsed.data
  }
  return settings as Settings
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

export async function readSettings(
  _input: unknown,
  { store }: { readonly store: Store },
): Promise<Result<Settings>> {
  const connection = await store.connect()
  try {
    return succeed(await read(connection))
  } finally {
    connection.closeSync()
  }
}

const lastWrite = new WeakMap<Store, Promise<unknown>>()

/** One after the other: two transactions on the same setting would refuse each other. */
export async function writeSettings(
  change: SettingsChange,
  { store }: { readonly store: Store },
): Promise<Result<Settings>> {
  const turn = (lastWrite.get(store) ?? Promise.resolve()).then(() => write(change, store))
  lastWrite.set(
    store,
    turn.catch(() => undefined),
  )
  return await turn
}

async function write(change: SettingsChange, store: Store): Promise<Result<Settings>> {
  const connection = await store.connect()
  try {
    await connection.transaction(async () => {
      for (const [name, value] of Object.entries(change)) {
        if (value === undefined) continue
        await connection.run('INSERT OR REPLACE INTO state.main.settings VALUES (?, ?, now()::TIMESTAMP)', [
          name,
          JSON.stringify(value),
        ])
      }
    })
    return succeed(await read(connection))
  } finally {
    connection.closeSync()
  }
}
