import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { writeBillInFormat } from '../../../analytics/sample/formats/write-format'
import { writeSampleOrganisation } from '../../../analytics/sample/write-sample'
import type { Scenario } from './kill-soak'

async function sample(folder: string, seed: number, until: string, months: number) {
  return await writeSampleOrganisation({
    folder: join(folder, `sample-${seed}-${months}`),
    until,
    seed,
    scale: 1,
    months,
    hourlyMonths: months > 1 ? 0 : 1,
  })
}

const until = '2026-03-02'

async function restated(folder: string, name: string, months: number): Promise<Scenario> {
  const earlier = await sample(folder, 11, until, months)
  const later = await sample(folder, 12, until, months)
  return { name, before: earlier.exportRoot, path: later.exportRoot, months: earlier.periods }
}

async function asText(folder: string, name: string): Promise<Scenario> {
  const { before, path, months } = await restated(folder, name, 1)
  const written = async (exportRoot: string, to: string) =>
    (
      await writeBillInFormat({
        format: 'cur2-csv-gzip',
        exportRoot,
        periods: months,
        folder: join(folder, to),
      })
    ).root
  return {
    name,
    before: await written(before ?? '', 'text-earlier'),
    path: await written(path, 'text-later'),
    months,
  }
}

/** The ways an import can go: something new, a month restated, several months, and text that is unpacked. */
const scenarios: Readonly<Record<string, (folder: string, name: string) => Promise<Scenario>>> = {
  'first import': async (folder, name) => ({ ...(await restated(folder, name, 1)), before: null }),
  'a month restated': (folder, name) => restated(folder, name, 1),
  'two months restated': (folder, name) => restated(folder, name, 2),
  'gzip CSV restated': asText,
}

export async function writeScenarios(
  folder: string,
  names: readonly string[] = Object.keys(scenarios),
): Promise<readonly Scenario[]> {
  await mkdir(folder, { recursive: true })
  const written: Scenario[] = []
  for (const name of names) {
    const write = scenarios[name]
    if (write !== undefined) written.push(await write(folder, name))
  }
  return written
}
