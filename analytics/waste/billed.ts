import type { Resource } from '../contract/inventory'

/** What the bill says of one meter of one resource in the days that costs are of. */
export interface BilledLine {
  readonly key: string
  readonly usageType: string
  /** The usage type without its region: `NatGateway-Hours`. */
  readonly meter: string
  readonly operation: string
  readonly service: string
  readonly quantity: number
  /** Net amortized, exact. */
  readonly cost: string
  readonly list: string
  /** The part of the cost that commitments pay. */
  readonly covered: string
  /** What is paid of a list price after discounts; null where the bill has no list price. */
  readonly kept: number | null
  /** The cost once more, to compare with and never to add up: money is `cost`. */
  readonly weight: number
  readonly coveredWeight: number
  /** Days with a line: in the days that costs are of, and in the whole look-back. */
  readonly days: number
  readonly historyDays: number
  readonly first: string
  readonly last: string
  /** Quantity in the newest thirty days, the thirty before, and those before them. */
  readonly periods: readonly [number, number, number]
  /** Highest over lowest daily quantity, at their nearest of the two ways in which months are metered. */
  readonly spread: number
}

export interface BilledResource {
  readonly payer: string
  readonly account: string
  readonly region: string
  readonly name: string
  readonly currency: string
  readonly lines: readonly BilledLine[]
  /** What the newest scan saw; null where there was none, or it did not see this. */
  readonly known: KnownResource | null
}

export interface KnownResource extends Resource {
  readonly inbound: readonly Related[]
  readonly outbound: readonly Related[]
}

export interface Related {
  readonly relation: string
  readonly id: string
}

export const hasMeter = (pattern: RegExp) => (line: BilledLine) => pattern.test(line.meter)

export function linesOf({ lines }: BilledResource, pattern: RegExp): readonly BilledLine[] {
  return lines.filter(hasMeter(pattern))
}

export function quantityOf(lines: readonly BilledLine[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0)
}

export const daysInMonth = 30.4375

/** Storage is metered in gigabyte-months: what the days have of it, as if they were a month. */
export function gigabytesOf(lines: readonly BilledLine[]): number {
  return lines.reduce((sum, { quantity, days }) => sum + (days > 0 ? (quantity * daysInMonth) / days : 0), 0)
}

/** Hours a month of the same. */
export const hoursInMonth = daysInMonth * 24

/** What is paid of a list price for these lines, as the bill has it. */
export function keptOf(lines: readonly BilledLine[]): number {
  const known = lines.filter(({ kept, weight }) => kept !== null && weight > 0)
  const paid = known.reduce((sum, { weight }) => sum + weight, 0)
  const listed = known.reduce((sum, { weight, kept }) => sum + weight / (kept || 1), 0)
  return listed > 0 ? paid / listed : 1
}

/** The end of an ARN: `nat-0123` of `arn:aws:ec2:eu-west-1:1:natgateway/nat-0123`. */
export function lastPart(name: string): string {
  return name.split(/[/:]/).at(-1) ?? name
}
