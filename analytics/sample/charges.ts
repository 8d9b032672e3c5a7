import { type Account, payer } from './accounts'
import { addDays, addMonths, daysBetween, monthStart } from './calendar'
import type { Organisation } from './organisation'

const support = { productCode: 'AWSSupportEnterprise', productName: 'AWS Support (Enterprise)' } as const

/** What is on a bill beside usage: support, a subscription from the Marketplace, credits, a refund, tax. */
export function addCharges(organisation: Organisation): void {
  addMarketplace(organisation)
  for (const account of [...Object.values(organisation.accounts), payer]) {
    organisation.add('support', account, {
      ...support,
      usageType: 'Dollar',
      operation: '',
      description: 'AWS Support (Enterprise) for the month',
      unit: 'Dollar',
      product: { product_name: support.productName },
      keep: '1.0000',
    })
  }
  addCredits(organisation)
  addTaxes(organisation)
}

function addMarketplace(organisation: Organisation): void {
  const { shared } = organisation.accounts
  const productName = 'Northlight Observability'
  organisation.usage(
    { account: shared, region: 'us-east-1' },
    {
      productCode: '5hnnev4d0v7mapf3j0v8to0o2',
      productName,
      family: 'Monitoring',
      usageType: 'MP:USE1_HostsMonitored-Units',
      operation: 'MeterUsage',
      unit: 'Units',
      usd: 0.031,
      description: 'monitored host hour',
    },
    { base: 720, growth: 0.012, dayNoise: 0.02, daily: true },
    {
      billingEntity: 'AWS Marketplace',
      legalEntity: 'Northlight Observability, Inc.',
      listed: false,
      keep: '1.0000',
    },
  )
}

function addCredits(organisation: Organisation): void {
  const { data, payments } = organisation.accounts
  const first = monthStart(organisation.since)
  const months = Math.ceil(daysBetween(organisation.since, organisation.until) / 28)
  for (let month = 0; month < months; month += 1) {
    // A migration programme's credit, halved in its second half-year and gone after ten months.
    const amount = month < 6 ? '-2500.00' : month < 10 ? '-1250.00' : null
    if (amount === null) continue
    organisation.add('credit', data, {
      usageType: 'Credit',
      description: 'AWS Migration Acceleration Program credit',
      from: addMonths(first, month),
      amount,
      keep: '1.0000',
    })
  }
  organisation.add('refund', payments, {
    productCode: 'AmazonRDS',
    productName: 'Amazon Relational Database Service',
    usageType: 'Multi-AZUsage:db.r6g.4xlarge',
    description: 'Refund for an Amazon RDS service event',
    billType: 'Refund',
    from: addDays(addMonths(monthStart(organisation.until), -4), 10),
    amount: '-1840.50',
    keep: '1.0000',
    product: { product_name: 'Amazon Relational Database Service' },
  })
}

/** One tax line a month for each account and service that has anything taxable. */
function addTaxes(organisation: Organisation): void {
  const accounts = new Map<string, Account>(
    [...Object.values(organisation.accounts), payer].map((one) => [one.id, one]),
  )
  const seen = new Set<string>()
  for (const item of [...organisation.items]) {
    const account = accounts.get(item.account)
    const key = `${item.account}|${item.productCode}`
    if (account === undefined || seen.has(key) || item.kind === 'credit' || item.kind === 'refund') continue
    seen.add(key)
    const { productCode, productName, billingEntity, legalEntity } = item
    organisation.add('tax', account, {
      ...{ productCode, productName, billingEntity, legalEntity },
      usageType: 'Tax',
      description: `Tax for product code ${productCode} usage type Tax`,
      product: { product_name: productName },
      categories: {},
      keep: '1.0000',
    })
  }
}
