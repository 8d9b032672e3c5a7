import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { fail, type Result, succeed } from '../contract/result'

/**
 * A manifest names the files of one complete delivery; AWS writes it only after all of them. Only what is needed
 * is read: Data Exports list `dataFiles`, CUR 1 `reportKeys`, Azure `blobs`.
 */
const manifestSchema = z.object({
  assemblyId: z.string().optional(),
  dataFiles: z.array(z.string()).optional(),
  reportKeys: z.array(z.string()).optional(),
  blobs: z.array(z.object({ blobName: z.string() })).optional(),
})

export interface Manifest {
  readonly path: string
  /** Of the delivery, where the manifest names it. */
  readonly assembly: string | null
  /** File keys as the manifest gives them: URLs, S3 keys or blob names. */
  readonly files: readonly string[]
}

export async function readManifest(path: string): Promise<Result<Manifest>> {
  const parsed = manifestSchema.safeParse(parseJson(await readFile(path, 'utf8')))
  const { assemblyId = null, dataFiles, reportKeys, blobs } = parsed.success ? parsed.data : {}
  const files = dataFiles ?? reportKeys ?? blobs?.map(({ blobName }) => blobName)
  if (files === undefined) {
    return fail(
      'manifest-unreadable',
      `The manifest ${path} names no data files, so whether the delivery is complete cannot be told.`,
      'Fetch the manifest again, or import the data folder without it.',
    )
  }
  // Named twice it is still one file.
  return succeed({ path, assembly: assemblyId, files: [...new Set(files)] })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
