import { createReadStream, createWriteStream } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { z } from 'zod'
import {
  relationSchema,
  resourceSchema,
  type ScanRecord,
  scanRecordSchema,
} from '../../../analytics/contract/inventory'
import { fail, type Result, succeed } from '../../../analytics/contract/result'
import { parseJson, scanFolder, type UnitName, unitFile } from '../../../analytics/inventory/scan-files'
import { type InventoryLine, ScanFolder } from './scan-folder'

/**
 * A scan as one file, for a machine that may not ask AWS itself: the record first, then each unit's name and its
 * lines. Packed when the name ends in `.gz`.
 */
export async function writeRecordedInventory(path: string, home: string, record: ScanRecord): Promise<void> {
  const pack = path.endsWith('.gz') ? [createGzip()] : []
  await pipeline([
    Readable.from(textOf(record, scanFolder(home, record.id))),
    ...pack,
    createWriteStream(path, { mode: 0o600 }),
  ])
}

async function* textOf(record: ScanRecord, folder: string): AsyncGenerator<string> {
  yield `${JSON.stringify({ scan: record })}\n`
  for (const { service, region, part, state } of record.units) {
    if (state !== 'done') continue
    yield `${JSON.stringify({ unit: { service, region, part } })}\n`
    yield await readFile(unitFile(folder, { service, region, part }), 'utf8')
  }
}

const unitSchema = scanRecordSchema.shape.units.element.pick({ service: true, region: true, part: true })
const lineSchema = z.union([
  z.strictObject({ unit: unitSchema }),
  z.strictObject({ resource: resourceSchema }),
  z.strictObject({ relation: relationSchema }),
])

/** Puts a recorded inventory among the workspace's scans; it came from elsewhere, so every line is checked. */
export async function readRecordedInventory(home: string, path: string): Promise<Result<ScanRecord>> {
  const refuse = (line: number, what: string) =>
    fail(
      'not-an-inventory',
      `${path} is not a recorded inventory: line ${line} ${what}. Nothing was changed.`,
      'Record one with: finops scan --profile NAME --out FILE',
    )
  let at = 0
  try {
    const source = createReadStream(path)
    const text = path.endsWith('.gz') ? source.pipe(createGunzip()) : source
    // A broken pipe of the first would else be nobody's error.
    source.once('error', (error) => text.destroy(error))
    const lines = createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })
    const failed = new Promise<never>((_resolve, reject) => text.once('error', reject))
    failed.catch(() => undefined)
    const iterator = lines[Symbol.asyncIterator]()
    const next = async () => await Promise.race([iterator.next(), failed])

    const first = await next()
    at = 1
    const head = z.strictObject({ scan: scanRecordSchema }).safeParse(parseJson(String(first.value ?? '')))
    if (!head.success) return refuse(1, 'does not describe a scan')
    const record = head.data.scan
    const folder = ScanFolder.of(home, record.id)
    await folder.make()
    const told = new Set<string>()
    let unit: UnitName | null = null
    let held: InventoryLine[] = []
    const put = async () => {
      if (unit) await folder.writeUnit(unit, held)
      held = []
    }
    for (let read = await next(); !read.done; read = await next()) {
      at += 1
      if (read.value === '') continue
      const line = lineSchema.safeParse(parseJson(read.value))
      if (!line.success) return await undo(folder, refuse(at, 'cannot be read'))
      if ('unit' in line.data) {
        await put()
        unit = line.data.unit
        told.add(keyOf(unit))
        continue
      }
      const of = 'resource' in line.data ? line.data.resource : line.data.relation
      if (!unit || of.account !== record.account || of.service !== unit.service || of.part !== unit.part)
        return await undo(folder, refuse(at, 'belongs to no part of the scan'))
      held.push(line.data)
    }
    await put()
    const missing = record.units.find((one) => one.state === 'done' && !told.has(keyOf(one)))
    if (missing) return await undo(folder, refuse(at, `is the last, and ${keyOf(missing)} is missing`))
    await folder.writeRecord(record)
    return succeed(record)
  } catch (error) {
    return fail(
      'file-unreadable',
      `${path} cannot be read${at > 0 ? ` beyond line ${at}` : ''}.`,
      'Check the path and whether the file is whole.',
      String(error).slice(0, 4_000),
    )
  }
}

const keyOf = ({ service, region, part }: UnitName) => `${region}.${service}.${part}`

async function undo(folder: ScanFolder, refused: Result<never>): Promise<Result<never>> {
  await rm(folder.path, { recursive: true, force: true })
  return refused
}
