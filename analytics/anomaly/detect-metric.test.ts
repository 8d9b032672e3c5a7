import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../sample/random'
import { detectMetric } from './detect-metric'

const spacing = 300
const options = { perYear: 2, spacing }
const times = (count: number) => Float64Array.from({ length: count }, (_, at) => 1_700_000_000 + at * spacing)

/** Requests a day in and day out, with an evening peak. */
function metric(change: (value: number, at: number) => number = (value) => value, days = 14) {
  const random = createRandom(11)
  return Float64Array.from({ length: days * 288 }, (_, at) =>
    change(100 + 60 * Math.sin((at / 288) * 2 * Math.PI) + 8 * (random.next() - 0.5), at),
  )
}

const find = (values: Float64Array) => detectMetric(times(values.length), values, options)

describe('anomalies of a metric', () => {
  it('are none in its daily course', () => {
    const strict = { ...options, perYear: 0.5 }
    const { findings } = detectMetric(times(14 * 288), metric(), strict)
    expect(findings.filter(({ detected }) => detected > 288)).toEqual([])
  })

  it('are a jump to where it never was, at once, and one for the whole burst', () => {
    const found = find(metric((value, at) => (at >= 3_000 && at < 3_012 ? value + 200 : value)))
    const late = found.findings.filter(({ detected }) => detected > 288)
    expect(late).toMatchObject([{ kind: 'spike', start: 3_000, detected: 3_000 }])
    expect(late[0]?.end).toBeGreaterThanOrEqual(3_010)
    expect(found.scores[3_000]).toBeGreaterThan(0.5)
    expect([...found.scores.slice(3_020, 3_100)].every((score) => score < 0.5)).toBe(true)
  })

  it('are a fall out of its range, and a level that stays is a shift', () => {
    const fall = find(metric((value, at) => (at >= 3_000 && at < 3_020 ? 0 : value)))
    expect(fall.findings.find(({ detected }) => detected === 3_000)?.kind).toBe('drop')
    const lasting = find(metric((value, at) => (at >= 3_000 ? value + 300 : value)))
    expect(lasting.findings.find(({ detected }) => detected === 3_000)?.kind).toBe('shift')
  })

  it('are ordered by their size where nothing ever happened before', () => {
    const idle = new Float64Array(2_000)
    idle[1_000] = 5
    idle[1_900] = 50
    const { scores } = find(idle)
    expect(scores[1_000]).toBeGreaterThan(0.5)
    expect(scores[1_900]).toBeGreaterThan(0.5)
    expect([...scores].filter((score) => score > 0.5)).toHaveLength(2)
  })

  it('rest on no later reading, whatever the metric, and have scores in [0, 1]', () => {
    const any = fc
      .tuple(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 500 }))
      .map(([seed, length]) => {
        const random = createRandom(seed)
        return Float64Array.from({ length }, () =>
          random.chance(0.02) ? Number.NaN : random.chance(0.3) ? 0 : random.between(-5, 1000) ** 3,
        )
      })
    fc.assert(
      fc.property(any, fc.double({ min: 0, max: 1, noNaN: true }), (values, part) => {
        const cut = Math.floor(part * values.length)
        const whole = find(values)
        const before = find(values.slice(0, cut))
        expect([...before.scores]).toEqual([...whole.scores.slice(0, cut)])
        expect(before.findings.map(({ detected }) => detected)).toEqual(
          whole.findings.map(({ detected }) => detected).filter((detected) => detected < cut),
        )
        expect(whole.scores.every((score) => score >= 0 && score <= 1)).toBe(true)
        expect(
          whole.findings.every((one) => Number.isFinite(one.expected) && Number.isFinite(one.actual)),
        ).toBe(true)
      }),
      { seed: 20_262, numRuns: 60 },
    )
  })
})
