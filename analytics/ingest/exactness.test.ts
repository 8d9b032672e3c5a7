import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BillRow, exactSum, usage } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { BillColumns } from './formats/bill-columns'

/** Small and repeatable: a linear congruential generator after Numerical Recipes. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state
  }
}

/** Amounts of every size, with up to twelve decimals, a tenth of them negative. */
function amounts(count: number, seed: number): readonly string[] {
  const next = numbers(seed)
  return Array.from({ length: count }, () => {
    const whole = next() % 10 ** (next() % 8)
    const part = String(next() % 1_000_000).padStart(6, '0') + String(next() % 1_000_000).padStart(6, '0')
    return `${next() % 10 === 0 ? '-' : ''}${whole}.${part}`
  })
}

const written = amounts(20_000, 42)
const services = ['AmazonEC2', 'AmazonS3', 'AWSLambda']
const rows: readonly BillRow[] = written.map((cost, at) =>
  usage(cost, {
    line_item_product_code: services[at % services.length] ?? '',
    line_item_usage_start_date: `2026-09-${String((at % 30) + 1).padStart(2, '0')} 00:00:00`,
  }),
)
const types = { line_item_unblended_cost: 'DECIMAL(38,12)' }
const month = { from: '2026-09-01', to: '2026-10-01' } as const

let workspace: TestStore

beforeAll(async () => {
  workspace = await openTestStore()
  const thirds = [0, 1, 2].map((part) => rows.filter((_row, at) => at % 3 === part))
  const backwards = [...rows].reverse()
  for (const [name, chunks] of [
    ['forwards', [rows]],
    ['backwards', [backwards.slice(0, 7_000), backwards.slice(7_000)]],
    ['mixed', [...thirds].reverse()],
  ] as const) {
    const payer = { bill_payer_account_id: name }
    await writeDelivery(join(workspace.outside, name), {
      period: '2026-09',
      chunks: chunks.map((chunk) => chunk.map((row) => ({ ...row, ...payer }))),
      types,
    })
    mustSucceed(await workspace.bringIn(join(workspace.outside, name)))
  }
})

afterAll(async () => {
  await workspace.close()
})

describe('sums of 20,000 amounts with twelve decimals', () => {
  it.each(['forwards', 'backwards', 'mixed'])('are exact to the last digit, brought in %s', async (payer) => {
    const where = [{ dimension: 'payer', operator: '=', value: payer } as const]
    const cube = await workspace.query({ measure: 'billed', ...month, where })
    expect(cube.total.billed).toBe(exactSum(written))
    const lines = await workspace.query({ measure: 'billed', by: ['operation'], ...month, where })
    expect(lines.total.billed).toBe(exactSum(written))
  })

  it('are exact by service and by day, and their parts add up to the whole', async () => {
    const where = [{ dimension: 'payer', operator: '=', value: 'mixed' } as const]
    const table = await workspace.query({
      measure: 'effective',
      by: ['service'],
      grain: 'day',
      ...month,
      where,
    })
    const parts = table.rows.map((cells) => String(cells.at(-1)))
    expect(exactSum(parts)).toBe(exactSum(written))
    const lambda = table.rows
      .filter(([service]) => service === 'AWS Lambda')
      .map((cells) => String(cells.at(-1)))
    expect(exactSum(lambda)).toBe(exactSum(written.filter((_cost, at) => at % 3 === 2)))
  })

  it('are the totals the import recorded', async () => {
    const recorded = await workspace.rows('SELECT DISTINCT billed::VARCHAR AS billed FROM imports')
    expect(recorded).toEqual([{ billed: exactSum(written) }])
  })
})

describe('amounts that come as doubles, as AWS writes them', () => {
  it('are what their text says, at every size and with any number of decimals', async () => {
    const next = numbers(11)
    const doubles = Array.from({ length: 20_000 }, () => {
      const size = 2 ** (next() % 42)
      const decimals = next() % 12
      const value = (next() / 2 ** 32) * size * (next() % 2 === 0 ? 1 : -1)
      return next() % 8 === 0 ? value : Number(value.toFixed(decimals))
    }).filter((value) => Math.abs(value) >= 2_048)
    const money = new BillColumns([{ name: 'cost', type: 'DOUBLE' }]).money('cost')
    const wrong = await workspace.rows(
      `SELECT cost, ${money} AS got FROM (SELECT unnest(?::JSON::DOUBLE[]) AS cost)
       WHERE ${money} IS DISTINCT FROM CAST(CAST(cost AS VARCHAR) AS DECIMAL(38,12)) LIMIT 3`,
      [JSON.stringify(doubles)],
    )
    expect(doubles.length).toBeGreaterThan(10_000)
    expect(wrong).toEqual([])
  })

  it('keep each digit that was written', async () => {
    const next = numbers(7)
    const doubles = Array.from({ length: 2_000 }, () => {
      const whole = next() % 10 ** (next() % 7)
      return `${whole}.${String(next() % 10 ** 9).padStart(9, '0')}0`
    })
    const root = join(workspace.outside, 'doubles')
    const lines = doubles.map((cost) => usage(Number(cost), { bill_payer_account_id: 'doubles' }))
    await writeDelivery(root, { period: '2026-09', chunks: [lines] })
    const { imports } = mustSucceed(await workspace.bringIn(root))
    expect(imports[0]?.billed).toBe(exactSum(doubles))
  })
})

describe('amounts that come as text', () => {
  it('are the same in 64 bits as in 128, with any number of digits and any exponent', async () => {
    const next = numbers(5)
    const digits = (most: number) =>
      Array.from({ length: (next() >>> 8) % (most + 1) }, () => (next() >>> 8) % 10).join('')
    const texts = Array.from({ length: 10_000 }, () => {
      const sign = ['', '', '-', '+'][(next() >>> 8) % 4]
      const exponent = ['', '', 'E-', 'e', 'E+'][(next() >>> 8) % 5]
      return `${sign}${digits(12)}.${digits(20)}${exponent}${exponent === '' ? '' : (next() >>> 8) % 14}`
    })
    const money = new BillColumns([{ name: 'cost', type: 'VARCHAR' }]).money('cost')
    const compared = await workspace.rows(
      `SELECT count(got)::INTEGER AS amounts, count(*) FILTER (got IS DISTINCT FROM wide)::INTEGER AS wrong FROM (
         SELECT ${money} AS got, CASE WHEN abs(TRY_CAST(cost AS DECIMAL(38,12))) < 1e18 THEN TRY_CAST(cost AS DECIMAL(38,12)) END AS wide
         FROM (SELECT unnest(?::JSON::VARCHAR[]) AS cost))`,
      [JSON.stringify(texts)],
    )
    expect(compared[0]?.wrong).toBe(0)
    expect(Number(compared[0]?.amounts)).toBeGreaterThan(7_000)
  })

  it('keep their last digits behind an exponent', async () => {
    const money = new BillColumns([{ name: 'cost', type: 'VARCHAR' }]).money('cost')
    const [row] = await workspace.rows(
      `SELECT (${money})::VARCHAR AS got FROM (SELECT '069.7489283517367772822E5' AS cost)`,
    )
    expect(row?.got).toBe('6974892.835173677728')
  })
})
