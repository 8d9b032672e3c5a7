import { isAbsolute, join, relative, sep, win32 } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { localParts, TakenPaths } from './local-path'

const seeds = { seed: 20_260_901, numRuns: 2_000 }
const key = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom('.', '/', '\\', ':', '%', 'a', 'A', ' ', '\0', 'con', 'nul', '_', '2E'),
    maxLength: 14,
  }),
)

test('no key leads out of the folder, on Unix or on Windows', () => {
  fc.assert(
    fc.property(key, (name) => {
      const parts = localParts(name)
      if (parts === null) return
      const path = join('/mirror', ...parts)
      expect(path.startsWith(`/mirror${sep}`)).toBe(true)
      const windows = relative('/mirror', path).split(sep)
      expect(isAbsolute(win32.relative('C:\\mirror', win32.join('C:\\mirror', ...parts)))).toBe(false)
      for (const part of windows) {
        expect(part).not.toMatch(/^\.|[. ]$|[<>:"|?*\\]|\p{Cc}/u)
        expect(part).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i)
      }
    }),
    seeds,
  )
})

test('two keys never become the same path', () => {
  const paths = new Map<string, string>()
  fc.assert(
    fc.property(key, (name) => {
      const path = localParts(name)?.join('/')
      if (path === undefined) return
      expect(paths.get(path) ?? name).toBe(name)
      paths.set(path, name)
    }),
    seeds,
  )
})

test.each([
  ['a/../../b', 'a/%2E%2E/%2E%2E/b'],
  ['/etc/passwd', '%_/etc/passwd'],
  ['a//b', 'a/%_/b'],
  ['a\\..\\b', 'a%5C..%5Cb'],
  ['C:/x', 'C%3A/x'],
  ['CON/nul.txt', '%43ON/%6Eul.txt'],
  ['.objects/x', '%2Eobjects/x'],
  ['end./x ', 'end%2E/x%20'],
  ['100%/x', '100%25/x'],
  ['BILLING_PERIOD=2026-09/e-00001.snappy.parquet', 'BILLING_PERIOD=2026-09/e-00001.snappy.parquet'],
])('%s becomes %s', (name, path) => {
  expect(localParts(name)?.join('/')).toBe(path)
})

test('a name that no disk takes is refused', () => {
  expect(localParts(`a/${'x'.repeat(201)}`)).toBeNull()
})

test('notices what some disks cannot keep apart', () => {
  const taken = new TakenPaths()
  expect(taken.take(['Export', 'a.parquet'])).toBeNull()
  expect(taken.take(['Export', 'a.parquet'])).toBeNull()
  expect(taken.take(['Export', 'A.parquet'])).toBe('Export/a.parquet')
  expect(taken.take(['export', 'b.parquet'])).toBe('Export')
  expect(taken.take(['Export', 'a.parquet', 'c'])).toBe('Export/a.parquet')
  expect(taken.take(['Export'])).toBe('Export')
  expect(taken.take(['caf\u00e9', 'x'])).toBeNull()
  expect(taken.take(['cafe\u0301', 'y'])).toBe('caf\u00e9')
})
