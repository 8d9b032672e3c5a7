import { otherGroup, unallocated, untagged } from '../contract/dimensions'
import type { ReportBlock, ReportFigure } from '../contract/reports'
import { type Result, succeed } from '../contract/result'
import type { CostMeasure, CostTable } from '../contract/spend'
import { addDays, addMonths, firstOfMonth } from '../model/windows'
import { costTable, headOf } from './cost-tables'
import { measureWords } from './kinds'
import { type MakeSection, missing, note, type SectionWork, scopeOf, totalOf } from './section-work'

const usualRows = 20
const usualGroups = 60
const mostGroupTables = 60
const usualResources = 100
const movers = 5

/** The period in a few figures, and what moved it. */
export const summary: MakeSection = async (work) => {
  const { questions, measure, compare, window, firstDay } = work
  const other: CostMeasure = measure === 'billed' ? 'effective' : 'billed'
  const all = { ...scopeOf(work), measure: [measure, other, 'savings', 'savings-rate'] as const, compare }
  const { id, answer } = await questions.query({ ...all, measure: [...all.measure] })
  if (!answer.ok) return answer
  const table = answer.value
  const figure = (label: string, column: string, unit: ReportFigure['unit'], text: string | null = null) => ({
    label,
    value: totalOf(table, column),
    unit,
    note: text,
    question: id,
  })
  const before = table.about.previous
  const spans = before === null ? null : `${before.from} to ${addDays(before.to, -1)}`
  const blocks: ReportBlock[] = [
    {
      kind: 'figures',
      figures: [
        figure(measureWords[measure], measure, 'money'),
        figure(
          compare === 'year' ? 'A year before' : 'The period before',
          `${measure}-previous`,
          'money',
          spans,
        ),
        figure('Change', `${measure}-change`, 'money'),
        figure('Change in percent', `${measure}-change-percent`, 'percent'),
        figure(measureWords[other], other, 'money'),
        figure('Saved by discounts', 'savings-rate', 'percent', 'of list cost of usage'),
      ],
    },
  ]
  if (before !== null && firstDay !== null && before.from < firstDay && window.to > firstDay) {
    blocks.push(note(`The data begins on ${firstDay}: what was spent earlier is not known, and not nothing.`))
  }
  const trendBlocks = await trendChart(work)
  const up = await moversTable(work, 'up')
  const down = await moversTable(work, 'down')
  return succeed([...blocks, ...trendBlocks, ...up, ...down])
}

async function moversTable(work: SectionWork, way: 'up' | 'down'): Promise<readonly ReportBlock[]> {
  const { questions, measure, compare } = work
  const rises = way === 'up'
  const { id, answer } = await questions.query({
    ...scopeOf(work),
    measure,
    by: ['service'],
    compare,
    having: [{ measure, of: 'change', operator: rises ? '>' : '<', value: '0' }],
    sort: [{ column: 'change', direction: rises ? 'descending' : 'ascending' }],
    limit: movers,
  })
  if (!answer.ok) return missing(answer.failure)
  const title = rises ? 'What went up most' : 'What went down most'
  if (answer.value.rows.length === 0) return [note(`${title}: nothing did.`)]
  const table = costTable(answer.value, { name: `movers-${way}`, title, question: id })
  return [{ ...table, total: null, columns: table.columns.map((column) => ({ ...column, adds: false })) }]
}

/** Thirteen months with the period's last one at the end. */
function longWindow({ window }: SectionWork): { readonly from: string; readonly to: string } {
  return { from: addMonths(firstOfMonth(addDays(window.to, -1)), -12), to: window.to }
}

const trendServices = 6

async function trendQuery(work: SectionWork) {
  const { questions, measure } = work
  return await questions.query({
    ...scopeOf(work),
    ...longWindow(work),
    measure,
    by: ['service'],
    grain: 'month',
    top: { count: trendServices, of: 'groups' },
    sort: [{ column: 'month', direction: 'ascending' }],
  })
}

/** The services of a trend with their amounts by month, in the order of what they come to in the newest months. */
function seriesOf({ rows, about }: CostTable): {
  readonly times: readonly string[]
  readonly series: readonly { readonly name: string; readonly values: readonly (string | null)[] }[]
} {
  const times = about.times.map(({ time }) => time)
  const byService = new Map<string, Map<string, string>>()
  for (const [service, month, amount] of rows) {
    const months = byService.get(String(service)) ?? new Map<string, string>()
    months.set(String(month), String(amount))
    byService.set(String(service), months)
  }
  const series = [...byService].map(([service, months]) => ({
    name: service === otherGroup ? 'All others' : service,
    values: times.map((time) => months.get(time) ?? null),
  }))
  return {
    times,
    series: series.sort(
      (one, other) => Number(one.name === 'All others') - Number(other.name === 'All others'),
    ),
  }
}

async function trendChart(work: SectionWork): Promise<readonly ReportBlock[]> {
  const { id, answer } = await trendQuery(work)
  if (!answer.ok) return missing(answer.failure)
  const { times, series } = seriesOf(answer.value)
  if (series.length === 0) return []
  return [
    {
      kind: 'chart',
      title: `${measureWords[work.measure]} by month`,
      summary: `${measureWords[work.measure]} by month and service, ${times.length} months to ${times.at(-1)?.slice(0, 7)}. The same figures stand in the table of thirteen months.`,
      form: 'stacked',
      times: [...times],
      series: series.map(({ name, values }) => ({ name, values: [...values], expected: false })),
      band: null,
      question: id,
    },
  ]
}

/** The months as a table, a column a service. */
export const trend: MakeSection = async (work) => {
  const parts = await trendQuery(work)
  if (!parts.answer.ok) return parts.answer
  const sums = await work.questions.query({
    ...scopeOf(work),
    ...longWindow(work),
    measure: work.measure,
    grain: 'month',
  })
  if (!sums.answer.ok) return sums.answer
  const { times, series } = seriesOf(parts.answer.value)
  if (series.length === 0) return succeed([note('There is no spend in these months.')])
  const totals = new Map(sums.answer.value.rows.map(([month, amount]) => [String(month), amount ?? null]))
  const money = (head: string) => ({ head, unit: 'money' as const, adds: false })
  const partial = parts.answer.value.about.times.filter((one) => one.partial)
  return succeed([
    {
      kind: 'table',
      name: 'trend',
      title: `${measureWords[work.measure]} by month`,
      columns: [
        { head: 'Month', unit: 'month', adds: false },
        ...series.map(({ name }) => money(name)),
        money('Total'),
      ],
      rows: times.map((time, at) => [
        time,
        ...series.map(({ values }) => values[at] ?? null),
        totals.get(time) ?? null,
      ]),
      total: null,
      question: parts.id,
    },
    ...(partial.length === 0
      ? []
      : [
          note(
            `Months that are not whole: ${partial.map(({ time, covered, days }) => `${time.slice(0, 7)} has ${covered} of ${days} days`).join(', ')}.`,
          ),
        ]),
  ])
}

/** What one dimension divides the spend into, with the period before. */
function breakdown(dimension: 'service' | 'account'): MakeSection {
  return async (work) => {
    const { questions, measure, compare, request } = work
    const { id, answer } = await questions.query({
      ...scopeOf(work),
      measure,
      by: [dimension],
      compare,
      share: true,
      top: { count: request.rows ?? usualRows, of: 'groups' },
    })
    if (!answer.ok) return answer
    if (answer.value.rows.length === 0) return succeed([note('There is no spend in this period.')])
    const title = `${measureWords[measure]} by ${dimension}`
    return succeed([costTable(answer.value, { name: `${dimension}s`, title, question: id })])
  }
}
export const services = breakdown('service')
export const accounts = breakdown('account')

async function groupSums(work: SectionWork) {
  const { questions, measure, compare, request } = work
  return await questions.query({
    ...scopeOf(work),
    measure,
    by: [request.by ?? 'account'],
    compare,
    share: true,
    top: { count: request.rows ?? usualGroups, of: 'groups' },
  })
}

/** Whose the spend is. What belongs to nobody is a row like any other, and a figure of its own. */
export const groups: MakeSection = async (work) => {
  const { measure, request } = work
  const by = request.by ?? 'account'
  const { id, answer } = await groupSums(work)
  if (!answer.ok) return answer
  const table = answer.value
  if (table.rows.length === 0) return succeed([note('There is no spend in this period.')])
  const column = (name: string) => table.columns.findIndex((one) => one.name === name)
  const nobody = table.rows.find(([value]) => value === unallocated || value === untagged)
  const blocks: ReportBlock[] = [
    {
      kind: 'figures',
      figures: [
        {
          label: measureWords[measure],
          value: totalOf(table, measure),
          unit: 'money',
          note: null,
          question: id,
        },
        {
          label: 'Belongs to nobody yet',
          value: nobody?.[column(measure)] ?? '0',
          unit: 'money',
          note: nobody === undefined ? null : String(nobody[0]),
          question: id,
        },
        {
          label: 'Share of that',
          value: nobody?.[column('share')] ?? 0,
          unit: 'percent',
          note: null,
          question: id,
        },
      ],
    },
    costTable(table, {
      name: 'groups',
      title: `${measureWords[measure]} by ${headOf(by).toLowerCase()}`,
      question: id,
    }),
  ]
  return succeed(blocks)
}

/** A table each, the biggest first, so that each finds what its own spend is made of. */
export const groupServices: MakeSection = async (work) => {
  const { questions, measure, compare, request } = work
  const by = request.by ?? 'account'
  const part = by === 'service' ? 'account' : 'service'
  const sums = await groupSums(work)
  if (!sums.answer.ok) return sums.answer
  const { id, answer } = await questions.query({
    ...scopeOf(work),
    measure,
    by: [by, part],
    compare,
    top: { count: request.rows ?? usualRows, of: 'each-dimension' },
  })
  if (!answer.ok) return answer
  const { rows, accountNames } = answer.value
  if (rows.length === 0) return succeed([note('There is no spend in this period.')])
  const blocks = sums.answer.value.rows.slice(0, mostGroupTables).flatMap((group): readonly ReportBlock[] => {
    const [value] = group
    const own = rows.filter(([one]) => one === value).map((row) => row.slice(1))
    if (own.length === 0 || value === otherGroup) return []
    const columns = answer.value.columns.slice(1)
    const table = costTable(
      { ...answer.value, columns, rows: own },
      { name: String(value), title: nameOf(String(value), accountNames), question: id },
    )
    const cells = columns.map((column, at) => (at === 0 ? 'Total' : (group[sumAt(column.name)] ?? null)))
    const total = table.columns.length > columns.length ? [cells[0] ?? null, null, ...cells.slice(1)] : cells
    return [{ ...table, total }]
  })
  function sumAt(name: string): number {
    return sums.answer.ok ? sums.answer.value.columns.findIndex((column) => column.name === name) : -1
  }
  const left = sums.answer.value.rows.length - blocks.length
  return succeed([...blocks, ...(left > 0 ? [note(`${left} more have no table of their own here.`)] : [])])
}

function nameOf(value: string, accountNames: CostTable['accountNames']): string {
  const name = accountNames[value]
  return name === undefined ? value : `${name} (${value})`
}

export const resources: MakeSection = async (work) => {
  const { questions, measure, request } = work
  const { id, answer } = await questions.query({
    ...scopeOf(work),
    measure,
    by: ['resource', 'service', 'account'],
    limit: request.resourceRows ?? usualResources,
  })
  if (!answer.ok) return answer
  if (answer.value.rows.length === 0) return succeed([note('There is no spend in this period.')])
  const { rows, rowCount, truncated } = answer.value
  return succeed([
    costTable(answer.value, { name: 'resources', title: 'The most expensive resources', question: id }),
    ...(truncated ? [note(`${rows.length} of ${rowCount} are listed; the total is of all.`)] : []),
  ])
}

/** What commitments and agreements took off the list price: what has been realised already. */
export const discounts: MakeSection = async (work) => {
  const { questions } = work
  const asked = { ...scopeOf(work), measure: ['savings', 'list', 'effective', 'savings-rate'] as const }
  const query = { ...asked, measure: [...asked.measure] }
  const pricing = await questions.query({ ...query, by: ['pricing'] })
  if (!pricing.answer.ok) return pricing.answer
  const table = pricing.answer.value
  if (table.rows.length === 0) return succeed([note('There is no spend in this period.')])
  const byService = await questions.query({
    ...query,
    by: ['service'],
    top: { count: work.request.rows ?? usualRows, of: 'groups' },
  })
  const figure = (label: string, column: string, unit: ReportFigure['unit']): ReportFigure => ({
    label,
    value: totalOf(table, column),
    unit,
    note: null,
    question: pricing.id,
  })
  return succeed([
    {
      kind: 'figures',
      figures: [
        figure('Saved', 'savings', 'money'),
        figure('Saved in percent', 'savings-rate', 'percent'),
        figure('List cost', 'list', 'money'),
        figure('Effective cost', 'effective', 'money'),
      ],
    },
    costTable(table, { name: 'discounts-by-pricing', title: 'By kind of price', question: pricing.id }),
    ...discountsOf(byService),
    note(
      'Saved is list less effective cost of usage and of commitments that were not used. Fees, taxes and credits are not counted in it, but in the costs beside it.',
    ),
  ])
}

function discountsOf({
  id,
  answer,
}: {
  readonly id: string
  readonly answer: Result<CostTable>
}): readonly ReportBlock[] {
  if (!answer.ok) return missing(answer.failure)
  return [costTable(answer.value, { name: 'discounts-by-service', title: 'By service', question: id })]
}
