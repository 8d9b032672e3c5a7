import { expect, test } from 'vitest'
import { findExports } from '../../analytics/ingest/find-exports'
import { type Fault, seeded } from '../aws/testing/faults'
import { bytes, deliver, got, openSyncFixture } from './sync-fixture'

const checksums = ['crc32', 'crc32c', 'crc64nvme', 'sha256', undefined] as const

/**
 * Whatever goes wrong in whatever order: what lies in the folder is byte for byte what the bucket holds, whole
 * periods only, and every other file is named as missing. When the trouble is over, one sync completes it.
 */
test.each([1, 5, 21])('faults by chance, seed %i: complete or exactly listed', async (seed) => {
  const fixture = await openSyncFixture()
  try {
    const { server } = fixture
    const random = seeded(seed)
    const periods = ['2026-06', '2026-07', '2026-08', '2026-09'].map((period, month) => {
      const count = 1 + Math.floor(random() * 4)
      const files = Object.fromEntries(
        Array.from({ length: count }, (_, file) => [
          `part-0000${file}.parquet`,
          bytes(8 + Math.floor(random() * 40_000), seed * 100 + month * 10 + file),
        ]),
      )
      const checksum = checksums[Math.floor(random() * checksums.length)]
      return {
        period,
        files,
        ...deliver(server, { period, files, ...(checksum ? { options: { checksum } } : {}) }),
      }
    })
    const some = (): number => Math.floor(random() * 20_000)
    const faults: readonly Fault[] = [
      { kind: 'slow-down' },
      { kind: 'internal-error' },
      { kind: 'reset' },
      { kind: 'reset', afterBytes: some() },
      { kind: 'truncate', afterBytes: some() },
      { kind: 'short', afterBytes: some() },
      { kind: 'hang', afterBytes: some() },
      { kind: 'corrupt' },
      { kind: 'html' },
      { kind: 'access-denied' },
      { kind: 'delay', ms: 3 },
    ]
    for (const fault of faults) {
      server.rules.push({ fault, operation: 'get', key: /\.parquet$/, chance: { below: 0.07, random } })
      if (fault.kind !== 'access-denied') {
        server.rules.push({ fault, key: /^$|Manifest/, chance: { below: 0.02, random } })
      }
    }
    for (let round = 0; round < 3; round += 1) {
      const result = await fixture.sync({
        policy: { attempts: 3, baseMs: 1, mostMs: 2, stallMs: 120, random },
      })
      if (!result.ok) {
        expect(result.failure.message.length).toBeGreaterThan(10)
        continue
      }
      const { report } = result.value
      const mirrored = await fixture.mirrored()
      const missing = new Set(report.missing.map(({ key }) => key))
      for (const { data, manifest } of periods) {
        const keys = [...data, manifest]
        const here = keys.filter((key) => mirrored.has(key))
        for (const key of here) {
          expect(mirrored.get(key)?.equals(server.objects.get(key)?.body ?? Buffer.alloc(0))).toBe(true)
        }
        // A period is here whole, or not at all and then with its reason.
        expect([0, keys.length]).toContain(here.length)
        expect(here.length === 0).toBe(keys.some((key) => missing.has(key)))
      }
      expect(report.files.failed).toBe(report.missing.length)
      expect(report.state === 'done').toBe(missing.size === 0)
      if (mirrored.size > 0) expect(got(await findExports(fixture.folder)).refused).toEqual([])
    }
    server.rules.length = 0
    expect(got(await fixture.sync()).report).toMatchObject({ state: 'done', missing: [] })
    expect((await fixture.mirrored()).size).toBe(periods.reduce((sum, { data }) => sum + data.length + 1, 0))
  } finally {
    await fixture.end()
  }
})
