import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Relation, Resource, ScanRecord } from '../contract/inventory'
import { recordFile, scanFolder, type UnitName, unitFile } from './scan-files'

export const scannedAccount = '444455556666'

export function seenResource(id: string, more: Partial<Resource> = {}): Resource {
  return {
    account: scannedAccount,
    region: 'us-east-1',
    service: 'ec2',
    part: 'volumes',
    kind: 'volume',
    id,
    arn: null,
    name: null,
    state: 'in-use',
    createdAt: '2026-01-02T03:04:05.000Z',
    managedBy: null,
    tags: {},
    facts: {},
    billedAs: [id],
    ...more,
  }
}

interface ScanWritten {
  readonly id: string
  readonly at: string
  readonly resources?: readonly Resource[]
  readonly relations?: readonly Relation[]
  /** Units that were looked at and are empty. */
  readonly empty?: readonly UnitName[]
  readonly more?: Partial<ScanRecord>
}

/** Writes a scan into a workspace, as the scanner does. */
export async function writeScan(home: string, scan: ScanWritten): Promise<void> {
  const folder = scanFolder(home, scan.id)
  const units = new Map<string, UnitName & { lines: string[]; resources: number }>()
  const unitOf = ({ service, region, part }: UnitName) => {
    const file = unitFile(folder, { service, region, part })
    const unit = units.get(file) ?? { service, region, part, lines: [], resources: 0 }
    units.set(file, unit)
    return unit
  }
  for (const unit of scan.empty ?? []) unitOf(unit)
  for (const resource of scan.resources ?? []) {
    const unit = unitOf(resource.service === 's3' ? { ...resource, region: 'global' } : resource)
    unit.lines.push(JSON.stringify({ resource }))
    unit.resources += 1
  }
  for (const relation of scan.relations ?? []) unitOf(relation).lines.push(JSON.stringify({ relation }))
  for (const [file, { lines }] of units) {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, lines.map((line) => `${line}\n`).join(''))
  }
  const record: ScanRecord = {
    format: 1,
    id: scan.id,
    account: scannedAccount,
    profile: 'audit',
    regions: ['us-east-1'],
    services: ['ec2', 's3'],
    startedAt: scan.at,
    endedAt: scan.at,
    units: [...units.values()].map(({ service, region, part, resources }) => ({
      service,
      region,
      part,
      state: 'done',
      at: scan.at,
      resources,
    })),
    skipped: [],
    ...scan.more,
  }
  await mkdir(folder, { recursive: true })
  await writeFile(recordFile(folder), JSON.stringify(record))
}
