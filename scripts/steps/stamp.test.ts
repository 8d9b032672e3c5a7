import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freshness } from './build.mjs'
import { contentStamp, quickStamp, sourceFiles } from './stamp.mjs'

let base: string
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'finops stamp '))
  await mkdir(join(base, 'main', 'inner'), { recursive: true })
  await writeFile(join(base, 'main', 'a.ts'), 'a')
  await writeFile(join(base, 'main', 'a.test.ts'), 'test of a')
  await writeFile(join(base, 'main', 'inner', 'b.tsx'), 'b')
  await writeFile(join(base, 'package.json'), '{}')
})
afterEach(() => rm(base, { recursive: true, force: true }))

const parts = ['main', 'package.json', 'not-there']
const content = () => contentStamp(base, sourceFiles(base, parts))
const quick = () => quickStamp(base, sourceFiles(base, parts))

describe('the files of a build', () => {
  it('are all of them but tests, in a fixed order', () => {
    expect(sourceFiles(base, parts)).toEqual(['main/a.ts', 'main/inner/b.tsx', 'package.json'])
  })
})

describe('the stamps of a build', () => {
  it('change when a file is changed, added, renamed or removed', async () => {
    const seen = [[content(), quick()]]
    const note = () => seen.push([content(), quick()])
    await writeFile(join(base, 'main', 'a.ts'), 'aa')
    note()
    await writeFile(join(base, 'main', 'c.ts'), '')
    note()
    await rm(join(base, 'main', 'c.ts'))
    await writeFile(join(base, 'main', 'd.ts'), '')
    note()
    await rm(join(base, 'main', 'a.ts'))
    note()
    expect(new Set(seen.map(([stamp]) => stamp)).size).toBe(seen.length)
    expect(new Set(seen.map(([, stamp]) => stamp)).size).toBe(seen.length)
  })

  it('do not change with a test', async () => {
    const before = [content(), quick()]
    await writeFile(join(base, 'main', 'a.test.ts'), 'another test of a')
    await writeFile(join(base, 'main', 'new.test.tsx'), 'a test')
    expect([content(), quick()]).toEqual(before)
  })

  it('tell a file that was only touched from one that was changed', async () => {
    const before = { content: content(), quick: quick() }
    await utimes(join(base, 'main', 'a.ts'), 1_000_000, 1_000_000)
    expect(quick()).not.toBe(before.quick)
    expect(content()).toBe(before.content)
  })

  it('tell contents apart that only meet at other file borders', async () => {
    await writeFile(join(base, 'main', 'a.ts'), 'ab')
    await writeFile(join(base, 'main', 'inner', 'b.tsx'), 'c')
    const before = content()
    await writeFile(join(base, 'main', 'a.ts'), 'a')
    await writeFile(join(base, 'main', 'inner', 'b.tsx'), 'bc')
    expect(content()).not.toBe(before)
  })
})

describe('a build', () => {
  const stamped = { quick: 'q', content: 'c' }
  const unread = () => {
    throw new Error('The contents were read although the quick stamp matches.')
  }

  it('is fresh without reading a content when nothing was written since', () => {
    expect(freshness(stamped, 'q', unread)).toBe('fresh')
  })

  it('is not repeated for files that were only touched, but is for changed ones and the first time', () => {
    expect(freshness(stamped, 'q2', () => 'c')).toBe('touched')
    expect(freshness(stamped, 'q2', () => 'c2')).toBe('stale')
    expect(freshness(null, 'q', unread)).toBe('stale')
  })
})
