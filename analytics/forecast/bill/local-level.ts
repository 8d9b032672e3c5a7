import { at, type Values } from '../numbers'

/**
 * Running median over a centred window that is cut at the ends. A sorted window is kept up to date by insertion:
 * windows are short.
 */
export function runningMedian(history: Values, width: number): Values {
  const size = history.length
  const half = Math.floor(width / 2)
  const window: number[] = []
  const smooth = new Float64Array(size)
  const place = (value: number) => {
    let low = 0
    let high = window.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((window[middle] ?? 0) < value) low = middle + 1
      else high = middle
    }
    return low
  }
  for (let index = 0; index < Math.min(size, half); index += 1) {
    window.splice(place(at(history, index)), 0, at(history, index))
  }
  for (let index = 0; index < size; index += 1) {
    const entering = index + half
    if (entering < size) window.splice(place(at(history, entering)), 0, at(history, entering))
    const leaving = index - half - 1
    if (leaving >= 0) window.splice(place(at(history, leaving)), 1)
    const count = window.length
    const upper = window[count >> 1] ?? 0
    smooth[index] = count % 2 === 1 ? upper : ((window[(count >> 1) - 1] ?? 0) + upper) / 2
  }
  return smooth
}
