import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DriverImport, driverSchema, driverValuesSchema } from '../contract/drivers'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { importDriver, listDrivers, readDriverValues, removeDriver } from './driver-store'
import { readDriverText } from './read-driver-file'

const readOf = (text: string) => mustSucceed(readDriverText('orders.csv', text, undefined))
const problemsOf = (text: string, grain?: 'day' | 'month') => {
  const read = readDriverText('orders.csv', text, grain)
  if (read.ok) throw new Error('the file was taken')
  return read.failure
}

describe('the file of a driver', () => {
  it('is read with a heading in any order, without one, and with semicolons', () => {
    const two = [
      { day: '2026-09-01', label: 'Shop, north', value: '10.000000000001' },
      { day: '2026-09-02', label: 'data', value: '0' },
    ]
    expect(
      readOf('\uFEFFTeam,Date,Value\r\n"Shop, north",2026-09-01,10.000000000001\r\n\r\ndata,2026-09-02,0'),
    ).toEqual({
      grain: 'day',
      values: two,
    })
    expect(readOf('2026-09-01;10.000000000001;Shop, north\n2026-09-02;0;data\n').values).toEqual(two)
    expect(readOf('date,orders,label\n2026-09-01,1,x').values).toHaveLength(1)
  })

  it('is of months where every date is one, and of days otherwise', () => {
    expect(readOf('2026-08,5\n2026-09,6').grain).toBe('month')
    expect(readOf('date,value\n2026-08-01,5\n2026-09-01,6').grain).toBe('month')
    expect(readOf('2026-09-01,5\n2026-09-02,6').grain).toBe('day')
    expect(readOf('2026-09-01,5').grain).toBe('day')
  })

  it('is refused whole, with every line that is wrong and why', () => {
    const { code, details } = problemsOf(
      [
        'date,value,label',
        '2026-09-01,5,a',
        '2026-02-30,5,a',
        '2026-09-02,,a',
        '2026-09-03,-1,a',
        '2026-09-04,"1,5",a',
        '2026-09-01,6,a',
        '2026-09-05,7,',
        '2026-09-06,7',
        '2026-09,7,a',
        ',7,a',
      ].join('\n'),
    )
    expect(code).toBe('bad-driver-lines')
    expect(details?.split('\n')).toEqual([
      'orders.csv, line 3: "2026-02-30" is no date as YYYY-MM-DD',
      'orders.csv, line 4: it has no value',
      'orders.csv, line 5: "-1" is below nothing, and a driver counts something',
      'orders.csv, line 6: "1,5" is no number as 1234.5',
      'orders.csv, line 7: 2026-09-01 for a has a value on line 2 already',
      'orders.csv, line 8: its label is empty',
      'orders.csv, line 9: it has 2 columns instead of 3',
      'orders.csv, line 10: "2026-09" is a month among days',
      'orders.csv, line 11: it has no date',
    ])
  })

  it('says what it is not', () => {
    expect(problemsOf('').code).toBe('empty-file')
    expect(problemsOf('date,value\n').code).toBe('empty-file')
    expect(problemsOf('when,how much\n2026-09-01,1').code).toBe('not-a-driver')
    expect(problemsOf('date,value\n2026-09-01,"1').message).toMatch(/line 2: the quotes do not add up/)
    expect(problemsOf('2026-09-02,1', 'month').details).toMatch(/not the first day of a month/)
    const many = problemsOf(`date,value\n${'2026-09-01,x\n'.repeat(2_000)}`)
    expect(many.message).toMatch(/^2000 lines .* and 1988 more\.$/s)
    expect(many.message.length).toBeLessThan(4_000)
    expect(many.details?.length).toBeLessThan(20_000)
  })
})

describe('drivers', () => {
  let workspace: TestStore
  beforeAll(async () => {
    workspace = await openTestStore()
  })
  afterAll(() => workspace.close())

  const bringIn = (text: string, more: Partial<DriverImport> = {}) =>
    importDriver(
      { name: 'Orders', unit: 'order', content: { kind: 'text', file: 'orders.csv', text }, ...more },
      workspace.work(),
    )
  const valuesOf = async () =>
    mustSucceed(await readDriverValues({ name: 'Orders', limit: 1_000 }, workspace.work()))

  it('are kept to the last digit and replaced whole', async () => {
    const first = mustSucceed(
      await bringIn('date,value,label\n2026-09-01,1.000000000001,a\n2026-09-01,2,b\n2026-09-03,3,a'),
    )
    expect(driverSchema.parse(first)).toMatchObject({
      grain: 'day',
      firstDay: '2026-09-01',
      lastDay: '2026-09-03',
      values: 3,
      labels: 2,
      total: '6.000000000001',
    })
    mustSucceed(await bringIn('2026-08,12.5\n2026-09,7', { unit: 'parcel' }))
    const read = await valuesOf()
    expect(driverValuesSchema.parse(read)).toMatchObject({
      driver: { unit: 'parcel', grain: 'month', labels: 0 },
      values: [
        { day: '2026-08-01', label: '', value: '12.500000000000' },
        { day: '2026-09-01', label: '', value: '7.000000000000' },
      ],
    })
  })

  it('stay as they were when a file is refused', async () => {
    const before = await valuesOf()
    expect(codeOf(await bringIn('2026-08,12.5\n2026-09,none'))).toBe('bad-driver-lines')
    expect(
      codeOf(await bringIn('', { content: { kind: 'file', path: join(workspace.outside, 'no.csv') } })),
    ).toBe('file-unreadable')
    expect(codeOf(await bringIn('', { content: { kind: 'file', path: workspace.outside } }))).toBe(
      'not-a-file',
    )
    const latin = join(workspace.outside, 'latin.csv')
    await writeFile(latin, Buffer.from('date,value,label\n2026-09-01,1,caf\xe9\n', 'latin1'))
    expect(codeOf(await bringIn('', { content: { kind: 'file', path: latin } }))).toBe('not-utf-8')
    expect(await valuesOf()).toEqual(before)
  })

  it('come from a file by its path, and go with their values', async () => {
    const path = join(workspace.outside, 'visits.csv')
    await writeFile(path, 'date,value\n2026-09-01,4\n')
    mustSucceed(await bringIn('', { name: 'Visits', unit: 'visit', content: { kind: 'file', path } }))
    const { drivers } = mustSucceed(await listDrivers({}, workspace.work()))
    expect(drivers.map(({ name, file }) => [name, file])).toEqual([
      ['Orders', 'orders.csv'],
      ['Visits', 'visits.csv'],
    ])
    mustSucceed(await removeDriver({ name: 'Visits' }, workspace.work()))
    expect(codeOf(await removeDriver({ name: 'Visits' }, workspace.work()))).toBe('no-such-driver')
    expect(await workspace.rows("SELECT * FROM state.main.driver_values WHERE driver = 'Visits'")).toEqual([])
  })
})
