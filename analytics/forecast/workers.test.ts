import { describe, expect, it } from 'vitest'
import { inventedBill } from '../testing/invented-series'
import { forecastSeries, type SeriesTask } from './forecast-series'
import { forecastAll } from './workers'

const task = (seed: number): SeriesTask => ({
  history: inventedBill(20_000, 60, { seed }),
  horizon: 3,
  seasons: [7],
  firstDay: null,
  model: 'theta',
})
const tasks = Array.from({ length: 20 }, (_, seed) => task(seed))

describe('many forecasts', () => {
  it('come in the order of their series, and tell how far they are', async () => {
    const told: number[] = []
    const forecasts = await forecastAll(tasks, {
      signal: new AbortController().signal,
      onDone: (done) => told.push(done),
    })
    expect(forecasts).toEqual(tasks.map(forecastSeries))
    expect(told.at(-1)).toBe(tasks.length)
    expect(told).toEqual([...told].sort((a, b) => a - b))
  })

  it('end soon after they are cancelled', async () => {
    const abort = new AbortController()
    let done = 0
    const run = forecastAll(tasks, {
      signal: abort.signal,
      onDone: (now) => {
        done = now
        abort.abort()
      },
    })
    await expect(run).rejects.toThrow('cancelled')
    expect(done).toBe(1)
  })

  it('of nothing are none', async () => {
    expect(await forecastAll([], { signal: new AbortController().signal, onDone: () => undefined })).toEqual(
      [],
    )
  })
})
