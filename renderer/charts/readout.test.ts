import { describe, expect, it } from 'vitest'
import { type Mark, shownMarks } from './model'
import { announce, describeChart, readoutAt } from './readout'

const unit = { kind: 'money', currency: 'USD' } as const
const points = [
  { key: '2026-10', short: 'Oct 26', title: 'October 2026' },
  { key: '2026-11', short: 'Nov 26', title: 'November 2026', note: '20 of 30 days', isPartial: true },
]
const marks: readonly Mark[] = [
  {
    kind: 'bars',
    series: [
      { name: 'EC2', colour: '#111111', values: ['1', '9007199254740993.125'] },
      { name: 'Credits', colour: '#222222', values: ['-3', '-0.005'] },
      { name: 'S3', colour: '#333333', values: ['5', '0'] },
      { name: 'EKS', colour: '#444444', values: ['2', null] },
    ],
  },
  { kind: 'outline', series: { name: 'Year before', colour: '#555555', values: ['4', null] } },
  { kind: 'target', name: 'Budget', value: '6' },
  { kind: 'band', name: '80 %', colour: '#666666', low: ['1', null], high: ['2', null] },
  { kind: 'rings', name: 'Anomalies', colour: '#777777', at: [{ index: 0, value: '5', title: 'Spike' }] },
]

describe('what is known of a point', () => {
  it('lists the parts by size and sums exactly what came', () => {
    const readout = readoutAt(points, marks, unit, 0)
    expect(readout?.parts.map(({ name, text }) => [name, text])).toEqual([
      ['S3', '5.00'],
      ['EKS', '2.00'],
      ['EC2', '1.00'],
      ['Credits', '−3.00'],
    ])
    expect(readout?.total).toEqual({ value: '5', text: '5.00' })
    expect(readout?.others.map(({ name, text }) => [name, text])).toEqual([
      ['Year before', '4.00'],
      ['Budget', '6.00'],
      ['80 %', '1.00 to 2.00'],
      ['Spike', '5.00'],
    ])
  })

  it('keeps figures exact beyond the numbers of JavaScript, and leaves out what is not there', () => {
    const readout = readoutAt(points, marks, unit, 1)
    expect(readout?.total?.value).toBe('9007199254740993.120')
    expect(readout?.parts.map(({ name }) => name)).toEqual(['EC2', 'Credits'])
    expect(readout?.note).toBe('20 of 30 days')
    expect(readoutAt(points, marks, unit, 2)).toBeNull()
  })

  it('counts only what is shown', () => {
    const shown = shownMarks(marks, new Set(['S3', 'Budget', 'Year before', '80 %', 'Anomalies']))
    const readout = readoutAt(points, shown, unit, 0)
    expect(readout?.total?.value).toBe('0')
    expect(readout?.others).toEqual([])
  })

  it('signs the changes of a bridge and not its totals', () => {
    const bridge: Mark = {
      kind: 'bridge',
      name: 'Spend',
      colours: { total: '#1', rise: '#2', fall: '#3' },
      steps: [
        { value: '10', isTotal: true },
        { value: '4', isTotal: false },
      ],
    }
    expect(readoutAt(points, [bridge], unit, 0)?.others[0]).toMatchObject({ text: '10.00', colour: '#1' })
    expect(readoutAt(points, [bridge], unit, 1)?.others[0]).toMatchObject({ text: '+4.00', colour: '#2' })
  })
})

describe('words', () => {
  it('read out a point, and one series of it', () => {
    const readout = readoutAt(points, marks.slice(0, 1), unit, 1)
    if (readout === null) throw new Error('There is a point.')
    expect(announce(readout, unit, null)).toBe(
      'November 2026, 20 of 30 days. Total 9,007,199,254,740,993.12 USD. EC2 9,007,199,254,740,993.12, Credits 0.00.',
    )
    expect(announce(readout, unit, 'EC2')).toContain('EC2: 9,007,199,254,740,993.12 USD.')
    expect(announce(readout, unit, 'EKS')).toBe('November 2026, 20 of 30 days. EKS: no value.')
  })

  it('describe the chart from its exact totals', () => {
    expect(describeChart('Spend', points, marks.slice(0, 1), unit)).toBe(
      'Spend, 2 points. First October 2026 5.00 USD, last November 2026 (20 of 30 days) 9,007,199,254,740,993.12 USD. ' +
        'Highest November 2026 (20 of 30 days) 9,007,199,254,740,993.12 USD, lowest October 2026 5.00 USD.',
    )
    expect(describeChart('Spend', [], [], unit)).toBe('Spend. There is nothing to show.')
  })
})
