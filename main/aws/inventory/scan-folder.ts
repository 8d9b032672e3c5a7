import { createWriteStream } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Relation, Resource, ScanRecord } from '../../../analytics/contract/inventory'
import { recordFile, scanFolder, type UnitName, unitFile } from '../../../analytics/inventory/scan-files'

/** A resource or a relation, as a line of a file. */
export type InventoryLine = { readonly resource: Resource } | { readonly relation: Relation }

/**
 * The files of one scan: `scan.json` and one file a unit. A unit's file is there whole or not at all, so that a scan
 * that is broken off goes on where it was.
 */
export class ScanFolder {
  constructor(readonly path: string) {}

  static of(home: string, id: string): ScanFolder {
    return new ScanFolder(scanFolder(home, id))
  }

  async make(): Promise<void> {
    await mkdir(join(this.path, 'units'), { recursive: true })
  }

  async writeRecord(record: ScanRecord): Promise<void> {
    const file = recordFile(this.path)
    await writeFile(`${file}.part`, `${JSON.stringify(record, null, 1)}\n`)
    await rename(`${file}.part`, file)
  }

  async writeUnit(unit: UnitName, lines: Iterable<InventoryLine>): Promise<void> {
    const file = unitFile(this.path, unit)
    await pipeline(textOf(lines), createWriteStream(`${file}.part`))
    await rename(`${file}.part`, file)
  }

  async readUnit(unit: UnitName): Promise<string> {
    return await readFile(unitFile(this.path, unit), 'utf8')
  }
}

function* textOf(lines: Iterable<InventoryLine>): Generator<string> {
  for (const line of lines) yield `${JSON.stringify(line)}\n`
}
