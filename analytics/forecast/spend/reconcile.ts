import { at, type Values } from '../numbers'

/**
 * Brings parts to the sum they must have. What is missing or too much is spread over them by their size, so that
 * large parts carry most of it and small ones keep their shape.
 */
export function reconcile(parts: readonly Values[], total: Values): readonly Values[] {
  const settled = parts.map((part) => part.slice())
  for (let step = 0; step < total.length; step += 1) {
    let sum = 0
    let size = 0
    for (const part of parts) {
      sum += at(part, step)
      size += Math.abs(at(part, step))
    }
    const missing = at(total, step) - sum
    for (const [index, part] of parts.entries()) {
      const share = size > 0 ? Math.abs(at(part, step)) / size : 1 / parts.length
      const mine = settled[index]
      if (mine) mine[step] = at(part, step) + missing * share
    }
  }
  return settled
}

/** The sum of the parts beside a forecast of the sum: which is nearer the truth, the backtests say. */
export function blended(sum: Values, sumError: number, direct: Values, directError: number): Values {
  const weight = shareOfFirst(sumError, directError)
  return sum.map((value, step) => weight * value + (1 - weight) * at(direct, step))
}

function shareOfFirst(first: number, second: number): number {
  const [a, b] = [second ** 2, first ** 2]
  return a + b > 0 ? a / (a + b) : 0.5
}
