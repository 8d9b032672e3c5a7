import type { BillOutput } from './bill-output'
import { dataPath, exportManifest, fileName, manifestPath } from './data-exports'
import { awsParquetTypes, isoMilliseconds, textSelect, typedSelect } from './fields'
import { openCharges } from './focus-charges'
import { awsFocusColumns, focusColumns, previewColumns } from './focus-columns'
import type { Month } from './months'

const types = { ...awsParquetTypes, time: 'TIMESTAMP_MS' } as const

/** FOCUS as AWS exports it, in the folders of CUR 2.0. */
export async function writeAwsFocus(
  output: BillOutput,
  month: Month,
  version: '1.0' | '1.2',
  packing: 'GZIP' | 'PARQUET',
): Promise<void> {
  await openCharges(output)
  const columns = awsFocusColumns[version]
  const name = `halden-focus-${version.replace('.', '')}`
  const table = `FOCUS_${version.replace('.', '_')}_AWS`
  const files = [0, 1].map((chunk) => fileName(name, chunk, packing))
  for (const [chunk, file] of files.entries()) {
    const from = `charge WHERE n % ${files.length} = ${chunk}`
    const path = dataPath(name, month, file)
    if (packing === 'PARQUET') await output.parquet(path, typedSelect(columns, types, from))
    else {
      const style = { time: isoMilliseconds, nothing: '', money: 'mixed' } as const
      await output.csv(path, textSelect(columns, style, from), 'gzip')
    }
  }
  await output.text(
    manifestPath(name, month),
    exportManifest({ name, table, month, columns, files, packing }),
  )
}

/** One file of all months that no folder tells apart, with the word NULL and fifteen decimals. */
export async function writePreview(output: BillOutput): Promise<void> {
  await openCharges(output)
  const style = { time: '%Y-%m-%d %H:%M:%S', nothing: 'NULL', money: 'long' } as const
  await output.csv('focus_sample.csv', textSelect(previewColumns, style, 'charge'), 'none')
}

/** No cloud exports 1.1; converters write it, a file a month. */
export async function writeConverted(output: BillOutput, month: Month): Promise<void> {
  await openCharges(output)
  const style = { time: '%Y-%m-%dT%H:%M:%SZ', nothing: '', money: 'mixed' } as const
  await output.csv(`focus-1.1_${month.name}.csv`, textSelect(focusColumns('1.1'), style, 'charge'), 'none')
}
