import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ReadBack } from './read-back'

let engine: ReadBack

beforeAll(async () => {
  engine = await ReadBack.open()
  await engine.run(`CREATE TABLE amount AS SELECT n, CAST(((n * 7919 * 104729) % 100000000007 - 50000000003) AS DECIMAL(28, 10))
    / CAST([1, 100, 10000, 10000000000][n % 4 + 1] AS DECIMAL(28, 10)) AS wide FROM range(4000) r(n)`)
  await engine.run('CREATE VIEW money AS SELECT n, exact(wide) AS x FROM amount')
})

afterAll(() => engine?.close())

describe('money as text', () => {
  it('is read back to the last digit, whichever way it is written', async () => {
    const [row] = await engine.rows(`SELECT count(*) AS n,
        count(*) FILTER (CAST(money_text(x, n // 4) AS DECIMAL(38, 12)) = x) AS mixed,
        count(*) FILTER (CAST(exponent_text(x) AS DECIMAL(38, 12)) = x) AS exponents,
        count(*) FILTER (CAST(long_text(x) AS DECIMAL(38, 15)) = x) AS long
      FROM money`)
    expect(row).toEqual({ n: '4000', mixed: '4000', exponents: '4000', long: '4000' })
  })

  it('mixes plain decimals and E-notation as billing files do', async () => {
    const written = await engine.rows(`SELECT money_text(x, salt) AS written FROM (VALUES
      (0.0000000181, 1), (-0.00000002, 1), (12.5, 1), (12.5, 4), (-1234.0000000001, 4), (0, 1), (0, 2), (100, 3), (NULL, 4))
      AS v(x, salt)`)
    expect(written.map((row) => row.written)).toEqual([
      '1.81E-8',
      '-2E-8',
      '12.5',
      '1.25E1',
      '-1.2340000000001E3',
      '0.0000000000',
      '0E-10',
      '100',
      null,
    ])
  })
})
