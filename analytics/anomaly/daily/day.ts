/** A day as the detector sees it. */
export interface Day {
  readonly at: number
  /** NaN where the day is absent. */
  readonly value: number
  readonly weekday: number
  readonly monthDay: number
  readonly daysLeft: number
}
