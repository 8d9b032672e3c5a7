import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Anomalies, type Anomaly, anomaliesSchema } from '../../contract/anomalies'
import type { AnomalyAnswer, SampleAnswers } from '../../sample/answers'
import { writeSampleOrganisation } from '../../sample/write-sample'
import { mustSucceed, openTestStore, type TestStore } from '../../testing/open-test-store'
import { compileAdjustments } from './adjustments'
import { type BillScope, compileCells, resourceDimensions } from './bill-cells'
import { compileExplanation } from './explain-event'
import { findAnomalies, labelAnomaly, replayAnomalies } from './find-anomalies'
import { listPlannedCosts, removePlannedCost, writePlannedCost } from './planned-costs'

const dayMs = 86_400_000
let test: TestStore
let answers: SampleAnswers
let found: Anomalies

beforeAll(async () => {
  test = await openTestStore()
  const written = await writeSampleOrganisation({
    folder: join(test.outside, 'sample'),
    until: '2026-10-09',
    seed: 7,
    scale: 1,
    months: 9,
    hourlyMonths: 0,
  })
  answers = JSON.parse(await readFile(written.answersFile, 'utf8')) as SampleAnswers
  mustSucceed(await test.bringIn(written.exportRoot))
  found = mustSucceed(await findAnomalies({}, test.work()))
}, 180_000)

afterAll(() => test?.close())

function tellingOf(planted: AnomalyAnswer): Anomaly | undefined {
  return found.anomalies.find(
    ({ start, causes, impact }) =>
      Math.abs(Date.parse(start) - Date.parse(planted.start)) <= 10 * dayMs &&
      impact.startsWith('-') === planted.dailyImpact.startsWith('-') &&
      [planted.resource, ...planted.usageTypes].includes(causes[0]?.value ?? ''),
  )
}

describe('anomalies of the sample organisation', () => {
  it('are as the contract promises', () => {
    expect(anomaliesSchema.parse(found)).toEqual(found)
    expect(found.currency).toBe('USD')
    expect(new Set(found.anomalies.map(({ id }) => id)).size).toBe(found.anomalies.length)
  })

  it('hold all that were planted, each with its cause first, at few others', () => {
    expect(answers.anomalies).toHaveLength(12)
    expect(
      answers.anomalies.filter((planted) => !tellingOf(planted)).map(({ id, kind }) => `${id} ${kind}`),
    ).toEqual([])
    expect(found.anomalies.length).toBeLessThanOrEqual(12 + 20)
  })

  it('are told once', () => {
    for (const planted of answers.anomalies) {
      const telling = found.anomalies.filter(
        ({ start, causes }) =>
          Math.abs(Date.parse(start) - Date.parse(planted.start)) <= 3 * dayMs &&
          causes.some(({ value }) => planted.usageTypes.includes(value)) &&
          causes.some(({ dimension, value }) => dimension === 'account' && value === planted.account),
      )
      expect(telling.length, planted.id).toBeLessThanOrEqual(1)
    }
  })

  it('are of the planted kind where a kind shows at once', () => {
    for (const planted of answers.anomalies.filter(({ kind }) => kind !== 'shift' && kind !== 'drift')) {
      expect(tellingOf(planted)?.kind, planted.id).toBe(planted.kind)
    }
  })

  it('have their money to the last digit', async () => {
    for (const { start, end, actual, expected, impact, scope, split } of found.anomalies) {
      const [row] = await test.rows(
        'SELECT (?::DECIMAL(38,12) - ?::DECIMAL(38,12) - ?::DECIMAL(38,12))::VARCHAR AS rest',
        [actual, expected, impact],
      )
      expect(Number(row?.rest)).toBe(0)
      const table = await test.query({
        measure: 'effective',
        from: start,
        to: end,
        where: [
          { dimension: 'charge-category', operator: '=', value: 'Usage' },
          ...scope.map(({ dimension, value }) => ({ dimension, operator: '=' as const, value })),
        ],
      })
      expect(Number(table.total.effective) - Number(actual)).toBeCloseTo(0, 9)
      expect([split.price, split.usage, split.mix].every((part) => /^-?\d/.test(part))).toBe(true)
    }
  })

  it('name what was seen for the first time', () => {
    const planted = answers.anomalies.find(({ kind }) => kind === 'new')
    const told = planted && tellingOf(planted)
    expect(told?.firstSeen.filter(({ dimension }) => dimension === 'resource').length).toBe(3)
  })

  it('tell credits and refunds apart', () => {
    expect(found.adjustments.map(({ category }) => category)).toContain('Credit')
    expect(found.anomalies.flatMap(({ causes }) => causes).some(({ value }) => value === 'Credit')).toBe(
      false,
    )
  })

  it('can be asked of a period, a part of the bill, or one dimension', async () => {
    const september = mustSucceed(await findAnomalies({ from: '2026-09-01', to: '2026-10-01' }, test.work()))
    expect(september.anomalies.every(({ start, end }) => start < '2026-10-01' && end > '2026-09-01')).toBe(
      true,
    )
    expect(september.anomalies.length).toBeLessThan(found.anomalies.length)
    const byService = mustSucceed(await findAnomalies({ by: 'service' }, test.work()))
    expect(
      byService.anomalies.every(({ scope }) => scope.length === 1 && scope[0]?.dimension === 'service'),
    ).toBe(true)
    const athena = mustSucceed(
      await findAnomalies(
        { where: [{ dimension: 'service', operator: '=', value: 'Amazon Athena' }] },
        test.work(),
      ),
    )
    expect(athena.anomalies.map(({ kind }) => kind)).toContain('spike')
    expect(await findAnomalies({ from: '2026-09-01', to: '2026-09-01' }, test.work())).toMatchObject({
      failure: { code: 'empty-period' },
    })
  })

  it('do not tell of what was planned', async () => {
    const planted = answers.anomalies.find(({ kind }) => kind === 'new')
    const told = planted && tellingOf(planted)
    const plan = {
      name: 'GPU trial',
      from: planted?.start ?? '',
      to: planted?.end ?? '',
      where: [{ dimension: 'account', operator: '=' as const, value: planted?.account ?? '' }],
      note: 'agreed with the team',
    }
    expect(mustSucceed(await writePlannedCost(plan, test.work())).events).toEqual([plan])
    const quiet = mustSucceed(await findAnomalies({}, test.work()))
    expect(quiet.anomalies.map(({ id }) => id)).not.toContain(told?.id)
    expect(quiet.anomalies.length).toBe(found.anomalies.length - 1)
    mustSucceed(await removePlannedCost({ name: 'GPU trial' }, test.work()))
    expect(mustSucceed(await listPlannedCosts({}, test.work())).events).toEqual([])
    expect(mustSucceed(await findAnomalies({}, test.work()))).toEqual(found)
  })

  it('are labelled, stay so, and give the replay its precision', async () => {
    expect(mustSucceed(await replayAnomalies({}, test.work()))).toMatchObject({
      alarms: found.anomalies.length,
      labelled: 0,
      precision: null,
    })
    const [first, second] = found.anomalies
    mustSucceed(await labelAnomaly({ id: first?.id ?? '', label: 'real', note: 'fixed' }, test.work()))
    mustSucceed(await labelAnomaly({ id: second?.id ?? '', label: 'not-useful' }, test.work()))
    expect(mustSucceed(await replayAnomalies({}, test.work()))).toMatchObject({
      labelled: 2,
      real: 1,
      notUseful: 1,
      precision: 0.5,
    })
    const again = mustSucceed(await findAnomalies({}, test.work()))
    expect(again.anomalies.find(({ id }) => id === first?.id)).toMatchObject({ label: 'real', note: 'fixed' })
    mustSucceed(await labelAnomaly({ id: first?.id ?? '', label: null }, test.work()))
    expect(mustSucceed(await replayAnomalies({}, test.work()))).toMatchObject({ labelled: 1, real: 0 })
    expect(await labelAnomaly({ id: 'nobody', label: 'real' }, test.work())).toMatchObject({
      failure: { code: 'no-such-anomaly' },
    })
  })

  it('are asked for in statements that the store understands', async () => {
    const scope: BillScope = {
      measure: 'effective',
      currency: 'USD',
      filters: [{ dimension: 'tag:team', operator: '!=', value: "x'y" }],
      firstDay: '2026-03-01',
      to: '2026-10-09',
    }
    const event = {
      scope: { account: '1', 'usage-type': "a'b" },
      start: '2026-09-01',
      end: '2026-09-03',
      expected: '1.5',
    }
    const halves = { rolled: [1, 2], others: [3] }
    const connection = await test.store.connect()
    try {
      for (const imports of [{ rolled: [], others: [] }, halves]) {
        const { parts, ...told } = compileExplanation(scope, imports, event)
        await connection.run(parts.sql, parts.values)
        for (const { sql, values } of [
          compileCells(scope, imports, resourceDimensions, 10),
          compileCells(scope, imports, ['tag:Cost Center'], 5),
          compileAdjustments(scope, imports, '2026-03-01', '2026-10-09'),
          ...Object.values(told),
        ]) {
          await expect(connection.rows(`EXPLAIN ${sql}`, values)).resolves.not.toEqual([])
        }
      }
    } finally {
      connection.closeSync()
    }
  })
})

it('an empty workspace has no anomalies', async () => {
  const empty = await openTestStore()
  expect(await findAnomalies({}, empty.work())).toEqual({
    ok: true,
    value: { currency: null, anomalies: [], adjustments: [], incompleteDays: [] },
  })
  await empty.close()
})
