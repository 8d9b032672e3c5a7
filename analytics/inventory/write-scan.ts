import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Relation, Resource, ScanRecord } from '../contract/inventory'
import { recordFile, scanFolder, type UnitName, unitFile } from './scan-files'

export interface ScanToWrite {
  readonly id: string
  readonly account: string
  readonly profile: string | null
  readonly at: string
  readonly resources: readonly Resource[]
  readonly relations: readonly Relation[]
  /** Units that were looked at and are empty. */
  readonly empty?: readonly UnitName[]
}

/** Writes a whole scan into a workspace, in the place of one of the same name. */
export async function writeScan(home: string, scan: ScanToWrite): Promise<ScanRecord> {
  const folder = scanFolder(home, scan.id)
  const units = new Map<string, UnitName & { readonly lines: string[]; resources: number }>()
  const unitOf = ({ service, region, part }: UnitName) => {
    const file = unitFile(folder, { service, region, part })
    const unit = units.get(file) ?? { service, region, part, lines: [], resources: 0 }
    units.set(file, unit)
    return unit
  }
  for (const unit of scan.empty ?? []) unitOf(unit)
  for (const resource of scan.resources) {
    // Buckets are asked for once an account, wherever they are.
    const unit = unitOf(resource.service === 's3' ? { ...resource, region: 'global' } : resource)
    unit.lines.push(JSON.stringify({ resource }))
    unit.resources += 1
  }
  for (const relation of scan.relations) unitOf(relation).lines.push(JSON.stringify({ relation }))
  await rm(folder, { recursive: true, force: true })
  for (const [file, { lines }] of units) {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, lines.map((line) => `${line}\n`).join(''))
  }
  const told = [...units.values()]
  const record: ScanRecord = {
    format: 1,
    id: scan.id,
    account: scan.account,
    profile: scan.profile,
    regions: [...new Set(told.map(({ region }) => region))].filter((region) => region !== 'global').sort(),
    services: [...new Set(told.map(({ service }) => service))].sort(),
    startedAt: scan.at,
    endedAt: scan.at,
    units: told.map(({ service, region, part, resources }) => ({
      service,
      region,
      part,
      state: 'done',
      at: scan.at,
      resources,
    })),
    skipped: [],
  }
  await mkdir(folder, { recursive: true })
  await writeFile(recordFile(folder), `${JSON.stringify(record, null, 1)}\n`)
  return record
}
