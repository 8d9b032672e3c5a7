import { z } from 'zod'

/** Where a page ended: how its last line sorts, and which line it is. It holds for one state of the data. */
const pageKeySchema = z.strictObject({
  dataVersion: z.number().int(),
  value: z.string().nullable(),
  line: z.string().regex(/^\d+$/),
})
export type PageKey = z.infer<typeof pageKeySchema>

export function writePageKey(key: PageKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** null for anything that is no key. */
export function readPageKey(text: string): PageKey | null {
  try {
    const parsed = pageKeySchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return parsed.success ? parsed.data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
