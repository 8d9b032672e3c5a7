import type { Window } from '../contract/periods'
import { cubeMeasures } from '../store/warehouse-schema'
import type { BoundValues } from './bound-values'
import { dimensionSql } from './dimensions'
import { filterConditions, valueSql } from './filters'
import { type Component, mergeOf } from './measures'
import type { Question } from './question'

/** A table that can answer questions. All hold the same exact decimals, so that whichever is read gives the same digits. */
export interface CostTable {
  readonly name: string
  /** Why it is read, as "how computed" says it. */
  readonly reason: string
  /** Whether it knows everything that a question needs. */
  answers(question: Question, components: readonly Component[]): boolean
  /** The day a row belongs to; with hours, its moment. */
  readonly day: string
  readonly moment: string | null
  days(window: Window, bound: BoundValues): string
  /** The rows of a question, already narrowed by its filters or with conditions still to be put. */
  source(question: Question, bound: BoundValues): Source
  /** A component added up over rows. */
  total(component: Component): string
}

interface Source {
  readonly from: string
  readonly conditions: readonly string[]
  /** A dimension's value in a row. */
  value(dimension: string): string
  readonly currency: string
}

const usageOrUnused = `("ChargeCategory" = 'Usage' OR COALESCE("x_LineItemType", '') IN ('RIFee', 'SavingsPlanRecurringFee'))`

const columns: { readonly [C in Exclude<Component, 'lines'>]: string } = {
  billed: '"BilledCost"',
  effective: '"EffectiveCost"',
  list: '"ListCost"',
  contracted: '"ContractedCost"',
  unblended: '"x_UnblendedCost"',
  'net-unblended': '"x_NetUnblendedCost"',
  amortized: '"x_AmortizedCost"',
  quantity: '"ConsumedQuantity"',
  // An unused commitment is paid for usage that did not happen: it lowers the savings.
  'list in scope': `CASE WHEN ${usageOrUnused} THEN "ListCost" END`,
  'cost in scope': `CASE WHEN ${usageOrUnused} THEN "EffectiveCost" END`,
  'lowest unit': `CASE WHEN "ConsumedQuantity" <> 0 THEN COALESCE("ConsumedUnit", '') END`,
  'highest unit': `CASE WHEN "ConsumedQuantity" <> 0 THEN COALESCE("ConsumedUnit", '') END`,
}

function sumSql(component: Exclude<Component, 'lines'>): string {
  return `${mergeOf(component)}(${columns[component]})`
}

function plainSource(from: string, { where }: Question, bound: BoundValues): Source {
  return {
    from,
    conditions: filterConditions(where ?? [], bound),
    value: (dimension) => valueSql(dimension, bound),
    currency: '"BillingCurrency"',
  }
}

/** Every dimension that a question groups or filters by. */
export function usedDimensions({ by, where }: Pick<Question, 'by' | 'where'>): readonly string[] {
  return [...new Set([...by, ...(where ?? []).map(({ dimension }) => dimension)])]
}

const inCube: ReadonlySet<string> = new Set<string>(cubeMeasures.map((name) => `"${name}"`))

export const dailyCosts: CostTable = {
  name: 'counted_costs',
  reason: 'The daily totals by account, service, region and kind of charge know all that is asked.',
  answers: (question, components) =>
    question.grain !== 'hour' &&
    usedDimensions(question).every((dimension) => dimensionSql(dimension).inCube) &&
    components.every(
      (one) =>
        one === 'lines' || inCube.has(columns[one]) || one === 'list in scope' || one === 'cost in scope',
    ) &&
    !components.includes('quantity'),
  day: '"Day"',
  moment: null,
  days: ({ from, to }, bound) =>
    `"Day" >= CAST(${bound.bind(from)} AS DATE) AND "Day" < CAST(${bound.bind(to)} AS DATE)`,
  source: (question, bound) => plainSource('counted_costs', question, bound),
  total: (component) => (component === 'lines' ? 'sum("Lines")' : sumSql(component)),
}

export const charges: CostTable = {
  name: 'counted_charges',
  reason: 'The line items themselves: no roll-up knows all that is asked.',
  answers: () => true,
  day: 'CAST("ChargePeriodStart" AS DATE)',
  moment: '"ChargePeriodStart"',
  days: ({ from, to }, bound) =>
    // Split cost repeats what an instance costs; its rows would only add empty groups.
    `"x_SplitCost" IS NULL AND "ChargePeriodStart" >= CAST(${bound.bind(from)} AS TIMESTAMP) AND "ChargePeriodStart" < CAST(${bound.bind(to)} AS TIMESTAMP)`,
  source: (question, bound) => plainSource('counted_charges', question, bound),
  total: (component) => (component === 'lines' ? 'count(*)' : sumSql(component)),
}

export function tableFor(question: Question, components: readonly Component[]): CostTable {
  return dailyCosts.answers(question, components) ? dailyCosts : charges
}
