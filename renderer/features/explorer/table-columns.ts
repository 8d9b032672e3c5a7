import type { Grain } from '../../../analytics/contract/periods'
import type { CostColumn, CostTable, Measure } from '../../../analytics/contract/spend'
import { capitalised, dimensionTitle } from './dimension-words'
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

function isPercent(name: string): boolean {
  return name === 'share' || name === 'savings-rate' || name.endsWith('change-percent')
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
}: Pick<CostTable, 'columns' | 'currency'>): readonly TableColumn[] {
  return columns.map(({ name, kind }, at) => {
    const shown = isPercent(name) ? 'percent' : kind
    return {
      name,
      at,
      head: headOf(name, kind, currency),
      kind: shown,
      isChange: /(^|-)change(-percent)?$/.test(name),
      width: widths[shown],
    }
  })
}

export function grainOf({ columns }: Pick<CostTable, 'columns'>): Grain | null {
  const time = columns.find(({ kind }) => kind === 'time')
  return time === undefined ? null : (time.name as Grain)
}

export function isFigure({ kind }: TableColumn): boolean {
  return kind !== 'dimension' && kind !== 'time'
}
