import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

/** Few enough that a bill of a hundred files does not hold a hundred buffers. */
const atOnce = 2
const mebibyte = 1024 * 1024

/**
 * Unpacks every gzip to its end and answers the first that is cut off or does not have the checksum it names. It is
 * an answer, not an exception: whoever waits for it may be busy failing for another reason.
 */
export async function damagedGzip(paths: readonly string[], signal: AbortSignal): Promise<Error | null> {
  const left = paths.filter((path) => path.endsWith('.gz'))
  const outcomes = await Promise.allSettled(
    Array.from({ length: atOnce }, async () => {
      for (let path = left.shift(); path !== undefined; path = left.shift()) await verify(path, signal)
    }),
  )
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed === undefined) return null
  return failed.reason instanceof Error ? failed.reason : new Error(String(failed.reason))
}

async function verify(path: string, signal: AbortSignal): Promise<void> {
  const nowhere = new Writable({
    write(_chunk, _encoding, done) {
      done()
    },
  })
  try {
    await pipeline(
      createReadStream(path, { highWaterMark: mebibyte }),
      createGunzip({ chunkSize: 4 * mebibyte }),
      nowhere,
      { signal },
    )
  } catch (error) {
    if (signal.aborted) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`Invalid Input: the gzip file ${basename(path)} is truncated or corrupt: ${why}`, {
      cause: error,
    })
  }
}
