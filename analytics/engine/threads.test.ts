import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/open-test-store'
import { inThreads, threadFile } from './threads'

let folder: string
let file: string
beforeAll(async () => {
  folder = await temporaryFolder()
  file = join(folder, 'thread.mjs')
  await writeFile(
    file,
    `import { parentPort, threadId } from 'node:worker_threads'
     parentPort.on('message', (batch) => {
       if (batch === 13) throw new Error('thirteen')
       if (batch === 0) parentPort.postMessage(threadId)
       if (batch > 0) parentPort.postMessage(batch * 2)
     })`,
  )
})
afterAll(() => rm(folder, { recursive: true }))

describe('threads', () => {
  it('are given one batch after the other until none is left', async () => {
    const done: number[] = []
    const batches = [1, 2, 3, 4, 5, 6, 7, 8]
    await inThreads(file, batches, (one: number) => done.push(one), new AbortController().signal)
    expect(done.sort((a, b) => a - b)).toEqual([2, 4, 6, 8, 10, 12, 14, 16])
  })

  it('are no more than wanted', async () => {
    const threads = new Set<number>()
    await inThreads(file, [0, 0, 0, 0], (one: number) => threads.add(one), new AbortController().signal, 1)
    expect(threads.size).toBe(1)
  })

  it('end at once when nobody waits for them, whatever they are at', async () => {
    const abort = new AbortController()
    const done: number[] = []
    const take = (one: number) => {
      done.push(one)
      abort.abort()
    }
    // Nothing ever answers a batch below zero.
    await expect(inThreads(file, [1, -1, -1, -1, -1, -1], take, abort.signal)).rejects.toThrow('cancelled')
    expect(done).toEqual([2])
  })

  it('hand on what went wrong in one of them', async () => {
    const run = inThreads(file, [1, 13, 2], () => undefined, new AbortController().signal)
    await expect(run).rejects.toThrow('thirteen')
  })

  it('are not there when the engine runs from its sources', () => {
    expect(threadFile('anomaly-worker')).toBeNull()
  })
})
