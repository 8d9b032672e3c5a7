import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { fail, type Result, succeed } from '../contract/result'

/**
 * A Data Exports manifest. It is written only after every data file, so it is the mark of a complete delivery.
 * Only what is needed is read: the rest differs between exports and over time.
 */
const manifestSchema = z.object({
  dataFiles: z.array(z.string()).optional(),
  reportKeys: z.array(z.string()).optional(),
  exportArn: z.string().optional(),
  reportName: z.string().optional(),
})

export interface Manifest {
  readonly path: string
  /** File keys as the manifest gives them: S3 URLs or keys. */
  readonly files: readonly string[]
}

export async function readManifest(path: string): Promise<Result<Manifest>> {
  const text = await readFile(path, 'utf8')
  const parsed = manifestSchema.safeParse(parseJson(text))
  const files = parsed.success ? (parsed.data.dataFiles ?? parsed.data.reportKeys) : undefined
  if (files === undefined) {
    return fail(
      'manifest-unreadable',
      `The manifest ${path} is not one of AWS Data Exports: it names no data files.`,
      'Fetch the manifest again, or import the data folder without it.',
    )
  }
  return succeed({ path, files })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
