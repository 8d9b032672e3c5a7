import { at, type Values } from '../numbers'

/**
 * Ridge regression by the normal equations and Cholesky's factor. `rows` holds the columns side by side. The
 * penalty is relative to each column's own size, so that the answer does not depend on the unit of the data.
 */
export function ridge(rows: Values, targets: Values, columns: number, penalty: number): Values | null {
  const count = targets.length
  const square = new Float64Array(columns * columns)
  const right = new Float64Array(columns)
  for (let row = 0; row < count; row += 1) {
    const from = row * columns
    const target = at(targets, row)
    for (let left = 0; left < columns; left += 1) {
      const value = at(rows, from + left)
      if (value === 0) continue
      right[left] = at(right, left) + value * target
      for (let other = 0; other <= left; other += 1) {
        square[left * columns + other] = at(square, left * columns + other) + value * at(rows, from + other)
      }
    }
  }
  for (let left = 0; left < columns; left += 1) {
    const place = left * columns + left
    square[place] = at(square, place) * (1 + penalty) + 1e-300
  }
  return solve(square, right, columns)
}

/** Solves for a symmetric matrix of which the lower half is given; null where it is singular. */
function solve(square: Values, right: Values, columns: number): Values | null {
  for (let row = 0; row < columns; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let value = at(square, row * columns + column)
      for (let inner = 0; inner < column; inner += 1) {
        value -= at(square, row * columns + inner) * at(square, column * columns + inner)
      }
      if (row === column) {
        if (!(value > 0)) return null
        square[row * columns + column] = Math.sqrt(value)
      } else square[row * columns + column] = value / at(square, column * columns + column)
    }
  }
  const answer = right.slice()
  for (let row = 0; row < columns; row += 1) {
    let value = at(answer, row)
    for (let inner = 0; inner < row; inner += 1)
      value -= at(square, row * columns + inner) * at(answer, inner)
    answer[row] = value / at(square, row * columns + row)
  }
  for (let row = columns - 1; row >= 0; row -= 1) {
    let value = at(answer, row)
    for (let inner = row + 1; inner < columns; inner += 1) {
      value -= at(square, inner * columns + row) * at(answer, inner)
    }
    answer[row] = value / at(square, row * columns + row)
  }
  return answer.every(Number.isFinite) ? answer : null
}
