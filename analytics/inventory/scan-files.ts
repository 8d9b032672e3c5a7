import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ScannedUnit, type ScanRecord, scanRecordSchema } from '../contract/inventory'

export type UnitName = Pick<ScannedUnit, 'service' | 'region' | 'part'>

/** Where a workspace keeps what each scan saw. */
export function scanFolder(home: string, id: string): string {
  return join(home, 'inventory', id)
}

/** A unit's lines: whole or not there. */
export function unitFile(folder: string, { service, region, part }: UnitName): string {
  return join(folder, 'units', `${region}.${service}.${part}.jsonl`)
}

export function recordFile(folder: string): string {
  return join(folder, 'scan.json')
}

export async function readScan(home: string, id: string): Promise<ScanRecord | null> {
  const text = await readFile(recordFile(scanFolder(home, id)), 'utf8').catch(() => null)
  const parsed = text === null ? null : scanRecordSchema.safeParse(parseJson(text))
  return parsed?.success && parsed.data.id === id ? parsed.data : null
}

/** Records of all scans, oldest first; a folder without a readable one is none. */
export async function listScans(home: string): Promise<readonly ScanRecord[]> {
  const names = await readdir(join(home, 'inventory')).catch(() => [])
  const records = await Promise.all(names.map((name) => readScan(home, name)))
  return records
    .filter((record) => record !== null)
    .sort((one, other) => (one.startedAt < other.startedAt ? -1 : 1))
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
