import type { Driver } from '../../../analytics/contract/drivers'
import type { UnitGrain, UnitPoint } from '../../../analytics/contract/unit-costs'
import type { ChartPoint } from '../../charts/model'
import { dayPoints, monthPoints } from '../../charts/points'
import { forDrawing } from '../../format/decimal'
import { counted, formatMoney } from '../../format/money'
import { formatDay, formatMonth } from '../../format/time'

/** The cost of one order may be a fraction of a cent: as many digits as tell two of them apart. */
export function unitDigits(unitCosts: readonly (string | null)[]): number {
  const largest = Math.max(0, ...unitCosts.map((one) => Math.abs(forDrawing(one ?? '0'))))
  if (largest === 0 || largest >= 100) return 2
  return largest >= 1 ? 4 : 6
}

/** Whole counts without decimals. */
export function unitsText(units: string): string {
  const isWhole = /^-?\d+(\.0*)?$/.test(units)
  return formatMoney(units, { digits: isWhole ? 0 : 2 })
}

export function timeText(time: string, grain: UnitGrain): string {
  switch (grain) {
    case 'day':
      return formatDay(time)
    case 'week':
      return `Week of ${formatDay(time)}`
    case 'month':
      return formatMonth(time.slice(0, 7))
    case 'quarter':
    case 'year':
      return `From ${formatMonth(time.slice(0, 7))}`
  }
}

/** What a figure leaves out; null where it is whole. */
export function missingText(
  { missing, steps, partial, gaps }: Pick<UnitPoint, 'missing' | 'steps' | 'partial' | 'gaps'>,
  { grain }: Pick<Driver, 'grain'>,
): string | null {
  const parts = [
    ...(missing > 0 ? [`${missing} of ${counted(steps, grain, `${grain}s`)} without a value`] : []),
    ...(gaps > 0 ? [counted(gaps, 'value of a label missing', 'values of labels missing')] : []),
    ...(partial ? ['bill still incomplete'] : []),
  ]
  return parts.length === 0 ? null : parts.join(', ')
}

export function chartPoints(
  points: readonly UnitPoint[],
  grain: UnitGrain,
  driver: Driver,
): readonly ChartPoint[] {
  const times = points.map(({ time }) => time)
  const plain =
    grain === 'day' || grain === 'week'
      ? dayPoints(times)
      : monthPoints(
          times.map((time) => time.slice(0, 7)),
          null,
        )
  return plain.map((point, at) => {
    const own = points[at]
    const note = own === undefined ? null : missingText(own, driver)
    return {
      ...point,
      title: own === undefined ? point.title : timeText(own.time, grain),
      ...(note === null ? {} : { note, isPartial: true }),
    }
  })
}
