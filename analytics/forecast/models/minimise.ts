import { at, type Values, within } from '../numbers'

export interface Bounds {
  readonly low: readonly number[]
  readonly high: readonly number[]
}

/**
 * Nelder and Mead's simplex inside a box. Written out because it is called a hundred thousand times a run:
 * no allocation but the simplex itself.
 */
export function minimise(
  cost: (point: Values) => number,
  start: readonly number[],
  bounds: Bounds,
  mostCalls: number,
): Values {
  const size = start.length
  const limit = (point: Values) => {
    for (let index = 0; index < size; index += 1) {
      point[index] = within(at(point, index), bounds.low[index] ?? 0, bounds.high[index] ?? 1)
    }
    return point
  }
  let calls = 0
  const costOf = (point: Values) => {
    calls += 1
    const value = cost(limit(point))
    return Number.isFinite(value) ? value : Number.MAX_VALUE
  }
  const simplex = Array.from({ length: size + 1 }, (_, corner) => {
    const point = Float64Array.from(start)
    if (corner > 0) {
      const index = corner - 1
      const span = (bounds.high[index] ?? 1) - (bounds.low[index] ?? 0)
      const step = 0.2 * span
      point[index] = at(point, index) + (at(point, index) + step > (bounds.high[index] ?? 1) ? -step : step)
    }
    return { point, value: costOf(point) }
  })
  const centre = new Float64Array(size)
  const towards = (factor: number, worst: Values) => {
    const point = new Float64Array(size)
    for (let index = 0; index < size; index += 1) {
      point[index] = at(centre, index) + factor * (at(centre, index) - at(worst, index))
    }
    return { point, value: costOf(point) }
  }
  while (calls < mostCalls) {
    simplex.sort((a, b) => a.value - b.value)
    const [best] = simplex
    const last = simplex[size]
    const second = simplex[size - 1]
    if (!best || !last || !second) break
    if (last.value - best.value <= 1e-7 * Math.abs(best.value)) break
    centre.fill(0)
    for (let corner = 0; corner < size; corner += 1) {
      const point = simplex[corner]?.point ?? best.point
      for (let index = 0; index < size; index += 1) {
        centre[index] = at(centre, index) + at(point, index) / size
      }
    }
    const mirrored = towards(1, last.point)
    if (mirrored.value < best.value) {
      const further = towards(2, last.point)
      simplex[size] = further.value < mirrored.value ? further : mirrored
    } else if (mirrored.value < second.value) {
      simplex[size] = mirrored
    } else {
      const closer = mirrored.value < last.value ? towards(0.5, last.point) : towards(-0.5, last.point)
      if (closer.value < Math.min(mirrored.value, last.value)) simplex[size] = closer
      else {
        for (const corner of simplex.slice(1)) {
          for (let index = 0; index < size; index += 1) {
            corner.point[index] = (at(corner.point, index) + at(best.point, index)) / 2
          }
          corner.value = costOf(corner.point)
        }
      }
    }
  }
  simplex.sort((a, b) => a.value - b.value)
  return simplex[0]?.point ?? Float64Array.from(start)
}
