import type { Account } from '../accounts'
import type { Organisation } from '../organisation'
import type { Meter, Place } from '../plan'
import { prices } from '../prices'
import type { RegionCode } from '../regions'
import { stored } from './compute'

const watch = { productCode: 'AmazonCloudWatch', productName: 'AmazonCloudWatch' } as const

export const logsIngest: Meter = {
  ...watch,
  family: 'Data Payload',
  usageType: 'DataProcessing-Bytes',
  operation: 'PutLogEvents',
  unit: 'GB',
  usd: prices.logsIngest,
  description: 'GB log data ingested',
  longPrefix: true,
}
export const logsStorage: Meter = {
  ...watch,
  family: 'Storage Snapshot',
  usageType: 'TimedStorage-ByteHrs',
  operation: 'HourlyStorageMetering',
  unit: 'GB-Mo',
  usd: prices.logsStorage,
  description: 'GB-month of log storage',
  longPrefix: true,
}

export const logGroupArn = (account: Account, region: RegionCode, name: string): string =>
  `arn:aws:logs:${region}:${account.id}:log-group:${name}`

export function addObservability(organisation: Organisation): void {
  for (const account of Object.values(organisation.accounts)) {
    const busy = account.environment === 'prod' ? 1 : 0.2
    const noisy = account.name.includes('shop-prod') ? 3 : 1
    const shape = account.environment === 'prod' ? 'consumer' : 'development'
    const place: Place = {
      account,
      region: 'us-east-1',
      resourceId: logGroupArn(account, 'us-east-1', `/halden/${account.app}`),
    }
    organisation.usage(place, logsIngest, {
      base: 5.2 * busy * noisy,
      shape,
      growth: 0.012,
      dayNoise: 0.06,
      daily: true,
    })
    organisation.usage(place, logsStorage, stored(9_000 * busy * noisy, 0.02))
    const everywhere: Place = { account, region: 'us-east-1' }
    organisation.usage(
      everywhere,
      {
        ...watch,
        family: 'Metric',
        usageType: 'CW:MetricMonitorUsage',
        operation: 'MetricStorage',
        unit: 'Metrics',
        usd: prices.customMetric,
        description: 'metric-month',
      },
      { base: (9_000 * busy) / 730, growth: 0.01, daily: true },
    )
    organisation.usage(
      everywhere,
      {
        ...watch,
        family: 'Alarm',
        usageType: 'CW:AlarmMonitorUsage',
        operation: 'Unknown',
        unit: 'Alarms',
        usd: prices.alarm,
        description: 'alarm metric month',
      },
      { base: (700 * busy) / 730, daily: true },
    )
  }
}
