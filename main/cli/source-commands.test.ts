import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bridgesSchema } from '../../analytics/contract/invoice-bridge'
import { ledgerSchema, rejectedLinesSchema } from '../../analytics/contract/ledger'
import { restatementsSchema } from '../../analytics/contract/restatements'
import type { Application } from '../application'
import { openApplication } from '../testing/open-application'
import { documentOf, runCli } from '../testing/run-cli'
import { temporaryFolders } from '../testing/temporary-folder'

// Whole processes at work on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const newFolder = temporaryFolders('source-commands')
let home: string
let folder: string
let application: Application

const heads = [
  'bill/PayerAccountId',
  'bill/BillingPeriodStartDate',
  'bill/InvoiceId',
  'identity/LineItemId',
  'identity/TimeInterval',
  'lineItem/LineItemType',
  'lineItem/UsageStartDate',
  'lineItem/UsageAccountId',
  'lineItem/ProductCode',
  'lineItem/CurrencyCode',
  'lineItem/UnblendedCost',
]
const line = (id: string, cost: string) =>
  `111122223333,2026-09-01T00:00:00Z,INV-7,${id},2026-09-02,Usage,2026-09-02T00:00:00Z,444455556666,AmazonEC2,USD,${cost}`

const json = async (...argv: readonly string[]) => {
  const run = await runCli([...argv, '--json', '--home', home])
  return { code: run.code, document: documentOf(run) }
}
const text = (...argv: readonly string[]) => runCli([...argv, '--home', home])

async function deliver(...lines: readonly string[]): Promise<void> {
  await writeFile(join(folder, 'acme.csv'), [heads.join(','), ...lines, ''].join('\n'))
  await json('import', join(folder, 'acme.csv'))
}

beforeAll(async () => {
  home = await newFolder()
  folder = await newFolder()
  application = (await openApplication(home)).application
  await deliver(line('a', '10.25'), line('b', '1'))
  await deliver(line('a', '10.75'), line('b', '1'), line('b', '1'), line('c', '=1+1'))
})
afterAll(() => application.close())

describe('finops sources bridge', () => {
  it('ends at what an invoice that was written down leaves over', async () => {
    const before = bridgesSchema.parse(
      (await json('sources', 'bridge', 'acme', '--period', '2026-09')).document,
    )
    expect(before.bridges).toMatchObject([{ total: '12.750000000000', remainder: null }])
    const kept = await json('sources', 'invoice', 'INV-7', '12.80')
    expect(kept).toMatchObject({ code: 0, document: { invoice: 'INV-7', currency: 'USD', amount: '12.80' } })
    const after = bridgesSchema.parse((await json('sources', 'bridge')).document)
    expect(after.bridges).toMatchObject([{ issued: '12.800000000000', remainder: '0.050000000000' }])
    const shown = await text('sources', 'bridge')
    expect(shown.stdout).toMatch(/Unexplained remainder +0\.05/)
    expect((await text('sources', 'invoice', 'INV-7', 'none')).stdout).toContain('was taken back')
    expect((await text('sources', 'bridge')).stdout).toMatch(/Unexplained remainder +not measured/)
  })

  it.each([
    [['sources', 'bridge', 'nobody'], 3, 'no-such-source'],
    [['sources', 'bridge', '--period', '2026-13'], 2, 'invalid-input'],
    [['sources', 'invoice', 'INV-404', '1'], 3, 'no-such-invoice'],
    [['sources', 'invoice', 'INV-7', '1,5'], 2, 'invalid-input'],
    [['sources', 'check', 'nobody'], 3, 'no-such-source'],
    [['sources', 'ledger', '--limit', '0'], 2, 'usage'],
  ])('%j is answered with exit code %i', async (argv, code, reason) => {
    expect(await json(...argv)).toMatchObject({ code, document: { error: { code: reason } } })
  })
})

describe('finops sources restatements and ledger', () => {
  it('tell what came again and from which files', async () => {
    const { months } = restatementsSchema.parse((await json('sources', 'restatements')).document)
    expect(months).toMatchObject([
      { restated: true, deliveries: [{ changes: [{ billedChange: '1.500000000000' }] }, { inForce: false }] },
    ])
    expect((await text('sources', 'restatements')).stdout).toContain('changed after close')
    const { files, total } = ledgerSchema.parse(
      (await json('sources', 'ledger', '--search', 'ACME')).document,
    )
    expect([total, files.map(({ rejected }) => rejected)]).toEqual([2, [1, 0]])
    expect((await text('sources', 'ledger', '--limit', '1')).stdout).toContain('1 of 2 files are shown.')
  })
})

describe('finops sources rejected', () => {
  it('writes every line that could not be read to a file', async () => {
    const listed = rejectedLinesSchema.parse((await json('sources', 'rejected')).document)
    expect(listed).toMatchObject({ total: 1, rejected: 1 })
    const out = join(folder, 'rejected.csv')
    expect(await json('sources', 'rejected', 'acme', '--out', out)).toMatchObject({
      code: 0,
      document: { out, lines: 1, rejected: 1 },
    })
    expect(await readFile(out, 'utf8')).toMatch(
      /^\uFEFFsource,.*\r\nacme,2026-09,.*acme\.csv,5,the cost is not a number,/,
    )
    const nowhere = await json('sources', 'rejected', '--out', join(folder, 'absent', 'x.csv'))
    expect(nowhere).toMatchObject({ code: 3, document: { error: { code: 'file-not-written' } } })
  })
})

describe('finops sources check', () => {
  it('finds a line that comes twice, and keeps the finding with the other checks', async () => {
    const found = await json('sources', 'check', 'acme')
    expect(found).toMatchObject({
      code: 0,
      document: { periods: 1, checks: [{ period: '2026-09', ok: false }] },
    })
    expect((await text('sources')).stdout).toContain('repeated-lines')
  })
})
