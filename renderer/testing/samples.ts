import type { About, DoctorReport, Settings } from '../../analytics/contract/application'
import type { ImportedPeriod, Source } from '../../analytics/contract/imports'
import type { InvoiceBridge } from '../../analytics/contract/invoice-bridge'
import type { LedgerFile } from '../../analytics/contract/ledger'
import type { Overview } from '../../analytics/contract/overview'
import type { DeliveredMonth } from '../../analytics/contract/restatements'
import type { S3Source, S3Test, SyncedSource } from '../../analytics/contract/s3-sources'
import type { Holdings } from '../../analytics/contract/spend'
import type { Task } from '../../analytics/contract/tasks'
import type { Answers } from './fake-bridge'

export const settings: Settings = {
  theme: 'light',
  density: 'comfortable',
  basis: 'effective',
  currency: null,
  railCollapsed: false,
  fiscalYearStart: 1,
  ownerTag: null,
  overviewWidgets: [],
}

const holdings: Holdings = {
  dataVersion: 1,
  rows: 1_000,
  firstDay: '2026-09-01',
  lastDay: '2026-11-20',
  payers: ['123456789012'],
  currencies: ['USD'],
  lastImportAt: '2026-11-20T10:00:00Z',
  estimatedPeriods: ['2026-11'],
  failedChecks: 0,
}

export const emptyHoldings: Holdings = {
  ...holdings,
  rows: 0,
  firstDay: null,
  lastDay: null,
  payers: [],
  currencies: [],
  lastImportAt: null,
  estimatedPeriods: [],
}

export const overview: Overview = {
  currency: 'USD',
  otherCurrencies: [],
  measure: 'effective',
  month: {
    period: '2026-11',
    from: '2026-11-01',
    to: '2026-11-21',
    days: 20,
    daysInMonth: 30,
    estimated: true,
  },
  before: { from: '2026-10-01', to: '2026-10-21' },
  monthToDate: '1234567.8950000001',
  sameDaysBefore: '1000000.0000000001',
  changePercent: 23.456,
  lastMonth: '1500000.005',
  yearToDate: '9007199254740993.13',
  yearBefore: null,
  yearChangePercent: null,
  firstDay: '2026-09-01',
  savingsRate: 18.25,
  months: ['2026-09', '2026-10', '2026-11'],
  series: [
    { service: 'Amazon EC2', values: ['0.1', '0.2', '0.005'], total: '0.305' },
    { service: 'Amazon S3', values: ['0.2', '0.1', '9007199254740993.125'], total: '9007199254740993.425' },
    { service: 'Other', values: ['-0.3', '0', '0'], total: '-0.3' },
  ],
  movers: [
    {
      value: 'Amazon EC2',
      label: null,
      current: '30',
      previous: '20',
      change: '10',
      changePercent: 50,
      state: 'changed',
    },
    {
      value: 'Amazon Redshift',
      label: null,
      current: '7',
      previous: '0',
      change: '7',
      changePercent: null,
      state: 'new',
    },
    {
      value: 'AWS Lambda',
      label: null,
      current: '0',
      previous: '5',
      change: '-5',
      changePercent: -100,
      state: 'gone',
    },
  ],
  accounts: [
    {
      value: '210987654321',
      label: 'production',
      current: '9',
      previous: '100',
      change: '-91',
      changePercent: -91,
      state: 'changed',
    },
  ],
}

export const period: ImportedPeriod = {
  source: 'my-cur',
  kind: 'cur2',
  period: '2026-10',
  payer: '123456789012',
  rows: 12_345,
  rejected: 0,
  currency: 'USD',
  billed: '100.5',
  effective: '99.25',
  list: '120',
  contracted: '110',
  state: 'new',
  estimated: false,
  verified: true,
  counted: true,
  importedAt: '2026-11-20T10:00:00Z',
  checks: [
    { name: 'Rows add up', ok: true, detail: '12,345 read and kept.' },
    { name: 'Total of the manifest', ok: true, detail: 'Both are 100.50 USD.' },
  ],
}

export const source: Source = {
  name: 'my-cur',
  kind: 'cur2',
  origin: '/exports/my-cur',
  rows: 24_690,
  lastImportAt: '2026-11-20T10:00:00Z',
  periods: [
    { ...period, period: '2026-11', estimated: true },
    period,
    { ...period, period: '2026-08', checks: [{ name: 'Rows add up', ok: false, detail: 'One is missing.' }] },
  ],
}

export const invoiceBridge: InvoiceBridge = {
  source: 'my-cur',
  kind: 'cur2',
  payer: '123456789012',
  period: '2026-10',
  currency: 'USD',
  counted: true,
  estimated: false,
  rejected: 0,
  steps: [
    { key: 'usage', title: 'Usage', group: 'usage', lines: 10, amount: '120.5', after: '120.5' },
    { key: 'netDiscount', title: 'Discounts', group: 'discount', lines: 9, amount: '-20', after: '100.5' },
  ],
  total: '100.5',
  billed: '100.5',
  invoices: [
    { invoice: 'INV-1', issuer: 'AWS', lines: 10, amount: '100.5', issued: null, remainder: null },
    { invoice: null, issuer: 'AWS', lines: 1, amount: '0', issued: null, remainder: null },
  ],
  issued: null,
  remainder: null,
  trueUp: { unblended: '120.5', amortized: '119', upfront: '5', spread: '3.5', difference: '0' },
  checks: [{ name: 'cash-true-up', ok: true, detail: 'It ties.' }],
}

export const deliveredMonth: DeliveredMonth = {
  source: 'my-cur',
  payer: '123456789012',
  period: '2026-10',
  restated: true,
  deliveries: [
    {
      importId: 2,
      firstSeen: '2026-11-20T10:00:00Z',
      lastSeen: null,
      inForce: true,
      estimated: false,
      rows: 12_345,
      files: 1,
      afterClose: true,
      replaced: true,
      totals: [
        {
          currency: 'USD',
          billed: '100.5',
          effective: '99.25',
          billedChange: '0.5',
          effectiveChange: '-0.25',
        },
      ],
      changes: [
        {
          account: '210987654321',
          accountName: 'production',
          service: 'Amazon EC2',
          lineType: 'Usage',
          currency: 'USD',
          kind: 'changed',
          billedBefore: '50',
          billed: '50.5',
          billedChange: '0.5',
          effectiveBefore: '49',
          effective: '48.75',
          effectiveChange: '-0.25',
        },
      ],
      changeCount: 3,
    },
    {
      importId: 1,
      firstSeen: '2026-11-05T10:00:00Z',
      lastSeen: '2026-11-20T10:00:00Z',
      inForce: false,
      estimated: false,
      rows: 12_345,
      files: 1,
      afterClose: false,
      replaced: false,
      totals: [],
      changes: [],
      changeCount: 0,
    },
  ],
}

export const ledgerFile: LedgerFile = {
  importId: 2,
  source: 'my-cur',
  payer: '123456789012',
  period: '2026-10',
  name: '00001-bill.csv',
  origin: '/exports/my-cur/bill.csv',
  bytes: 12_000,
  sha256: 'ab'.repeat(32),
  rows: 12_345,
  rejected: 2,
  reasons: [{ reason: 'the cost is not a number', lines: 2 }],
  importedAt: '2026-11-20T10:00:00Z',
  inForce: true,
}

export const s3Source: S3Source = {
  name: 'billing',
  bucket: 'company-billing',
  prefix: 'exports',
  profile: 'finance',
  region: null,
  addedAt: '2026-11-01T10:00:00Z',
  lastSync: { at: '2026-11-20T10:00:00Z', state: 'done', message: '3 files fetched.' },
}

export const s3Test: S3Test = {
  region: 'eu-central-1',
  exports: [
    {
      name: 'my-cur',
      root: 'exports/my-cur',
      kind: 'cur2',
      periods: [
        {
          period: '2026-11',
          files: 2,
          bytes: 1_500_000,
          bytesToFetch: 1_000_000,
          state: 'whole',
          deliveredAt: '2026-11-20T08:00:00Z',
        },
        {
          period: '2026-10',
          files: 1,
          bytes: 500_000,
          bytesToFetch: 0,
          state: 'incomplete',
          deliveredAt: '2026-11-02T08:00:00Z',
        },
      ],
      files: 3,
      bytes: 2_000_000,
      bytesToFetch: 1_000_000,
    },
  ],
  objectsSeen: 9,
  otherObjects: 4,
  filesToFetch: 2,
  bytesToFetch: 1_000_000,
  missing: [{ key: 'exports/my-cur/data/x.parquet', reason: 'The manifest names it and it is not there.' }],
}

export const syncedSource: SyncedSource = {
  name: 'billing',
  state: 'done',
  message: '3 files fetched.',
  files: { fetched: 3, unchanged: 0, failed: 0 },
  bytes: 2_000_000,
  missing: [],
  folder: '/home/someone/workspace/sources/billing',
}

export const about: About = {
  name: 'FinOps Autopilot',
  version: '0.1.0',
  door: 'web',
  home: '/home/someone/workspace',
  platform: 'linux x64',
  node: '20.20.0',
  electron: null,
  chromium: null,
  duckdb: 'v1.5.6',
}

export const doctor: DoctorReport = {
  checks: [
    { name: 'Engine', ok: true, detail: 'It answers.' },
    { name: 'Keychain', ok: false, detail: 'No store is unlocked.' },
  ],
}

export const runningImport: Task = {
  id: 'task-1',
  channel: 'import/run',
  title: 'Import billing data',
  state: 'running',
  startedAt: '2026-11-20T10:00:00Z',
  endedAt: null,
  progress: { stage: 'Reading line items of 2026-09', done: 250, total: 1_000, unit: 'rows' },
  failure: null,
}

export const filledAnswers: Answers = {
  'settings/read': { value: settings },
  'settings/write': { value: settings },
  'holdings/read': { value: holdings },
  'overview/read': { value: overview },
  'sources/list': { value: { sources: [source] } },
  's3/list': { value: { sources: [] } },
  'sources/restatements': { value: { months: [deliveredMonth] } },
  'about/read': { value: about },
  'doctor/run': { value: doctor },
  'tasks/list': { value: { tasks: [] } },
  'engine/state': { value: { state: 'ready', message: null, since: '2026-11-20T09:00:00Z' } },
}

export const emptyAnswers: Answers = {
  ...filledAnswers,
  'holdings/read': { value: emptyHoldings },
  'sources/list': { value: { sources: [] } },
}
