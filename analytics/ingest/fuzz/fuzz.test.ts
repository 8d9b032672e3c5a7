import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { billFormatNames } from '../../sample/formats/write-format'
import { openTestStore, type TestStore } from '../../testing/open-test-store'
import { listSources } from '../sources'
import { fuzzOnce, type WholeBill } from './fuzz-case'
import { writeWholeBills } from './whole-bills'

let workspace: TestStore
let bills: readonly WholeBill[]

beforeAll(async () => {
  // The memory that is shipped: a reader keeps room for lines of 4 MB, several files at a time.
  workspace = await openTestStore('workspace', { memoryLimit: '1200MB', threads: 1 })
  bills = await writeWholeBills(join(workspace.outside, 'whole'))
}, 60_000)

afterAll(async () => {
  await workspace.close()
})

// A damage each; the soak does a hundred.
describe.each(billFormatNames.map((format, index) => [format, index + 1] as const))(
  'a damaged bill as %s',
  (format, seed) => {
    it('is refused by name or comes to what is in it', async () => {
      const bill = bills.find((one) => one.format === format)
      if (bill === undefined) throw new Error(`no bill as ${format}`)
      expect((await workspace.bringIn(bill.root)).ok).toBe(true)
      const before = await listSources({}, workspace.work())
      const outcome = await fuzzOnce(bill, seed, join(workspace.outside, 'damaged'), (path) =>
        workspace.bringIn(path),
      )
      expect(outcome).toMatchObject({ wrong: null })
      if (outcome.outcome === 'refused') expect(await listSources({}, workspace.work())).toEqual(before)
    }, 600_000)
  },
)
