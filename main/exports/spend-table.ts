import type { ExportRequest } from '../../analytics/contract/exports'
import type { CostColumn, CostQuery, CostTable } from '../../analytics/contract/spend'
import { ExportFailedError } from './export-failed'
import type { FileContent } from './file-content'
import type { Ask } from './rejected-lines'
import { type Sheet, type SheetColumn, tableFile } from './table-file'

export type SpendTableExport = Extract<ExportRequest, { readonly kind: 'spend-table' }>

const page = 5_000

/** Every row of a table of costs, in the order of the screen. There is no row of totals: a column adds up by itself. */
export function spendTable({ format, mark, query }: SpendTableExport, ask: Ask): FileContent {
  const by = query.by ?? []
  const stem = [
    'spend',
    ...(by.length > 0 ? ['by', ...by] : []),
    query.period ?? `${query.from}-to-${query.to}`,
  ]
  return tableFile({ stem: stem.join('-'), format, mark }, (signal) => sheetOf(query, ask, signal))
}

async function sheetOf(query: CostQuery, ask: Ask, signal: AbortSignal): Promise<Sheet> {
  const readPage = async (offset: number): Promise<CostTable> => {
    const answer = await ask('spend/query', { ...query, offset, limit: page }, { signal })
    if (!answer.ok) throw new ExportFailedError(answer.failure.message)
    return answer.value
  }
  const first = await readPage(0)
  return {
    name: 'Spend',
    columns: columnsOf(first),
    rowCount: first.rowCount,
    about: aboutOf(query, first),
    async *pages() {
      let table = first
      for (let offset = 0; ; ) {
        yield table.rows.map((row, at) => [...named(row, table), ...stateOf(table, at)])
        offset += table.rows.length
        if (table.rows.length === 0 || offset >= table.rowCount) return
        table = await readPage(offset)
        // Rows of two versions of the data add up to neither.
        if (table.about.dataVersion !== first.about.dataVersion) {
          throw new ExportFailedError('The data changed while the file was being written.')
        }
      }
    },
  }
}

function accountAt({ columns }: CostTable): readonly CostColumn[] {
  return columns.filter(({ name }) => name === 'account' || name === 'payer')
}

function columnsOf(table: CostTable): readonly SheetColumn[] {
  const unit = table.currency === null ? '' : ` (${table.currency})`
  return [
    ...table.columns.map(({ name, kind }): SheetColumn => {
      if (kind === 'money') return { head: `${name}${unit}`, kind: 'money' }
      return { head: name, kind: kind === 'number' ? 'number' : 'text' }
    }),
    ...accountAt(table).map(({ name }): SheetColumn => ({ head: `${name}-name`, kind: 'text' })),
    ...(table.states === undefined ? [] : [{ head: 'state', kind: 'text' } as const]),
  ]
}

function named(row: CostTable['rows'][number], table: CostTable): readonly (string | number | null)[] {
  const names = accountAt(table).map((column) => {
    const id = String(row[table.columns.indexOf(column)] ?? '')
    return table.accountNames[id] ?? null
  })
  return [...row, ...names]
}

function stateOf(table: CostTable, at: number): readonly (string | null)[] {
  return table.states === undefined ? [] : [table.states[at] ?? null]
}

function aboutOf(query: CostQuery, { about, currency }: CostTable): Sheet['about'] {
  const measures = typeof query.measure === 'string' ? [query.measure] : query.measure
  return [
    ['Measures', measures.join(', ')],
    ['By', (query.by ?? []).join(', ') || 'nothing: the total'],
    ['First day (UTC)', about.window.from],
    ['Day after the last', about.window.to],
    ...(about.previous === null
      ? []
      : ([['Compared with', `${about.previous.from} to ${about.previous.to} (exclusive)`]] as const)),
    ['Filters', (query.where ?? []).map(filterText).join('; ') || 'none'],
    ['Currency', currency ?? 'none'],
    ['Data as of', about.asOf ?? 'none'],
    ['Data version', String(about.dataVersion)],
  ]
}

export function filterText({ dimension, operator, value }: NonNullable<CostQuery['where']>[number]): string {
  return `${dimension} ${operator} ${typeof value === 'string' ? value : value.join(' | ')}`
}
