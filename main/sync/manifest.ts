import { z } from 'zod'
import type { ExportGuess } from '../../analytics/contract/s3-sources'
import { type ExportPlace, placeOf } from '../aws/export-layout'

/** Only what says which files belong together and what they are; the importer reads the rest. */
const manifestSchema = z.object({
  dataFiles: z.array(z.string()).optional(),
  reportKeys: z.array(z.string()).optional(),
  columns: z.array(z.object({ name: z.string() })).optional(),
})

export interface DeliveryManifest {
  /** Keys without bucket, in the order of the manifest. */
  readonly keys: readonly string[]
  readonly kind: ExportGuess
}

/** null when it is no manifest: half a file, another kind of JSON, a page. */
export function parseManifest(text: string, layout: ExportPlace['layout']): DeliveryManifest | null {
  const parsed = manifestSchema.safeParse(parseJson(text))
  const files = parsed.success ? (parsed.data.dataFiles ?? parsed.data.reportKeys) : undefined
  if (!parsed.success || files === undefined) return null
  return {
    keys: files.map((file) => file.replace(/^s3:\/\/[^/]+\//i, '')),
    kind: guessKind(layout, new Set(parsed.data.columns?.map(({ name }) => name.toLowerCase()))),
  }
}

function guessKind(layout: ExportPlace['layout'], columns: ReadonlySet<string>): ExportGuess {
  if (layout === 'cur-1') return 'cur1'
  if (columns.has('billedcost')) return 'focus'
  if (columns.has('line_item_unblended_cost') || columns.has('line_item_line_item_type')) return 'cur2'
  return 'unknown'
}

/** What a key has in common with the same file's key after it was copied to another bucket or prefix. */
export function keyTail(key: string): string {
  const place = placeOf(key)
  if (place === null) return key
  const above = place.partition.lastIndexOf('/')
  // `year=2026/month=9` are two folders of one partition.
  const last = /\/month=\d{1,2}$/i.test(place.partition) ? place.partition.lastIndexOf('/', above - 1) : above
  return key.slice(last + 1)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
