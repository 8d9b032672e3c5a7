import type { Offering, Payment } from '../../../analytics/contract/commitments'

export const offeringWords: Readonly<Record<Offering, string>> = {
  'compute-plan': 'Compute Savings Plan',
  'ec2-instance-plan': 'EC2 Instance Savings Plan',
  'sagemaker-plan': 'SageMaker Savings Plan',
  'database-plan': 'Database Savings Plan',
  reservation: 'Reservation',
}

export const paymentWords: Readonly<Record<Payment, string>> = {
  'no-upfront': 'No upfront',
  'partial-upfront': 'Partial upfront',
  'all-upfront': 'All upfront',
}

/** A share from 0 to 1 as a percentage for reading. */
export function percentOf(share: number): number {
  return share * 100
}
