import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const rememberedSchema = z.object({
  window: z
    .object({
      x: z.number().int(),
      y: z.number().int(),
      width: z.number().int().positive(),
      height: z.number().int().positive(),
      maximized: z.boolean(),
    })
    .nullable()
    .catch(null),
  lastFolder: z.string().min(1).max(4_096).nullable().catch(null),
})
export type RememberedState = Readonly<z.infer<typeof rememberedSchema>>
export type RememberedWindow = NonNullable<RememberedState['window']>

/** Where the window was and where files were picked last: comfort, not data, so losing it is no failure. */
export interface Remembered {
  read(): RememberedState
  write(change: Partial<RememberedState>): void
}

const nothing: RememberedState = { window: null, lastFolder: null }

export function rememberIn(folder: string, report: (cause: unknown) => void): Remembered {
  const file = join(folder, 'desktop.json')
  const read = (): RememberedState => {
    try {
      return rememberedSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      return nothing
    }
  }
  return {
    read,
    // Written at once: a window that closes at quitting has no later.
    write: (change) => {
      const fresh = `${file}.new`
      try {
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(fresh, JSON.stringify({ ...read(), ...change }), { mode: 0o600 })
        renameSync(fresh, file)
      } catch (cause) {
        report(cause)
      }
    },
  }
}
