import type { BillCell, CellDimensions } from './bill-cells'

/** From the whole bill down. The last, the line, is read from the store; those above are sums of lines. */
export const upperLevels: readonly (readonly string[])[] = [
  [],
  ['account'],
  ['service'],
  ['region'],
  ['usage-type'],
  ['account', 'service'],
]

/** Sums of the lines that agree in these dimensions. */
export function sumsOf(lines: readonly BillCell[], level: readonly string[]): readonly BillCell[] {
  const sums = new Map<string, { dimensions: CellDimensions; values: Float64Array }>()
  for (const { dimensions, values } of lines) {
    const mine = Object.fromEntries(level.map((name) => [name, dimensions[name] ?? '']))
    const key = keyOf(mine)
    const sum = sums.get(key)
    if (sum === undefined) {
      sums.set(key, { dimensions: mine, values: Float64Array.from(values) })
      continue
    }
    for (let day = 0; day < values.length; day += 1)
      sum.values[day] = (sum.values[day] ?? 0) + (values[day] ?? 0)
  }
  return [...sums.values()]
}

export function keyOf(dimensions: CellDimensions): string {
  return JSON.stringify(Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Nothing that both know contradicts: one can lie within the other. */
export function compatible(one: CellDimensions, other: CellDimensions): boolean {
  return Object.entries(one).every(([name, value]) => other[name] === undefined || other[name] === value)
}
