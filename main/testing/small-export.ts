import { join } from 'node:path'
import { writeSampleOrganisation } from '../../analytics/sample/write-sample'

export interface SmallExport {
  /** The folder with `data` and `metadata` in it. */
  readonly root: string
  readonly periods: readonly string[]
}

/** A few days of the sample organisation's bill as an export of AWS: quick to write and to import. */
export async function writeSmallExport(
  folder: string,
  options: { readonly seed?: number; readonly until?: string; readonly months?: number } = {},
): Promise<SmallExport> {
  const { seed = 11, until = '2026-03-02', months = 1 } = options
  const written = await writeSampleOrganisation({
    folder: join(folder, `export-${seed}-${until}-${months}`),
    until,
    seed,
    scale: 1,
    months,
    hourlyMonths: months > 1 ? 0 : 1,
  })
  return { root: written.exportRoot, periods: written.periods }
}
