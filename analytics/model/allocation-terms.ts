import type { AllocationRule } from '../contract/allocation'
import { unallocated, untagged } from '../contract/dimensions'
import { quoteIdentifier } from '../store/sql-text'
import type { BoundValues } from './bound-values'
import { filterConditions } from './filters'

/** What a set of rules makes of each row of a question: a column that can be grouped and filtered by. */
export interface AllocationTerm {
  /** What the question calls it by: the first set has two names. */
  readonly names: readonly string[]
  /** In force, in their order. */
  readonly rules: readonly AllocationRule[]
  /** The value that a row is given, or the place of the rule that gives it. */
  readonly tells: 'value' | 'rule'
  /** Some values are divided among others: their rows are read once a part, each with its share. */
  readonly divided: boolean
}

/** The shares of divided values, by month and currency; made for each question that needs them. */
export const partsTable = 'allocation_parts'

/** Shares carry twelve decimals, so that a cost times its share is exact in 24 and parts always add up. */
const wholeShare = 'CAST(1 AS DECIMAL(13,12))'
/** Quantities can be far bigger numbers than money: they leave less room for decimals. */
const wholeQuantityShare = 'CAST(1 AS DECIMAL(7,6))'

export interface Shares {
  readonly cost: string
  readonly quantity: string
}

/** Rows of a table before anything is allocated. */
interface Rows {
  readonly from: string
  readonly value: (dimension: string) => string
  /** The first day of a row's month. */
  readonly month: string
}

export interface AllocatedRows {
  readonly from: string
  readonly value: (dimension: string) => string
  /** null where every row counts whole. */
  readonly shares: Shares | null
}

/** Every dimension that the rules of a term look at. */
export function dimensionsOfRules(rules: readonly AllocationRule[]): readonly string[] {
  return rules.flatMap(({ where, toValueOf }) => [
    ...where.map(({ dimension }) => dimension),
    ...(toValueOf === undefined ? [] : [toValueOf]),
  ])
}

/** The same rows with a column for each term. */
export function allocatedRows(
  rows: Rows,
  terms: readonly AllocationTerm[],
  bound: BoundValues,
): AllocatedRows {
  if (terms.length === 0) return { from: rows.from, value: rows.value, shares: null }
  const columnOf = ({ names }: AllocationTerm) => quoteIdentifier(`given by ${names[0]}`)
  const columns = terms.map((term) => `${givenSql(term, rows.value, bound)} AS ${columnOf(term)}`)
  const given = `(SELECT *, ${columns.join(', ')} FROM ${rows.from}) AS charges`
  const divided = terms.find((term) => term.divided)
  const value = (name: string) => {
    const term = terms.find(({ names }) => names.includes(name))
    if (!term) return rows.value(name)
    return term === divided ? `COALESCE(parts."PartValue", ${columnOf(term)})` : columnOf(term)
  }
  if (!divided) return { from: given, value, shares: null }
  const parts = `LEFT JOIN ${partsTable} AS parts ON parts."Pool" = ${columnOf(divided)}
    AND parts."PartMonth" = ${rows.month} AND parts."PartCurrency" = "BillingCurrency"`
  return {
    from: `${given} ${parts}`,
    value,
    shares: {
      cost: `COALESCE(parts."Share", ${wholeShare})`,
      quantity: `COALESCE(parts."QuantityShare", ${wholeQuantityShare})`,
    },
  }
}

/** The first rule whose conditions a row fulfils. */
function givenSql(
  { rules, tells }: AllocationTerm,
  value: (dimension: string) => string,
  bound: BoundValues,
): string {
  const nothing = tells === 'rule' ? '-1' : `'${unallocated}'`
  if (rules.length === 0) return `CAST(${nothing} AS ${tells === 'rule' ? 'INTEGER' : 'VARCHAR'})`
  const cases = rules.map((rule, place) => {
    const conditions = [
      ...filterConditions(rule.where, bound, value),
      ...(rule.toValueOf === undefined ? [] : [`${value(rule.toValueOf)} <> '${untagged}'`]),
    ]
    const given =
      rule.toValueOf === undefined ? `CAST(${bound.bind(rule.to ?? null)} AS VARCHAR)` : value(rule.toValueOf)
    return `WHEN ${conditions.length === 0 ? 'true' : conditions.join(' AND ')} THEN ${tells === 'rule' ? place : given}`
  })
  return `CASE ${cases.join(' ')} ELSE ${nothing} END`
}
