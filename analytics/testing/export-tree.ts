import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BillRow } from './bill-rows'
import { type ColumnTypes, writeParquet } from './parquet-file'

export interface Delivery {
  readonly period: string
  /** One data file a chunk. */
  readonly chunks: readonly (readonly BillRow[])[]
  /** Folder of the run, as "create new" deliveries have one. */
  readonly run?: string
  /** false where only the data folder was copied. */
  readonly manifest?: boolean
  readonly types?: ColumnTypes
}

/** Writes one delivery the way Data Exports lays it out, and answers with the paths of its data files. */
export async function writeDelivery(root: string, delivery: Delivery): Promise<readonly string[]> {
  const { period, chunks, run, manifest = true, types } = delivery
  const name = root.split('/').at(-1) ?? 'export'
  const partition = [`BILLING_PERIOD=${period}`, ...(run === undefined ? [] : [run])]
  const files: string[] = []
  const keys: string[] = []
  for (const [index, rows] of chunks.entries()) {
    const file = `${name}-${String(index + 1).padStart(5, '0')}.snappy.parquet`
    const path = join(root, 'data', ...partition, file)
    await writeParquet(path, rows, types)
    files.push(path)
    keys.push(['s3://bucket/prefix', name, 'data', ...partition, file].join('/'))
  }
  if (manifest) {
    const folder = join(root, 'metadata', ...partition)
    await mkdir(folder, { recursive: true })
    await writeFile(
      join(folder, `${name}-Manifest.json`),
      JSON.stringify({ reportName: name, dataFiles: keys }),
    )
  }
  return files
}
