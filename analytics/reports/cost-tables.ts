import { otherGroup } from '../contract/dimensions'
import type { ReportCell, ReportColumn, ReportTable, ReportUnit } from '../contract/reports'
import type { CostColumn, CostTable } from '../contract/spend'
import { measureWords } from './kinds'

const words: Readonly<Record<string, string>> = {
  ...measureWords,
  previous: 'Before',
  change: 'Change',
  'change-percent': 'Change\u00a0%',
  share: 'Share',
  savings: 'Saved',
  'savings-rate': 'Saved\u00a0%',
  account: 'Account',
  service: 'Service',
  pricing: 'Pricing',
  resource: 'Resource',
  currency: 'Currency',
  month: 'Month',
}

/** `tag:team` is asked by, and `team` is read. */
export function headOf(name: string): string {
  const known = words[name]
  if (known !== undefined) return known
  const plain = name.replace(/^(tag|cost-category|allocation):/, '').replaceAll('-', ' ')
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`
}

/** The answer to a question as a table of a report: the same cells, with heads that can be read. */
export function costTable(
  answer: CostTable,
  { name, title, question }: { readonly name: string; readonly title: string; readonly question: string },
): ReportTable {
  const named = answer.columns.findIndex((column) => column.name === 'account')
  const hasNames = named >= 0 && Object.keys(answer.accountNames).length > 0
  const withName = (cells: readonly ReportCell[], accountName: ReportCell): ReportCell[] =>
    hasNames ? [...cells.slice(0, named + 1), accountName, ...cells.slice(named + 1)] : [...cells]
  const columns = answer.columns.map((column): ReportColumn => {
    return {
      head: headOf(column.name),
      unit: unitOf(column),
      adds: column.kind === 'money' && !answer.truncated,
    }
  })
  const total = answer.columns.map((column, at): ReportCell => {
    if (column.kind === 'money' || column.kind === 'number') return answer.total[column.name] ?? null
    return at === 0 ? 'Total' : null
  })
  return {
    kind: 'table',
    name,
    title,
    columns: hasNames
      ? [
          ...columns.slice(0, named + 1),
          { head: 'Account name', unit: 'text', adds: false },
          ...columns.slice(named + 1),
        ]
      : columns,
    rows: restLast(answer.rows).map((row) =>
      withName(row.map(shown), answer.accountNames[String(row[named])] ?? null),
    ),
    total: withName(total, null),
    question,
  }
}

/** However much the others come to, nobody looks for them between the ones that have names. */
function restLast(rows: CostTable['rows']): CostTable['rows'] {
  const isRest = ([value]: CostTable['rows'][number]) => value === otherGroup
  return [...rows.filter((row) => !isRest(row)), ...rows.filter(isRest)]
}

function shown(cell: ReportCell): ReportCell {
  return cell === otherGroup ? 'All others' : cell
}

function unitOf({ name, kind }: CostColumn): ReportUnit {
  switch (kind) {
    case 'dimension':
      return 'text'
    case 'time':
      return name === 'month' ? 'month' : 'day'
    case 'money':
      return 'money'
    case 'number':
      return /percent$|^share$|^savings-rate$/.test(name) ? 'percent' : 'count'
  }
}
