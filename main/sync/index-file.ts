import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { algorithms } from './checksums'

const entrySchema = z.object({
  key: z.string(),
  bytes: z.number(),
  etag: z.string(),
  verified: z.enum([...algorithms, 'size']),
})
export type IndexEntry = Readonly<z.infer<typeof entrySchema>>

const periodSchema = z.object({
  root: z.string(),
  period: z.string(),
  /** The manifest, where there is one, and the data files: all that lies in the folder for this period. */
  files: z.array(entrySchema),
})
export type IndexPeriod = Readonly<z.infer<typeof periodSchema>>

const indexSchema = z.object({
  version: z.literal(1),
  bucket: z.string(),
  prefix: z.string(),
  periods: z.array(periodSchema),
})
export type MirrorIndex = Readonly<z.infer<typeof indexSchema>>

const fileName = 'index.json'

/** null when there is none or it cannot be read: then everything is looked at afresh, and nothing is lost. */
export async function readIndex(folder: string): Promise<MirrorIndex | null> {
  const text = await readFile(join(folder, fileName), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const parsed = indexSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** The old one or the new one, never half of one. */
export async function writeIndex(folder: string, index: MirrorIndex): Promise<void> {
  const partial = join(folder, `${fileName}.new`)
  const file = await open(partial, 'w')
  try {
    await file.writeFile(JSON.stringify(index))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(partial, join(folder, fileName))
}
