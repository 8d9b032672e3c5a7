import type { CostMeasure, Measure } from '../contract/spend'

/**
 * What is summed. Every measure is computed from these after they have been added up, so that a rate of a group, of
 * "(other)" and of the total is always that of its own sums.
 */
export type Component =
  | 'billed'
  | 'effective'
  | 'list'
  | 'contracted'
  | 'unblended'
  | 'net-unblended'
  | 'amortized'
  | 'quantity'
  | 'list in scope'
  | 'cost in scope'
  | 'lowest unit'
  | 'highest unit'
  | 'lines'

interface Meaning {
  readonly components: readonly Component[]
  /** SQL over the components; `of` gives the name of one, of this window or of the one compared with. */
  readonly sql: (of: (component: Component) => string) => string
  readonly kind: 'money' | 'number'
  /** Its parts add up to it. */
  readonly additive: boolean
}

const sumOf = (component: Component, kind: 'money' | 'number' = 'money'): Meaning => ({
  components: [component],
  sql: (of) => of(component),
  kind,
  additive: true,
})

/** Quantities in different units are never added: hours and gigabytes are not a number of anything. */
const oneUnit = (of: (component: Component) => string) =>
  `${of('lowest unit')} IS NOT DISTINCT FROM ${of('highest unit')}`

const meanings: { readonly [M in Measure]: Meaning } = {
  billed: sumOf('billed'),
  effective: sumOf('effective'),
  list: sumOf('list'),
  contracted: sumOf('contracted'),
  unblended: sumOf('unblended'),
  'net-unblended': sumOf('net-unblended'),
  amortized: sumOf('amortized'),
  'net-amortized': sumOf('effective'),
  lines: sumOf('lines', 'number'),
  quantity: {
    components: ['quantity', 'lowest unit', 'highest unit'],
    sql: (of) => `CASE WHEN ${oneUnit(of)} THEN ${of('quantity')} END`,
    kind: 'number',
    additive: true,
  },
  savings: {
    components: ['list in scope', 'cost in scope'],
    sql: (of) => `${of('list in scope')} - ${of('cost in scope')}`,
    kind: 'money',
    additive: true,
  },
  'savings-rate': {
    components: ['list in scope', 'cost in scope'],
    sql: (of) =>
      `round(CAST((1 - ${of('cost in scope')} / NULLIF(${of('list in scope')}, 0)) * 100 AS DOUBLE), 4)`,
    kind: 'number',
    additive: false,
  },
  'unit-cost': {
    components: ['effective', 'quantity', 'lowest unit', 'highest unit'],
    sql: (of) =>
      `CASE WHEN ${oneUnit(of)} THEN TRY_CAST(${of('effective')} / NULLIF(${of('quantity')}, 0) AS DECIMAL(38,12)) END`,
    kind: 'money',
    additive: false,
  },
}

export function meaningOf(measure: Measure): Meaning {
  return meanings[measure]
}

/** What ranks a group where the measure itself is a rate. */
export function rankOf(measure: Measure): Meaning {
  if (measure === 'savings-rate') return meanings.savings
  return measure === 'unit-cost' ? meanings.effective : meanings[measure]
}

export function componentsOf(measures: readonly Measure[]): readonly Component[] {
  const used = measures.flatMap((measure) => [
    ...meaningOf(measure).components,
    ...rankOf(measure).components,
  ])
  // Lines tell an answer of nothing from one that comes to zero.
  return [...new Set<Component>([...used, 'lines'])]
}

/** How a component of two groups becomes that of both. */
export function mergeOf(component: Component): 'sum' | 'min' | 'max' {
  if (component === 'lowest unit') return 'min'
  return component === 'highest unit' ? 'max' : 'sum'
}

const costColumns: { readonly [M in CostMeasure]: string } = {
  billed: '"BilledCost"',
  effective: '"EffectiveCost"',
  list: '"ListCost"',
  contracted: '"ContractedCost"',
}

export function measureColumn(measure: CostMeasure): string {
  return costColumns[measure]
}
