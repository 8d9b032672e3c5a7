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

/** The ways an import can go: something new, a month restated, several months, and text that is unpacked. */
export async function writeScenarios(folder: string): Promise<readonly Scenario[]> {
  await mkdir(folder, { recursive: true })
  const until = '2026-03-02'
  const earlier = await sample(folder, 11, until, 1)
  const later = await sample(folder, 12, until, 1)
  const bothEarlier = await sample(folder, 11, until, 2)
  const bothLater = await sample(folder, 12, until, 2)
  const text = async (from: { exportRoot: string; periods: readonly string[] }, name: string) => {
    const to = join(folder, name)
    const options = { format: 'cur2-csv-gzip', exportRoot: from.exportRoot, folder: to } as const
    return (await writeBillInFormat({ ...options, periods: from.periods })).root
  }
  const months = earlier.periods
  return [
    { name: 'first import', before: null, path: earlier.exportRoot, months },
    { name: 'a month restated', before: earlier.exportRoot, path: later.exportRoot, months },
    {
      name: 'two months restated',
      before: bothEarlier.exportRoot,
      path: bothLater.exportRoot,
      months: bothEarlier.periods,
    },
    {
      name: 'gzip CSV restated',
      before: await text(earlier, 'text-earlier'),
      path: await text(later, 'text-later'),
      months,
    },
  ]
}
