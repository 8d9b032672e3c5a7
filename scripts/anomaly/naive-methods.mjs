/** What people use: each answers with the days on which it would have raised an alarm, knowing only days before. */

/** @param {readonly number[]} values */
const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
/** @param {readonly number[]} values */
function medianOf(values) {
  const ordered = [...values].sort((a, b) => a - b)
  return ordered[ordered.length >> 1] ?? 0
}

/** @type {Record<string, (values: readonly number[]) => number[]>} */
export const naiveMethods = {
  'three sigma over 30 days': (values) =>
    daysWhere(values, 30, (value, before) => {
      const mean = meanOf(before)
      const deviation = Math.sqrt(meanOf(before.map((one) => (one - mean) ** 2)))
      return Math.abs(value - mean) > 3 * deviation
    }),
  'a quarter off the 30-day mean': (values) =>
    daysWhere(
      values,
      30,
      (value, before) => Math.abs(value - meanOf(before)) > 0.25 * Math.abs(meanOf(before)),
    ),
  'same weekday, 3 MAD': (values) =>
    daysWhere(values, 56, (value, before) => {
      const same = before.filter((_, at) => (before.length - at) % 7 === 0)
      const middle = medianOf(same)
      return Math.abs(value - middle) > 3 * 1.4826 * medianOf(same.map((one) => Math.abs(one - middle)))
    }),
}

/** @param {readonly number[]} values @param {number} window @param {(value: number, before: readonly number[]) => boolean} out */
function daysWhere(values, window, out) {
  const days = []
  for (let day = window; day < values.length; day += 1) {
    if (out(values[day] ?? 0, values.slice(day - window, day))) days.push(day)
  }
  return days
}
