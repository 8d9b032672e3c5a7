import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { accuracySchema } from '../../analytics/contract/forecast-accuracy'
import type { Application } from '../application'
import { documentedError, documentedForecast, documentedSeriesForecast } from '../testing/documented'
import { openApplication } from '../testing/open-application'
import { documentOf, runCli } from '../testing/run-cli'
import { writeSmallExport } from '../testing/small-export'
import { temporaryFolders } from '../testing/temporary-folder'

// Whole processes at work on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const newFolder = temporaryFolders('forecast')
let home: string
let application: Application
const json = (...argv: readonly string[]) => runCli(['forecast', ...argv, '--json', '--home', home])
const text = (...argv: readonly string[]) => runCli(['forecast', ...argv, '--home', home])

beforeAll(async () => {
  home = await newFolder()
  application = (await openApplication(home)).application
})
afterAll(() => application.close())

async function seriesFile(rows: readonly string[]): Promise<string> {
  const path = join(await newFolder(), 'series.csv')
  await writeFile(path, `${rows.join('\n')}\n`)
  return path
}

describe('finops forecast', () => {
  it('of an empty workspace says what to do', async () => {
    const run = await json('--horizon', '30')
    expect(run.code).toBe(3)
    expect(documentedError.parse(documentOf(run)).error.code).toBe('no-data')
  })

  it('of the bill answers as documented, its parts adding up', async () => {
    const { root } = await writeSmallExport(await newFolder(), { until: '2026-03-08' })
    await runCli(['import', root, '--json', '--home', home])
    const run = await json('--horizon', '7', '--by', 'service')
    expect(run).toMatchObject({ code: 0, stderr: '' })
    const { series, total } = documentedForecast.parse(documentOf(run))
    const units = (money: string | undefined) => BigInt((money ?? '').replace('.', ''))
    for (const [at, { mean }] of total.points.entries()) {
      expect(units(mean)).toBe(series.reduce((sum, { points }) => sum + units(points[at]?.mean), 0n))
    }
    const shown = await text('--horizon', '7')
    expect(shown.stdout).toMatch(/^Part, USD +Time +Mean +Low 80 +High 80 +Low 95 +High 95$/m)
    expect(shown.stdout).toMatch(/^year +\d{4}-01-01 +[\d,.]+/m)
  })

  it('tells how good it was, beside what people do', async () => {
    const run = await json('--accuracy')
    expect(run).toMatchObject({ code: 0, stderr: '' })
    const record = accuracySchema.parse(documentOf(run))
    // A week of data and one forecast of what follows: nothing of it has come.
    expect(record).toMatchObject({ currency: 'USD', spans: [], setAside: 0 })
    expect((await text('--accuracy')).stdout).toContain(
      `Measured against the data through ${record.dataThrough}.`,
    )
  })

  it('of thousands of series answers each, from the built worker', async () => {
    const rows = Array.from({ length: 2_000 }, (_, at) =>
      Array.from({ length: 12 }, (_, step) => `s${at},${step + 1},${at + step}`),
    )
    const run = await json('--series', await seriesFile(rows.flat()), '--horizon', '2', '--model', 'naive')
    const { series, skipped } = documentedSeriesForecast.parse(documentOf(run))
    expect({ code: run.code, answered: series.length, skipped }).toEqual({
      code: 0,
      answered: 2_000,
      skipped: [],
    })
    expect(series[1_999]).toMatchObject({
      id: 's1999',
      model: 'naive',
      points: [{ t: '13', mean: 2_010 }, { t: '14' }],
    })
  })

  it('of a file in part says what is missing', async () => {
    const path = await seriesFile(['a,2026-01-01,1', 'a,2026-01-02,2', 'a,2026-01-02,3', 'b,2026-01-01,x'])
    const run = await json('--series', path, '--horizon', '1')
    const { series, skipped, notes } = documentedSeriesForecast.parse(documentOf(run))
    expect(run.code).toBe(4)
    expect(series.map(({ id }) => id)).toEqual(['a'])
    expect(skipped).toMatchObject([{ id: 'b', reason: expect.stringContaining('b has no value') }])
    expect(notes).toMatchObject([{ id: 'a', note: expect.stringMatching(/^1 rows were replaced/) }])
    expect((await text('--series', path, '--horizon', '1')).stdout).toContain('! b has no value')
  })

  it('refuses what it cannot read, and words it does not know', async () => {
    expect((await json('--series', '/nowhere/at/all.csv', '--horizon', '1')).code).toBe(3)
    expect((await json('--horizon', 'soon')).code).toBe(2)
    expect((await json('--by', 'service')).code).toBe(2)
  })

  it.each(['mstl', 'arima', 'ets', 'sma'])('knows the model %s', async (model) => {
    const rows = Array.from({ length: 70 }, (_, step) => `${step + 1},${100 + (step % 7) * 10}`)
    const run = await json(
      '--series',
      await seriesFile(rows),
      '--horizon',
      '7',
      '--season',
      '7',
      '--model',
      model,
    )
    const [series] = documentedSeriesForecast.parse(documentOf(run)).series
    expect(series?.model).toBe(model)
    expect(series?.points.every(({ mean }) => mean > 80 && mean < 180)).toBe(true)
  })
})
