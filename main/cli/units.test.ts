import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { driverSchema, driversSchema } from '../../analytics/contract/drivers'
import type { Application } from '../application'
import { documentedError } from '../testing/documented'
import { openApplication } from '../testing/open-application'
import { documentOf, runCli } from '../testing/run-cli'
import { temporaryFolders } from '../testing/temporary-folder'

// Whole processes at work on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const newFolder = temporaryFolders('units')
let home: string
let folder: string
let application: Application
const json = (...argv: readonly string[]) => runCli(['units', ...argv, '--json', '--home', home])

beforeAll(async () => {
  home = await newFolder()
  folder = await newFolder()
  application = (await openApplication(home)).application
  await writeFile(join(folder, 'orders.csv'), 'date,value,label\n2026-09-01,5.5,shop\n2026-09-03,2,data\n')
  await writeFile(join(folder, 'bad.csv'), 'date,value\n2026-09-01,5\n2026-09-02,x\n')
})
afterAll(() => application.close())

describe('finops units', () => {
  it('brings a driver in, lists it and takes it away', async () => {
    const file = join(folder, 'orders.csv')
    const brought = await json('import', file, '--name', 'Orders', '--unit', 'order')
    expect(brought.code).toBe(0)
    expect(driverSchema.parse(documentOf(brought))).toMatchObject({
      name: 'Orders',
      file: 'orders.csv',
      labels: 2,
    })
    expect(driversSchema.parse(documentOf(await json())).drivers).toHaveLength(1)
    const table = await runCli(['units', 'list', '--home', home])
    expect(table.stdout).toMatch(
      /Orders\s+order\s+day\s+2026-09-01\s+2026-09-03\s+2\s+2\s+7\.50\s+orders\.csv/,
    )
    const shown = await json(
      'show',
      'Orders',
      '--from',
      '2026-09-01',
      '--to',
      '2026-10-01',
      '--by',
      'tag:team',
    )
    expect(documentOf(shown)).toMatchObject({
      currency: null,
      from: '2026-09-01',
      points: [{ units: '0.000000000000' }],
    })
    expect(documentOf(await json('remove', 'Orders'))).toEqual({ name: 'Orders' })
    expect(documentOf(await json())).toEqual({ drivers: [] })
  })

  it('names the lines of a file that is refused, for people and for scripts', async () => {
    const words = ['import', join(folder, 'bad.csv'), '--name', 'Bad', '--unit', 'order']
    const refused = await json(...words)
    expect(refused.code).toBe(3)
    expect(documentedError.parse(documentOf(refused)).error.message).toMatch(
      /bad\.csv, line 3: "x" is no number/,
    )
    expect(refused.stderr).toBe('bad.csv, line 3: "x" is no number as 1234.5\n')
    expect((await runCli(['units', ...words, '--home', home])).stderr).toMatch(/^bad\.csv, line 3: /)
    expect(documentOf(await json())).toEqual({ drivers: [] })
  })

  it.each([
    [['import', 'x.csv', '--name', ' x', '--unit', 'y'], 2, /--name: a name neither begins nor ends/],
    [['import', 'x.csv', '--name', 'x', '--unit', 'y', '--grain', 'hour'], 2, /--grain/],
    [['show', 'x', '--grain', 'hour'], 2, /--grain/],
    [['show', 'x', '--from', '2026-09-01'], 2, /--from: give either a period/],
    [['show', 'nothing'], 3, /no driver named nothing/],
    [['remove', 'nothing'], 3, /no driver named nothing/],
  ])('says what is wrong with %j', async (argv, code, message) => {
    const run = await json(...argv)
    expect(run.code).toBe(code)
    expect(documentedError.parse(documentOf(run)).error.message).toMatch(message)
  })
})
