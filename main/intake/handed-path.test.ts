import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isOfferable } from './handed-path'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'finops-handed-'))
  await writeFile(join(folder, 'bill.csv'), 'x')
  await mkdir(join(folder, 'export'))
  await writeFile(join(folder, 'bad\nname.csv'), 'x')
})
afterAll(() => rm(folder, { recursive: true }))

it('offers files and folders that are there', async () => {
  expect(await isOfferable(join(folder, 'bill.csv'))).toBe(true)
  expect(await isOfferable(join(folder, 'export'))).toBe(true)
})

it.each([
  ['a relative path', () => 'bill.csv'],
  ['a path that is not there', () => join(folder, 'absent.csv')],
  ['a device', () => '/dev/null'],
  ['a control character', () => join(folder, 'bad\nname.csv')],
  ['a NUL', () => `${join(folder, 'bill.csv')}\0`],
  ['more than a path can be', () => `/${'x'.repeat(5_000)}`],
  ['a share of another machine', () => `/${join(folder, 'bill.csv')}`],
  ['an address', () => `file://${join(folder, 'bill.csv')}`],
  ['nothing', () => ''],
  ['no text', () => 7],
])('does not offer %s', async (_name, path) => {
  expect(await isOfferable(path())).toBe(false)
})
