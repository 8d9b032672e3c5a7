import type { ExportRequest } from '../../analytics/contract/exports'
import type { UnitPoint } from '../../analytics/contract/unit-costs'
import { ExportFailedError } from './export-failed'
import type { FileContent } from './file-content'
import type { Ask } from './rejected-lines'
import { filterText } from './spend-table'
import { type SheetColumn, tableFile } from './table-file'

type UnitCostsExport = Extract<ExportRequest, { readonly kind: 'unit-costs' }>

/** A row a point of time, and a label where there are labels. */
export function unitCosts({ format, mark, request }: UnitCostsExport, ask: Ask): FileContent {
  const stem = `cost-per-unit-${request.driver}-by-${request.grain}`
  return tableFile({ stem, format, mark }, async (signal) => {
    const answer = await ask('units/read', request, { signal })
    if (!answer.ok) throw new ExportFailedError(answer.failure.message)
    const { driver, currency, points, labels, about } = answer.value
    const series = request.by === undefined ? [{ label: '', points }] : labels
    const unit = currency === null ? '' : ` (${currency})`
    const money = (head: string): SheetColumn => ({ head: `${head}${unit}`, kind: 'money' })
    const number = (head: string): SheetColumn => ({ head, kind: 'number' })
    return {
      name: 'Cost per unit',
      columns: [
        { head: 'label', kind: 'text' },
        { head: request.grain, kind: 'text' },
        money('cost'),
        money('counted-cost'),
        number('units'),
        // A cost of a unit has more decimals than a format for money shows.
        number(`cost-per-unit${unit}`),
        money('change'),
        money('change-by-volume'),
        money('change-by-price'),
        number(`${driver.grain}s`),
        number(`${driver.grain}s-without-a-value`),
      ],
      rowCount: series.reduce((sum, one) => sum + one.points.length, 0),
      about: [
        ['Driver', `${driver.name}, in ${driver.unit}, from ${driver.file}`],
        ['Cost basis', request.measure],
        ['First day (UTC)', about.window.from],
        ['Day after the last', about.window.to],
        ['Cost per unit', 'counted cost / units: only what has a value of the driver is counted'],
        ['Labels are values of', request.by ?? 'nothing'],
        ['Filters', (request.where ?? []).map(filterText).join('; ') || 'none'],
        ['Data as of', about.asOf ?? 'none'],
      ],
      async *pages() {
        for (const { label, points: own } of series) yield own.map((point) => rowOf(label, point))
      },
    }
  })
}

function rowOf(label: string, point: UnitPoint): readonly (string | number | null)[] {
  return [
    label,
    point.time,
    point.cost,
    point.counted,
    point.units,
    point.unitCost,
    point.change?.cost ?? null,
    point.change?.volume ?? null,
    point.change?.rate ?? null,
    point.steps,
    point.missing,
  ]
}
