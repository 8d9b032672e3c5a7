import { expect, test } from 'vitest'
import { placeOf } from './export-layout'

test.each([
  [
    'p/e/data/BILLING_PERIOD=2026-09/e-00001.snappy.parquet',
    'p/e',
    '2026-09',
    'p/e/data/BILLING_PERIOD=2026-09',
    'data',
  ],
  [
    'p/e/metadata/BILLING_PERIOD=2026-09/x/e-Manifest.json',
    'p/e',
    '2026-09',
    'p/e/metadata/BILLING_PERIOD=2026-09',
    'manifest',
  ],
  ['data/BILLING_PERIOD=2026-09/e.csv.gz', '', '2026-09', 'data/BILLING_PERIOD=2026-09', 'data'],
  ['p/cur/20260901-20261001/cur-1.csv.zip', 'p/cur', '2026-09', 'p/cur/20260901-20261001', 'data'],
  [
    'p/cur/20260901-20260930/a-b/cur-Manifest.json',
    'p/cur',
    '2026-09',
    'p/cur/20260901-20260930',
    'manifest',
  ],
  [
    'p/cur/cur/year=2026/month=9/cur-00001.snappy.parquet',
    'p/cur',
    '2026-09',
    'p/cur/cur/year=2026/month=9',
    'data',
  ],
  [
    'p/cur/cur/20260901-20261001/cur-Manifest.json',
    'p/cur',
    '2026-09',
    'p/cur/cur/20260901-20261001',
    'manifest',
  ],
])('%s', (key, root, period, partition, role) => {
  expect(placeOf(key)).toMatchObject({ root, period, partition, role })
})

test.each([
  'aws-programmatic-access-test-object',
  'p/e/data/BILLING_PERIOD=2026-09/',
  'p/e/data/BILLING_PERIOD=2026-13/e.parquet',
  'p/cur/cur/year=2026/month=13/x.parquet',
  'p/cur/cur/cost_and_usage_data_status/cost_and_usage_data_status.parquet',
  'p/cur/20260901-20261001/cur-RedshiftManifest.json',
  'p/cur/20260901-20261001/cur-create-table.sql',
  'lake/events/part-0.parquet',
])('%s belongs to no export', (key) => {
  expect(placeOf(key)).toBeNull()
})
