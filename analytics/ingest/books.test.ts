import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { usage } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { preferSource } from './books'
import { listSources, removeSource } from './sources'

let workspace: TestStore

beforeEach(async () => {
  workspace = await openTestStore()
})

afterEach(async () => {
  await workspace.close()
})

async function bringIn(name: string, amount: number) {
  const root = join(workspace.outside, name)
  await writeDelivery(root, { period: '2026-09', chunks: [[usage(amount)]] })
  return mustSucceed(await workspace.bringIn(root))
}

async function billed(): Promise<unknown> {
  const table = await workspace.query({ measure: 'billed', from: '2026-09-01', to: '2026-10-01' })
  return table.total.billed
}

async function countedSources(): Promise<readonly string[]> {
  const { sources } = mustSucceed(await listSources({}, workspace.work()))
  return sources.filter(({ periods }) => periods.every(({ counted }) => counted)).map(({ name }) => name)
}

describe('the same spend in two exports', () => {
  it('is counted once, from the newest, and the user is told', async () => {
    await bringIn('first', 10)
    const { warnings } = await bringIn('second', 12)
    expect(await billed()).toBe('12.000000000000')
    expect(await countedSources()).toEqual(['second'])
    expect(warnings.filter(({ code }) => code === 'same-spend')).toEqual([
      {
        code: 'same-spend',
        message:
          '2026-09 of this payer is in second and in first. It is counted once, from second; choose the other with: finops sources prefer first',
        file: join(workspace.outside, 'second'),
      },
    ])
  })

  it('is counted from the export the user chooses, also after the other is brought in again', async () => {
    await bringIn('first', 10)
    await bringIn('second', 12)
    expect(mustSucceed(await preferSource({ name: 'first' }, workspace.work()))).toEqual({
      name: 'first',
      periods: 1,
    })
    expect(await billed()).toBe('10.000000000000')
    await bringIn('second', 13)
    expect(await billed()).toBe('10.000000000000')
    const resources = await workspace.query({
      measure: 'billed',
      by: ['resource'],
      from: '2026-09-01',
      to: '2026-10-01',
    })
    expect(resources.total.billed).toBe('10.000000000000')
  })

  it('comes from the other export when the counted one is removed', async () => {
    await bringIn('first', 10)
    await bringIn('second', 12)
    mustSucceed(await removeSource({ name: 'second' }, workspace.work()))
    expect(await billed()).toBe('10.000000000000')
    expect(await countedSources()).toEqual(['first'])
  })

  it('cannot be chosen from a source that is not there', async () => {
    const refused = await preferSource({ name: 'nobody' }, workspace.work())
    expect(refused).toMatchObject({ ok: false, failure: { code: 'no-such-source' } })
  })
})
