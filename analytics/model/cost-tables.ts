import type { Window } from '../contract/periods'
import {
  accountDayDimensions,
  itemDayMeasures,
  itemDimensions,
  itemMaps,
  rolledMeasures,
  serviceDayDimensions,
} from '../store/rollup-schema'
import { quoteIdentifier } from '../store/sql-text'
import { cubeDimensions, cubeMeasures } from '../store/warehouse-schema'
import { type AllocationTerm, allocatedRows, dimensionsOfRules, type Shares } from './allocation-terms'
import type { BoundValues } from './bound-values'
import type { DataFacts } from './data-facts'
import { dimensionSql } from './dimensions'
import { filterConditions, valueSql } from './filters'
import { type Component, mergeOf } from './measures'
import type { Question } from './question'

/**
 * A table that can answer questions. All hold sums of the same exact decimals, so that whichever is read gives the
 * same digits.
 */
export interface CostTable {
  readonly name: string
  /** Why it is read, as "how computed" says it. */
  readonly reason: string
  /** Made after an import: usable only when it is of the same state as the data. */
  readonly rolledUp: boolean
  /** Whether it knows everything that a question needs. */
  answers(question: Question, components: readonly Component[], facts: DataFacts): boolean
  /** The day of a row; with hours, its moment. */
  readonly day: string
  readonly moment: string | null
  /** The rows of a window that a question's filters let through. */
  source(question: Question, window: Window, bound: BoundValues): Source
  /** A component added up over rows; of rows that are divided, so much of each as its share is. */
  total(component: Component, shares: Shares | null): string
}

export interface Source {
  readonly from: string
  readonly conditions: readonly string[]
  /** A dimension's value in a row. */
  value(dimension: string): string
  readonly currency: string
  /** How much of a row counts; null where every row counts whole. */
  readonly shares: Shares | null
  /** What tells sets of tags apart, and how to get from there to the tags. */
  readonly tagSet: { readonly key: string; readonly join: string }
}

const usageOrUnused = `("ChargeCategory" = 'Usage' OR COALESCE("x_LineItemType", '') IN ('RIFee', 'SavingsPlanRecurringFee'))`
const unit = `CASE WHEN "ConsumedQuantity" <> 0 THEN COALESCE("ConsumedUnit", '') END`

interface Summed {
  readonly sql: string
  readonly columns: readonly string[]
}

const column = (name: string): Summed => ({ sql: quoteIdentifier(name), columns: [name] })

const summed: { readonly [C in Exclude<Component, 'lines'>]: Summed } = {
  billed: column('BilledCost'),
  effective: column('EffectiveCost'),
  list: column('ListCost'),
  contracted: column('ContractedCost'),
  unblended: column('x_UnblendedCost'),
  'net-unblended': column('x_NetUnblendedCost'),
  amortized: column('x_AmortizedCost'),
  quantity: column('ConsumedQuantity'),
  // An unused commitment is paid for usage that did not happen: it lowers the savings.
  'list in scope': {
    sql: `CASE WHEN ${usageOrUnused} THEN "ListCost" END`,
    columns: ['ListCost', 'ChargeCategory', 'x_LineItemType'],
  },
  'cost in scope': {
    sql: `CASE WHEN ${usageOrUnused} THEN "EffectiveCost" END`,
    columns: ['EffectiveCost', 'ChargeCategory', 'x_LineItemType'],
  },
  'lowest unit': { sql: unit, columns: ['ConsumedQuantity', 'ConsumedUnit'] },
  'highest unit': { sql: unit, columns: ['ConsumedQuantity', 'ConsumedUnit'] },
}

/** The columns that a question reads: of its dimensions, its filters and its measures. */
function columnsRead(question: Question, components: readonly Component[]): readonly string[] {
  return [
    ...usedDimensions(question).map((dimension) => dimensionSql(dimension).column),
    ...components.flatMap((one) => (one === 'lines' ? [] : summed[one].columns)),
  ]
}

function namedDimensions({ by, where }: Question): readonly string[] {
  return [...by, ...(where ?? []).map(({ dimension }) => dimension)]
}

/** The allocations that a question groups or filters by. */
function usedTerms(question: Question): readonly AllocationTerm[] {
  const named = namedDimensions(question)
  return (question.allocations ?? []).filter(({ names }) => names.some((name) => named.includes(name)))
}

/** Every dimension that a question groups or filters by; of an allocation, those that its rules look at. */
function usedDimensions(question: Question): readonly string[] {
  const terms = usedTerms(question)
  const plain = namedDimensions(question).filter((name) => !terms.some(({ names }) => names.includes(name)))
  return [...new Set([...plain, ...terms.flatMap(({ rules }) => dimensionsOfRules(rules))])]
}

/** A roll-up by day, small whatever the bill. */
interface SmallDays extends CostTable {
  answers(question: Question, components: readonly Component[]): boolean
}

function knowing(columns: readonly string[]): SmallDays['answers'] {
  const known = new Set(columns)
  return (question, components) =>
    question.grain !== 'hour' && columnsRead(question, components).every((name) => known.has(name))
}

function sumOf(component: Exclude<Component, 'lines'>, shares: Shares | null): string {
  const merge = mergeOf(component)
  const { sql } = summed[component]
  if (!shares || merge !== 'sum') return `${merge}(${sql})`
  return `sum(${sql} * ${component === 'quantity' ? shares.quantity : shares.cost})`
}

const total = (component: Component, shares: Shares | null) =>
  component === 'lines' ? 'sum("Lines")' : sumOf(component, shares)

/** A table that has the columns of the charges, and a day. */
function plainSource(table: string, day: string, type: 'DATE' | 'TIMESTAMP') {
  return (question: Question, window: Window, bound: BoundValues): Source => {
    const { from, value, shares } = allocatedRows(
      {
        from: table,
        value: (dimension) => valueSql(dimension, bound),
        month: `CAST(date_trunc('month', ${day}) AS DATE)`,
      },
      usedTerms(question),
      bound,
    )
    return {
      from,
      conditions: [
        inWindow(day, type, window, bound),
        ...filterConditions(question.where ?? [], bound, value),
      ],
      value,
      currency: '"BillingCurrency"',
      shares,
      tagSet: { key: '"Tags", "x_CostCategories"', join: '' },
    }
  }
}

function inWindow(day: string, type: string, { from, to }: Window, bound: BoundValues): string {
  return `${day} >= CAST(${bound.bind(from)} AS ${type}) AND ${day} < CAST(${bound.bind(to)} AS ${type})`
}

const itemColumns = [...itemDimensions, ...itemMaps, ...rolledMeasures]

export const costMonths: CostTable = {
  name: 'cost_months',
  reason: 'Whole months are asked for: the monthly roll-up knows every dimension of them.',
  rolledUp: true,
  answers: (question, components, facts) =>
    knowing(itemColumns)(question, components) &&
    question.grain !== 'day' &&
    question.grain !== 'week' &&
    [question.window, ...(question.previous ? [question.previous] : [])].every((window) =>
      isWholeMonths(window, facts),
    ) &&
    question.previous?.shift.unit !== 'DAY',
  day: '"Month"',
  moment: null,
  source: (question, window, bound) => {
    const { conditions, ...source } = monthSource(question, bound)
    return { ...source, conditions: [inWindow('"Month"', 'DATE', window, bound), ...conditions] }
  },
  total,
}

/** A window that ends behind the last charge is whole months too: what is left of its month is empty. */
function isWholeMonths({ from, to }: Window, { lastChargeDay }: DataFacts): boolean {
  return from.endsWith('-01') && (to.endsWith('-01') || (lastChargeDay !== null && to > lastChargeDay))
}

export const serviceDays: SmallDays = {
  name: 'service_days',
  reason: 'The daily roll-up by service and region knows all that is asked.',
  rolledUp: true,
  answers: knowing([...serviceDayDimensions, ...rolledMeasures]),
  day: '"Day"',
  moment: null,
  source: plainSource('service_days', '"Day"', 'DATE'),
  total,
}

export const accountDays: SmallDays = {
  name: 'account_days',
  reason: 'The daily roll-up by account knows all that is asked.',
  rolledUp: true,
  answers: knowing([...accountDayDimensions, ...rolledMeasures]),
  day: '"Day"',
  moment: null,
  source: plainSource('account_days', '"Day"', 'DATE'),
  total,
}

export const dailyCosts: CostTable = {
  name: 'counted_costs',
  reason: 'The daily totals by account, service, region and kind of charge know all that is asked.',
  rolledUp: false,
  answers: knowing([...cubeDimensions, ...cubeMeasures]),
  day: '"Day"',
  moment: null,
  source: plainSource('counted_costs', '"Day"', 'DATE'),
  total,
}

export const costDays: CostTable = {
  name: 'cost_days',
  reason: 'The daily roll-up of single items, resources and tags among them, knows all that is asked.',
  rolledUp: true,
  answers: knowing([...itemDimensions, ...itemMaps, ...itemDayMeasures]),
  day: '"Day"',
  moment: null,
  source: (question, window, bound) => itemSource(question, window, bound, null),
  total,
}

/** The days of the few groups that a step of the statement names: others are left out before their days are read. */
export function daysOf(groups: string): CostTable {
  return { ...costDays, source: (question, window, bound) => itemSource(question, window, bound, groups) }
}

/** Tags are looked up once a set of them, which a map makes worth it, and not once an item. */
function monthSource(question: Question, bound: BoundValues): Source {
  const tags = usedDimensions(question).filter((name) => /^(tag|cost-category):/.test(name))
  const looked = (name: string) =>
    tags.includes(name) ? quoteIdentifier(`value of ${name}`) : valueSql(name, bound)
  const values = tags.map((name) => `${valueSql(name, bound)} AS ${looked(name)}`)
  const sets = `JOIN (
    SELECT ${['"TagSet"', ...values].join(', ')} FROM tag_sets) AS sets USING ("TagSet")`
  const { from, value, shares } = allocatedRows(
    { from: `cost_months ${tags.length > 0 ? sets : ''}`, value: looked, month: '"Month"' },
    usedTerms(question),
    bound,
  )
  return {
    from,
    conditions: filterConditions(question.where ?? [], bound, value),
    value,
    currency: '"BillingCurrency"',
    shares,
    tagSet: { key: '"TagSet"', join: 'JOIN tag_sets USING ("TagSet")' },
  }
}

/** Filters and values are worked out once an item and not once a day of it. */
function itemSource(question: Question, window: Window, bound: BoundValues, groups: string | null): Source {
  const months = monthSource(question, bound)
  const column = (name: string) => quoteIdentifier(`value ${question.by.indexOf(name)}`)
  const values = question.by.map((name) => `${months.value(name)} AS ${column(name)}`)
  const conditions = [
    `"Month" >= date_trunc('month', CAST(${bound.bind(window.from)} AS DATE))`,
    `"Month" < CAST(${bound.bind(window.to)} AS DATE)`,
    ...months.conditions,
    ...(groups ? [amongGroups(question, months.value, groups)] : []),
  ]
  const told = ['Item', 'BillingCurrency', 'ChargeCategory', 'x_LineItemType', 'ConsumedUnit', 'TagSet']
  const shares = months.shares && { cost: '"cost share"', quantity: '"quantity share"' }
  const shared = months.shares
    ? [`${months.shares.cost} AS "cost share"`, `${months.shares.quantity} AS "quantity share"`]
    : []
  return {
    ...months,
    shares,
    from: `cost_days JOIN (
    SELECT ${[...told.map(quoteIdentifier), ...values, ...shared].join(', ')} FROM ${months.from}
    WHERE ${conditions.join(' AND ')}) AS items USING ("Item")`,
    conditions: [inWindow('"Day"', 'DATE', window, bound)],
    value: column,
  }
}

function amongGroups({ by }: Question, value: Source['value'], groups: string): string {
  const [values, names] = [by.map(value), by.map(quoteIdentifier)]
  return by.length === 1
    ? `${values.join()} IN (SELECT ${names.join()} FROM ${groups})`
    : `row(${values.join(', ')}) IN (SELECT row(${names.join(', ')}) FROM ${groups})`
}

/** Split cost repeats what an instance costs; its rows would only add empty groups. */
function chargesSource(table: string): CostTable['source'] {
  const source = plainSource(table, '"ChargePeriodStart"', 'TIMESTAMP')
  return (question, window, bound) => {
    const { conditions, ...rest } = source(question, window, bound)
    return { ...rest, conditions: ['"x_SplitCost" IS NULL', ...conditions] }
  }
}

export const charges: CostTable = {
  name: 'counted_charges',
  reason: 'The line items themselves: no roll-up knows all that is asked.',
  rolledUp: false,
  answers: () => true,
  day: 'CAST("ChargePeriodStart" AS DATE)',
  moment: '"ChargePeriodStart"',
  source: chargesSource('counted_charges'),
  total: (component, shares) => (component === 'lines' ? 'count(*)' : sumOf(component, shares)),
}

/** The line items with their places in the table, for reading them one by one. */
export const numberedCharges: CostTable = { ...charges, source: chargesSource('numbered_charges AS charges') }

/** The dear ones among them, by themselves. */
export const dearCharges: CostTable = { ...charges, source: chargesSource('dear_charges AS charges') }

/** Smallest first. */
export const costTables: readonly CostTable[] = [
  costMonths,
  serviceDays,
  accountDays,
  dailyCosts,
  costDays,
  charges,
]

/** The smallest table that can answer. */
export function tableFor(question: Question, components: readonly Component[], facts: DataFacts): CostTable {
  const table = costTables.find(
    (one) => (facts.rolledUp || !one.rolledUp) && one.answers(question, components, facts),
  )
  return table ?? charges
}
