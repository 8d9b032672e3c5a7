import { describe, expect, it } from 'vitest'
import { keepSamples, type ProgressSample, timeLeft } from './time-left'

function samplesOf(
  figures: readonly (readonly [seconds: number, done: number])[],
  total: number | null = 1_000,
) {
  return figures.reduce<readonly ProgressSample[]>(
    (samples, [seconds, done]) =>
      keepSamples(samples, { stage: '', done, total, unit: 'rows' }, seconds * 1_000),
    [],
  )
}

describe('timeLeft', () => {
  it('tells the rest at a steady pace', () => {
    expect(
      timeLeft(
        samplesOf([
          [0, 0],
          [1, 100],
          [2, 200],
          [3, 300],
          [4, 400],
        ]),
      ),
    ).toBeCloseTo(6_000)
  })

  it.each([
    [
      'too little has been seen',
      samplesOf([
        [0, 0],
        [1, 100],
      ]),
    ],
    [
      'too short a time has passed',
      samplesOf([
        [0, 0],
        [0.5, 100],
        [1, 200],
        [1.5, 300],
        [2, 400],
      ]),
    ],
    [
      'nobody knows the total',
      samplesOf(
        [
          [0, 0],
          [1, 100],
          [2, 200],
          [3, 300],
          [4, 400],
        ],
        null,
      ),
    ],
    [
      'nothing moves',
      samplesOf([
        [0, 100],
        [1, 100],
        [2, 100],
        [3, 100],
        [4, 100],
      ]),
    ],
    [
      'the pace has just dropped',
      samplesOf([
        [0, 0],
        [1, 400],
        [2, 800],
        [3, 801],
        [4, 802],
      ]),
    ],
    ['there is nothing at all', []],
  ])('says nothing while %s', (_, samples) => {
    expect(timeLeft(samples)).toBeNull()
  })

  it('starts anew with a new stretch of work', () => {
    const before = samplesOf([
      [0, 0],
      [1, 100],
      [2, 200],
      [3, 300],
      [4, 400],
    ])
    expect(keepSamples(before, { stage: '', done: 1, total: 9, unit: 'periods' }, 5_000)).toHaveLength(1)
    expect(keepSamples(before, { stage: '', done: 0, total: 1_000, unit: 'rows' }, 5_000)).toHaveLength(1)
  })
})
