import type { Grain, TimePoint } from '../../../analytics/contract/periods'
import type { CostColumn, CostTable, Measure } from '../../../analytics/contract/spend'
import { capitalised, dimensionTitle } from './dimension-words'
import { chartPoints } from './times'
import { measureWords } from './words'

export interface TableColumn {
  readonly name: string
  /** Its place in the rows of the answer. */
  readonly at: number
  readonly head: string
  readonly kind: CostColumn['kind'] | 'percent'
  /** A change is written with its sign. */
  readonly isChange: boolean
  readonly width: number
  /** The point of time that it is a column of. */
  readonly time: string | null
  /** What the points of time come to: it stays in sight beside them. */
  readonly isTotal: boolean
}

const isMeasure = (name: string): name is Measure => Object.hasOwn(measureWords, name)

function headOf(name: string, kind: CostColumn['kind'], currency: string | null): string {
  const unit = kind === 'money' && currency !== null ? `, ${currency}` : ''
  if (kind === 'dimension') return capitalised(dimensionTitle(name))
  if (kind === 'time') return capitalised(name)
  if (name === 'share') return 'Share of total'
  if (isMeasure(name)) return `${measureWords[name].title}${unit}`
  const [, measure = '', part = name] = /^(?:(.+)-)?(previous|change|change-percent)$/.exec(name) ?? []
  const of = isMeasure(measure) ? ` (${measureWords[measure].title})` : ''
  if (part === 'previous') return `Before${of}${unit}`
  return part === 'change' ? `Change${of}${unit}` : `Change${of}, %`
}

/** `2026-09-01` and `2026-09-01 billed`: a point of time as a column, and the measure where there are several. */
function pointOf(name: string): { readonly time: string; readonly measure: Measure | null } | null {
  const [, time, measure] = /^(\d{4}-\d{2}-\d{2})(?: (.+))?$/.exec(name) ?? []
  if (time === undefined) return null
  return { time, measure: measure !== undefined && isMeasure(measure) ? measure : null }
}

function isPercent(name: string): boolean {
  return (
    name === 'share' ||
    name === 'savings-rate' ||
    name.endsWith('change-percent') ||
    name.endsWith(' savings-rate')
  )
}

const widths: Readonly<Record<TableColumn['kind'], number>> = {
  dimension: 260,
  time: 150,
  money: 170,
  number: 130,
  percent: 120,
}

export function tableColumns({
  columns,
  currency,
  about,
}: Pick<CostTable, 'columns' | 'currency' | 'about'>): readonly TableColumn[] {
  const points = new Map(about.times.map((point) => [point.time, point]))
  const measures = columns.filter(({ name }) => isMeasure(name))
  const isWide = columns.some(({ name }) => pointOf(name) !== null)
  const totalAt = isWide && measures.length === 1 ? columns.findIndex(({ name }) => isMeasure(name)) : -1
  return columns.map(({ name, kind }, at) => {
    const shown = isPercent(name) ? 'percent' : kind
    const column = pointOf(name)
    const point = points.get(column?.time ?? '')
    return {
      name,
      at,
      head: column === null ? headOf(name, kind, currency) : pointHead(column, point),
      kind: shown,
      isChange: /(^|-)change(-percent)?$/.test(name),
      width: column === null ? widths[shown] : column.measure === null ? 124 : 190,
      time: column?.time ?? null,
      isTotal: at === totalAt,
    }
  })
}

function pointHead(
  { time, measure }: NonNullable<ReturnType<typeof pointOf>>,
  point: TimePoint | undefined,
): string {
  const short =
    chartPoints([{ time, days: 1, covered: 1, partial: false }], shortGrain(point))[0]?.short ?? time
  const part = point?.partial ? `, ${point.covered} of ${point.days} days` : ''
  return `${short}${part}${measure === null ? '' : ` ${measureWords[measure].title}`}`
}

/** Days and weeks are told by their first day, longer points by their first month. */
function shortGrain(point: TimePoint | undefined): Grain {
  const days = point?.days ?? 1
  return days <= 7 ? 'day' : days <= 92 ? 'month' : 'year'
}

export function grainOf({ columns }: Pick<CostTable, 'columns'>): Grain | null {
  const time = columns.find(({ kind }) => kind === 'time')
  return time === undefined ? null : (time.name as Grain)
}

export function isFigure({ kind }: TableColumn): boolean {
  return kind !== 'dimension' && kind !== 'time'
}
