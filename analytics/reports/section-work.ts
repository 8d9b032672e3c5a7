import type { Filter } from '../contract/dimensions'
import type { Window } from '../contract/periods'
import type { ReportBlock, ReportRequest } from '../contract/reports'
import type { Failure, Result } from '../contract/result'
import type { CostMeasure, CostTable } from '../contract/spend'
import type { ReportQuestions } from './questions'

/** What a section is made with. */
export interface SectionWork {
  readonly questions: ReportQuestions
  readonly request: ReportRequest
  readonly measure: CostMeasure
  readonly compare: 'previous' | 'year'
  readonly window: Window
  readonly currency: string | null
  /** The currency is one of several in the period, so it has to be asked for. */
  readonly isOneOfSeveral: boolean
  /** Filters of the request, and the currency where there are several. */
  readonly where: readonly Filter[]
  readonly firstDay: string | null
}

export type MakeSection = (work: SectionWork) => Promise<Result<readonly ReportBlock[]>>

export function note(text: string): ReportBlock {
  return { kind: 'note', text }
}

/** What could not be had is said where it would stand; the rest of the report is worth having. */
export function missing({ message, hint }: Failure): readonly ReportBlock[] {
  return [note(hint === undefined ? message : `${message} ${hint}`)]
}

/** Period, filters and nothing that is empty: what every question of the bill begins with. */
export function scopeOf({ window, where }: SectionWork): {
  readonly from: string
  readonly to: string
  readonly where?: Filter[]
} {
  return { ...window, ...(where.length === 0 ? {} : { where: [...where] }) }
}

/** A total by the name of its column. */
export function totalOf(table: CostTable, column: string): string | number | null {
  return table.total[column] ?? null
}
