import type { Offering, Payment, Term } from '../contract/commitments'
import type { Connection, Row } from '../store/connection'
import { compileTerms } from './compile-commitments'
import { familyOf, instanceOf } from './coverable-usage'

/** A commitment as the bill describes it, whatever it cost. */
export interface HeldCommitment {
  readonly id: string
  readonly offering: Offering
  readonly account: string
  readonly region: string | null
  /** What it was bought for; null of plans. */
  readonly usageType: string | null
  readonly operation: string
  readonly instance: string | null
  readonly family: string | null
  readonly count: string | null
  /** What a plan commits an hour; in all, and in how many hours. */
  readonly committed: string | null
  readonly hours: number | null
  readonly term: Term | null
  readonly payment: Payment | null
  readonly starts: string | null
  /** The day after the last one. */
  readonly ends: string | null
}

export async function readHeld(
  connection: Connection,
  signal: AbortSignal,
): Promise<readonly HeldCommitment[]> {
  const { sql, values } = compileTerms()
  return (await connection.rows(sql, values, signal)).map(heldOf)
}

function heldOf(row: Row): HeldCommitment {
  const text = (name: string) => (row[name] === null || row[name] === undefined ? null : String(row[name]))
  const offering = offeringOf(text('type'), text('offering'))
  const usageType = offering === 'reservation' ? text('usage_type') : null
  const instance = usageType === null ? null : instanceOf(usageType)
  const region = offering === 'reservation' ? text('place') : text('region')
  return {
    id: String(row.id),
    offering,
    account: text('account') ?? '',
    region: region === 'Any' ? null : region,
    usageType,
    operation: text('operation') ?? '',
    instance,
    family: instance === null ? text('family') : familyOf(instance),
    count: text('count'),
    committed: text('committed'),
    hours: row.hours === null ? null : Number(row.hours),
    term: text('term')?.startsWith('3') ? 3 : text('term')?.startsWith('1') ? 1 : null,
    payment: paymentOf(text('payment')),
    starts: text('starts'),
    ends: text('ends'),
  }
}

function offeringOf(type: string | null, offering: string | null): Offering {
  if (type !== 'Savings Plan') return 'reservation'
  if (/^EC2Instance/i.test(offering ?? '')) return 'ec2-instance-plan'
  if (/SageMaker/i.test(offering ?? '')) return 'sagemaker-plan'
  return /Database/i.test(offering ?? '') ? 'database-plan' : 'compute-plan'
}

function paymentOf(text: string | null): Payment | null {
  if (text === null) return null
  if (/^no/i.test(text)) return 'no-upfront'
  if (/^partial/i.test(text)) return 'partial-upfront'
  return /^all/i.test(text) ? 'all-upfront' : null
}

const everywhere: Readonly<Record<Exclude<Offering, 'reservation'>, string>> = {
  'compute-plan': 'EC2, Fargate and Lambda',
  'ec2-instance-plan': 'EC2',
  'sagemaker-plan': 'SageMaker',
  'database-plan': 'Databases',
}

/** What it is for, in words that a person would look for. */
export function scopeOf({ offering, instance, usageType, family, region }: HeldCommitment): string {
  const what =
    offering === 'reservation'
      ? (instance ?? usageType ?? 'Reservation')
      : offering === 'ec2-instance-plan' && family !== null
        ? family
        : everywhere[offering]
  return region === null ? what : `${what} in ${region}`
}
