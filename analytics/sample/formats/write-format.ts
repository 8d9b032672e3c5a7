import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { openLines } from './aws-bill'
import { writeAzure } from './azure'
import { azure } from './azure-cloud'
import { BillOutput } from './bill-output'
import { type Cloud, cloudFigures, openCloudBill } from './cloud-bill'
import { writeCur1CreateNew, writeCur1Parquet, writeCur1Plain, writeCur1Zip } from './cur1'
import { writeCur2Csv, writeCur2OwnSelect } from './cur2'
import { awsFiguresSql, type FigureName, figureNames, type PeriodFigures, readFigures } from './figures'
import { writeAwsFocus, writeConverted, writePreview } from './focus-aws'
import { gcp, writeGcpCsv, writeGcpParquet } from './gcp'
import { moneyMacros } from './money-text'
import { monthOf } from './months'
import { oci, writeOci } from './oci'

interface AwsFormat {
  readonly cloud: 'aws'
  readonly carries: readonly FigureName[]
  readonly focus: boolean
  /** All months in one file, written with the last of them. */
  readonly together?: boolean
  readonly write: (output: BillOutput, period: string) => Promise<void>
}

interface OtherFormat {
  readonly cloud: Cloud
  readonly carries: readonly FigureName[]
  readonly write: (output: BillOutput, period: string) => Promise<void>
}

const cur = { cloud: 'aws', carries: figureNames, focus: false } as const
const focusCosts = ['billed', 'effective', 'list', 'contracted'] as const
const focus = { cloud: 'aws', carries: focusCosts, focus: true } as const
const withoutContracts = ['billed', 'effective', 'list'] as const

const formats = {
  'cur1-csv-gzip': { ...cur, write: (output, period) => writeCur1CreateNew(output, monthOf(period)) },
  'cur1-csv-zip': { ...cur, write: (output, period) => writeCur1Zip(output, monthOf(period)) },
  'cur1-csv': { ...cur, write: (output, period) => writeCur1Plain(output, monthOf(period)) },
  'cur1-parquet': { ...cur, write: (output, period) => writeCur1Parquet(output, monthOf(period)) },
  'cur2-csv-gzip': { ...cur, write: (output, period) => writeCur2Csv(output, monthOf(period)) },
  'cur2-parquet': {
    ...cur,
    // Its query leaves the public price out.
    carries: ['billed', 'effective', 'unblended', 'netUnblended', 'amortized'],
    write: (output, period) => writeCur2OwnSelect(output, monthOf(period)),
  },
  'focus-1.0-aws': {
    ...focus,
    write: (output, period) => writeAwsFocus(output, monthOf(period), '1.0', 'PARQUET'),
  },
  'focus-1.0-aws-csv-gzip': {
    ...focus,
    write: (output, period) => writeAwsFocus(output, monthOf(period), '1.0', 'GZIP'),
  },
  'focus-1.2-aws': {
    ...focus,
    write: (output, period) => writeAwsFocus(output, monthOf(period), '1.2', 'PARQUET'),
  },
  'focus-1.2-aws-csv-gzip': {
    ...focus,
    write: (output, period) => writeAwsFocus(output, monthOf(period), '1.2', 'GZIP'),
  },
  'focus-1.0-preview': {
    ...focus,
    carries: withoutContracts,
    together: true,
    write: (output) => writePreview(output),
  },
  'focus-1.1': { ...focus, write: (output, period) => writeConverted(output, monthOf(period)) },
  'focus-azure-1.0': {
    cloud: azure,
    carries: focusCosts,
    write: (output, period) => writeAzure(output, period, '1.0'),
  },
  'focus-azure-1.2-preview': {
    cloud: azure,
    carries: focusCosts,
    write: (output, period) => writeAzure(output, period, '1.2-preview'),
  },
  'focus-gcp': { cloud: gcp, carries: focusCosts, write: writeGcpParquet },
  'focus-gcp-csv': { cloud: gcp, carries: focusCosts, write: writeGcpCsv },
  'focus-oci-1.0': { cloud: oci, carries: withoutContracts, write: writeOci },
} as const satisfies Record<string, AwsFormat | OtherFormat>

export type BillFormatName = keyof typeof formats
export const billFormatNames = Object.keys(formats) as readonly BillFormatName[]

export interface WriteFormatOptions {
  readonly format: BillFormatName
  /** The CUR 2.0 tree of the sample organisation; other clouds have a small bill of their own. */
  readonly exportRoot: string
  /** Billing months, `2026-09`. */
  readonly periods: readonly string[]
  /** A folder named like the format is put in here; an earlier one of that name is replaced. */
  readonly folder: string
  readonly signal?: AbortSignal
}

export interface WrittenBill {
  readonly format: BillFormatName
  /** What a person would choose to import. */
  readonly root: string
  /** The files that make up the bill. */
  readonly files: readonly string[]
  /** Data files that lie there and do not count. */
  readonly traps: readonly string[]
  readonly periods: readonly PeriodFigures[]
}

/** Writes a bill in one of the formats that clouds deliver. The same options give the same figures. */
export async function writeBillInFormat(options: WriteFormatOptions): Promise<WrittenBill> {
  const { format, exportRoot, signal } = options
  const periods = [...options.periods].sort()
  const root = join(resolve(options.folder), format)
  await rm(root, { recursive: true, force: true })
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '1500MB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  const interrupt = (): void => connection.interrupt()
  signal?.addEventListener('abort', interrupt)
  try {
    const output = new BillOutput(connection, root, signal)
    for (const macro of moneyMacros) await output.run(macro)
    const figures = await writeAll(output, formats[format], exportRoot, periods)
    return { format, root, files: output.files, traps: output.traps, periods: figures }
  } catch (error) {
    // An interrupted query fails in its own words; the reason is the caller's.
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', interrupt)
    connection.closeSync()
    instance.closeSync()
  }
}

async function writeAll(
  output: BillOutput,
  format: AwsFormat | OtherFormat,
  exportRoot: string,
  periods: readonly string[],
): Promise<readonly PeriodFigures[]> {
  if (format.cloud !== 'aws') {
    await openCloudBill(output, format.cloud, periods)
    for (const period of periods) await format.write(output, period)
    return await cloudFigures(output, format.cloud, format.carries)
  }
  const figures: PeriodFigures[] = []
  for (const months of format.together === true ? [periods] : periods.map((period) => [period])) {
    await openLines(output, exportRoot, months)
    await format.write(output, months[0] ?? '')
    figures.push(...(await readFigures(output, awsFiguresSql(format.focus), format.carries)))
  }
  return figures
}
