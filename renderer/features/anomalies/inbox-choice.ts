import type { AnomaliesRequest, Anomaly } from '../../../analytics/contract/anomalies'
import type { Settings } from '../../../analytics/contract/application'
import { compareDecimals } from '../../format/decimal'

type View = Readonly<Record<string, string>>

export const stateOptions = [
  { value: 'open', title: 'New' },
  { value: 'real', title: 'Acknowledged' },
  { value: 'closed', title: 'Closed' },
  { value: 'all', title: 'All' },
] as const
export type InboxState = (typeof stateOptions)[number]['value']

export const orderOptions = [
  { value: 'newest', title: 'newest' },
  { value: 'impact', title: 'largest' },
] as const
export type InboxOrder = (typeof orderOptions)[number]['value']

/** The dial. Twelve is what the engine takes when nobody says otherwise. */
export const dialOptions = [
  { value: '2', title: '2 a year', hint: 'Only what stands out far' },
  { value: '6', title: '6 a year' },
  { value: '12', title: '12 a year', hint: 'One a month' },
  { value: '26', title: '26 a year' },
  { value: '52', title: '52 a year', hint: 'One a week, and the smallest changes' },
] as const
export type Dial = (typeof dialOptions)[number]['value']

export const floorOptions = [
  { value: '0', title: 'any' },
  { value: '10', title: '10 a day' },
  { value: '50', title: '50 a day' },
  { value: '250', title: '250 a day' },
  { value: '1000', title: '1,000 a day' },
] as const
export type Floor = (typeof floorOptions)[number]['value']

function chosen<T extends string>(
  options: readonly { readonly value: T }[],
  value: string | undefined,
  otherwise: T,
): T {
  return options.find((option) => option.value === value)?.value ?? otherwise
}

export interface InboxChoice {
  readonly state: InboxState
  readonly order: InboxOrder
  readonly dial: Dial
  readonly floor: Floor
}

export function readInboxChoice(view: View): InboxChoice {
  return {
    state: chosen(stateOptions, view.state, 'open'),
    order: chosen(orderOptions, view.order, 'newest'),
    dial: chosen(dialOptions, view.dial, '12'),
    floor: chosen(floorOptions, view.floor, '0'),
  }
}

export function anomaliesQuestion(
  { basis, currency }: Settings,
  { dial, floor }: InboxChoice,
): AnomaliesRequest {
  return {
    measure: basis,
    ...(currency === null ? {} : { currency }),
    perYear: Number(dial),
    ...(floor === '0' ? {} : { floor }),
  }
}

function size(amount: string): string {
  return amount.replace('-', '')
}

export function inState({ label }: Anomaly, state: InboxState): boolean {
  switch (state) {
    case 'open':
      return label === null
    case 'real':
      return label === 'real'
    case 'closed':
      return label !== null && label !== 'real'
    case 'all':
      return true
  }
}

export function shownInInbox(
  anomalies: readonly Anomaly[],
  { state, order }: InboxChoice,
): readonly Anomaly[] {
  return anomalies
    .filter((anomaly) => inState(anomaly, state))
    .toSorted((left, right) => {
      const byImpact = compareDecimals(size(right.impact), size(left.impact))
      const byDay = right.start.localeCompare(left.start)
      return order === 'newest' ? byDay || byImpact : byImpact || byDay
    })
}
