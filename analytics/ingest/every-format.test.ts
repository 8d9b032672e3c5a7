import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBridges } from '../reconcile/bridge'
import { billFormatNames, writeBillInFormat } from '../sample/formats/write-format'
import { type WrittenSample, writeSampleOrganisation } from '../sample/write-sample'
import { exactSum } from '../testing/bill-rows'
import { mustSucceed, openTestStore, type TestStore, temporaryFolder } from '../testing/open-test-store'

/** A whole month and the begin of the next. */
let whole: WrittenSample
/** Three days, for a format that is another's columns in other wrappings. */
let short: WrittenSample
const wrappings: ReadonlySet<string> = new Set([
  'cur1-csv',
  'cur1-csv-zip',
  'focus-1.0-aws-csv-gzip',
  'focus-1.2-aws-csv-gzip',
])

beforeAll(async () => {
  const folder = await temporaryFolder()
  const common = { seed: 7, scale: 1, hourlyMonths: 0 } as const
  whole = await writeSampleOrganisation({
    ...common,
    folder: join(folder, 'whole'),
    until: '2026-11-06',
    months: 2,
  })
  short = await writeSampleOrganisation({
    ...common,
    folder: join(folder, 'short'),
    until: '2026-11-04',
    months: 1,
  })
}, 120_000)

/** Compared to six decimals: a format that writes fewer digits rounds each line. */
function sixDecimals(amount: string | undefined): string | undefined {
  return amount === undefined ? undefined : Number(amount).toFixed(6)
}

describe.each(billFormatNames)('a bill as %s', (format) => {
  let workspace: TestStore
  beforeAll(async () => {
    workspace = await openTestStore()
  })
  afterAll(async () => {
    await workspace.close()
  })

  it('comes to the same figures as the bill it was made from', async () => {
    const { exportRoot, periods } = wrappings.has(format) ? short : whole
    const bill = await writeBillInFormat({ format, exportRoot, periods, folder: workspace.outside })
    const { imports } = mustSucceed(await workspace.bringIn(bill.root))
    expect(imports.map(({ period }) => period).sort()).toEqual(
      bill.periods.map(({ period }) => period).sort(),
    )
    for (const promised of bill.periods) {
      const got = imports.find(({ period }) => period === promised.period)
      expect(got).toMatchObject({ rows: promised.rows, rejected: 0, currency: promised.currency })
      for (const figure of ['billed', 'effective', 'list', 'contracted'] as const) {
        if (promised[figure] !== undefined)
          expect([figure, sixDecimals(got?.[figure])]).toEqual([figure, sixDecimals(promised[figure])])
      }
      const failed = got?.checks.filter(({ ok }) => !ok).map(({ name }) => name) ?? []
      expect(
        failed.filter((name) => name !== 'complete' && name !== 'columns' && name !== 'commitment-purchases'),
      ).toEqual([])
    }
    const { bridges } = mustSucceed(await readBridges({}, workspace.work()))
    expect(bridges.map(({ period }) => period).sort()).toEqual(imports.map(({ period }) => period).sort())
    for (const { period, steps, total, invoices } of bridges) {
      const promised = bill.periods.find((one) => one.period === period)?.billed
      expect(sixDecimals(total)).toBe(sixDecimals(promised))
      // To the last digit, and every line is in one of the invoices or in none yet.
      expect(exactSum(steps.map(({ amount }) => amount))).toBe(exactSum([total]))
      expect(exactSum(invoices.map(({ amount }) => amount))).toBe(exactSum([total]))
      expect(steps.filter(({ group }) => group === 'unknown')).toEqual([])
    }
    const again = mustSucceed(await workspace.bringIn(bill.root))
    expect(new Set(again.imports.map(({ state }) => state))).toEqual(new Set(['unchanged']))
  }, 120_000)
})
