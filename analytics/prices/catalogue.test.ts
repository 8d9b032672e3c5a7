import { describe, expect, it } from 'vitest'
import { bareUsageType } from './bare-usage-type'
import { decimalOf, product, quotient, unitsOf } from './decimal'
import { everyInstanceType, instanceFacts, shippedInstancePrice } from './instance-types'
import { billedAs, itemsOf, shippedUnitPrice } from './unit-prices'

describe('the shipped catalogue', () => {
  it('knows what instance types are', () => {
    expect(instanceFacts('m5d.xlarge')).toEqual({
      type: 'm5d.xlarge',
      family: 'm5d',
      size: 'xlarge',
      generation: 5,
      flex: false,
      vcpu: 4,
      memoryMib: 16384,
      architecture: 'x86_64',
      manufacturer: 'intel',
      clockMhz: 3100,
      hypervisor: 'nitro',
      ebsMbps: expect.any(Number),
      networkMbps: expect.any(Number),
      localNvmeGb: 150,
      gpu: null,
      accelerator: null,
    })
    expect(instanceFacts('m7g.large')).toMatchObject({ architecture: 'arm64', manufacturer: 'aws' })
    expect(instanceFacts('g4dn.xlarge')?.gpu).toMatchObject({ name: 't4', count: 1 })
    expect(instanceFacts('m5.metal')?.hypervisor).toBeNull()
    expect(instanceFacts('no.such')).toBeNull()
    expect([instanceFacts('p3.2xlarge'), shippedInstancePrice('p3.2xlarge')]).toEqual([null, '3.060000'])
  })

  it('has each type whole, and a price of those that are sold by the hour', () => {
    const types = everyInstanceType()
    expect(types.length).toBeGreaterThan(1300)
    for (const { type, vcpu, memoryMib, family, size } of types) {
      expect(`${family}.${size}`).toBe(type)
      expect(Math.min(vcpu, memoryMib)).toBeGreaterThan(0)
    }
    const priced = types.filter(({ type }) => unitsOf(shippedInstancePrice(type) ?? '0') > 0n)
    expect(priced.length).toBeGreaterThan(1200)
  })

  it('keeps where a unit price is from, its date and its confidence', () => {
    expect(shippedUnitPrice('AmazonEC2', 'ebs-gp3-storage')).toMatchObject({
      unit: 'GB-month',
      amount: '0.08',
      date: '2026-08',
      confidence: 'high',
    })
    expect(shippedUnitPrice('AmazonRDS', 'rds-mysql-db.r6g.large-single-az')).toMatchObject({
      amount: '0.215',
      date: '2023-03',
      confidence: 'medium',
    })
    for (const service of ['AmazonRDS', 'AmazonEC2', 'AmazonElastiCache', 'AmazonES', 'AmazonSageMaker']) {
      expect(itemsOf(service).length).toBeGreaterThan(20)
      for (const item of itemsOf(service)) {
        const { origin = '', date = '', amount = '' } = shippedUnitPrice(service, item) ?? {}
        expect(origin, item).not.toBe('')
        expect(date, item).toMatch(/^20\d\d(-\d\d)?$/)
        expect(amount, item).toMatch(/^\d+(\.\d{1,12})?$/)
      }
    }
  })

  it('knows what a bill calls its items', () => {
    expect(billedAs('AmazonRDS', 'aurora-postgresql-db.r6g.large')).toMatchObject({
      usageType: 'InstanceUsage:db.r6g.large',
      operation: 'CreateDBInstance:0021',
    })
    expect(billedAs('AmazonRDS', 'rds-gp3-storage-multi-az')?.usageType).toBe('RDS:Multi-AZ-GP3-Storage')
    expect(billedAs('AmazonES', 'r6g.large.search')?.usageType).toBe('ESInstance:r6g.large')
    expect(billedAs('AmazonElastiCache', 'valkey-cache.r7g.large')).toMatchObject({
      usageType: 'NodeUsage:cache.r7g.large',
      operation: 'CreateCacheCluster:0003',
    })
    expect(billedAs('AWSLambda', 'requests')?.per).toBe('1000000')
    expect(billedAs('AWSShield', 'advanced-subscription')).toBeNull()
  })
})

describe('usage types and decimals', () => {
  it('lose the mark of their region alone', () => {
    const bare: readonly (readonly [string, string, string])[] = [
      ['EU-BoxUsage:m5.large', 'eu-west-1', 'BoxUsage:m5.large'],
      ['USE1-Fargate-GB-Hours', 'us-east-1', 'Fargate-GB-Hours'],
      ['BoxUsage:m5.large', 'us-east-1', 'BoxUsage:m5.large'],
      ['us-east-1-KMS-Requests', 'us-east-1', 'KMS-Requests'],
      ['EUC1-NatGateway-Hours', 'eu-central-1', 'NatGateway-Hours'],
      ['EBS:VolumeUsage.gp3', 'us-east-1', 'EBS:VolumeUsage.gp3'],
      ['Multi-AZUsage:db.m5.large', 'us-east-1', 'Multi-AZUsage:db.m5.large'],
    ]
    for (const [usageType, region, expected] of bare) expect(bareUsageType(usageType, region)).toBe(expected)
  })

  it('divide and multiply to the twelfth decimal, halves up', () => {
    expect(decimalOf(quotient(unitsOf('2'), unitsOf('3')))).toBe('0.666666666667')
    expect(decimalOf(product(unitsOf('0.000000000001'), unitsOf('0.5')))).toBe('0.000000000001')
    expect(decimalOf(product(unitsOf('1.25'), unitsOf('0.096')))).toBe('0.12')
    expect(decimalOf(unitsOf('-10.50'))).toBe('-10.5')
  })
})
