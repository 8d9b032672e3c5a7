import type * as Files from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { usage } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { codeOf, filesBelow, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'

const disk = { full: false }

// A small disk of its own needs rights that a test has not; what the system says of a full one is told here.
vi.mock('node:fs', async (original) => {
  const files = await original<typeof Files>()
  const createWriteStream: typeof files.createWriteStream = (path, options) => {
    if (!disk.full) return files.createWriteStream(path, options)
    files.writeFileSync(path, 'half')
    return new Writable({
      write: (_chunk, _encoding, done) =>
        done(
          Object.assign(new Error('ENOSPC: no space left on device, write'), {
            code: 'ENOSPC',
            syscall: 'write',
          }),
        ),
    }) as Files.WriteStream
  }
  return { ...files, createWriteStream }
})

let workspace: TestStore
let root: string

beforeEach(async () => {
  workspace = await openTestStore()
  root = join(workspace.outside, 'acme')
  await writeDelivery(root, { period: '2026-09', chunks: [[usage(42)]] })
  mustSucceed(await workspace.bringIn(root))
})

afterEach(async () => {
  disk.full = false
  await workspace.close()
})

it('a disk that fills while a bill is copied leaves what was there, and nothing half', async () => {
  const before = await filesBelow(workspace.home)
  await writeDelivery(root, { period: '2026-09', chunks: [[usage(1)]] })
  disk.full = true
  const result = await workspace.bringIn(root)
  expect(codeOf(result)).toBe('disk-full')
  expect(await filesBelow(workspace.home)).toEqual(before)
  disk.full = false
  expect(mustSucceed(await workspace.bringIn(root)).imports[0]).toMatchObject({
    state: 'replaced',
    billed: '1.000000000000',
  })
})
