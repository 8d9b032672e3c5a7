import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type AzureVersion, azureColumns } from './azure-columns'
import { azureManifest } from './azure-manifest'
import type { BillOutput } from './bill-output'
import { idOf } from './delivery'
import { awsParquetTypes, type BillField, isoSeconds, textSelect, typedSelect } from './fields'
import { type Month, monthOf } from './months'

const types = { ...awsParquetTypes, money: 'DECIMAL(38, 18)' } as const

/** In Parquet, too, tags are text there. */
const asText = (one: BillField): BillField =>
  one.kind === 'texts' ? { ...one, kind: 'text', sql: `CAST(to_json(${one.sql}) AS VARCHAR)` } : one

export async function writeAzure(output: BillOutput, name: string, version: AzureVersion): Promise<void> {
  const month: Month = monthOf(name)
  const exportName = `halden-focus-${version === '1.0' ? 'csv' : 'parquet'}`
  const lastDay = new Date(Date.parse(`${month.to}T00:00:00Z`) - 1).toISOString().slice(0, 10)
  const folder = `${exportName}/${month.from.replaceAll('-', '')}-${lastDay.replaceAll('-', '')}/${idOf(`${exportName}/${name}`)}`
  const extension = version === '1.0' ? 'csv' : 'snappy.parquet'
  const fields = azureColumns(version)
  const blobs: { name: string; bytes: number; rows: number }[] = []
  for (const part of [0, 1]) {
    const path = `${folder}/part_${part}_0001.${extension}`
    const from = `cloud_row WHERE period = '${name}' AND n % 2 = ${part}`
    if (version === '1.0') {
      await output.csv(
        path,
        textSelect(fields, { time: isoSeconds, nothing: '', money: 'mixed', bareMaps: true }, from),
        'none',
      )
      if (part === 1) await output.markEncoding(path)
    } else {
      await output.parquet(path, typedSelect(fields.map(asText), types, from))
    }
    const [row] = await output.rows(`SELECT count(*) AS n FROM ${from}`)
    blobs.push({ name: path, bytes: (await stat(join(output.root, path))).size, rows: Number(row?.n) })
  }
  await output.text(
    `${folder}/manifest.json`,
    azureManifest({ exportName, version, month, lastDay, folder, blobs }),
  )
}
