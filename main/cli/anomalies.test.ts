import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Application } from '../application'
import { openApplication } from '../testing/open-application'
import { documentOf, runCli } from '../testing/run-cli'
import { writeSmallExport } from '../testing/small-export'
import { temporaryFolders } from '../testing/temporary-folder'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const newFolder = temporaryFolders('anomalies')
let home: string
let file: string
let application: Application

beforeAll(async () => {
  home = await newFolder()
  file = join(home, 'cost.csv')
  const day = (at: number) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10)
  await writeFile(
    file,
    Array.from({ length: 90 }, (_, at) => `shop,${day(at)},${at === 70 ? 300 : 100 + ((at * 7) % 5)}`).join(
      '\n',
    ),
  )
  application = (await openApplication(home)).application
})
afterAll(() => application.close())

describe('finops anomalies', () => {
  it('finds them in a file, with a score a row when asked', async () => {
    const ran = await runCli(['anomalies', '--series', file, '--scores', '--json', '--home', home])
    expect(ran.code).toBe(0)
    const document = documentOf(ran) as { series: { id: string; anomalies: object[]; scores: number[] }[] }
    expect(Object.keys(document)).toEqual(['series'])
    expect(document.series).toMatchObject([
      {
        id: 'shop',
        anomalies: [{ start: '2026-03-12', end: '2026-03-13', detected: '2026-03-12', kind: 'spike' }],
      },
    ])
    expect(Object.keys(document.series[0]?.anomalies[0] ?? {}).sort()).toEqual([
      'actual',
      'detected',
      'end',
      'expected',
      'kind',
      'severity',
      'start',
    ])
    expect(document.series[0]?.scores).toHaveLength(90)
    const plain = await runCli(['anomalies', '--series', file, '--home', home])
    expect(plain.stdout).toMatch(/shop +2026-03-12 +2026-03-13 +2026-03-12 +spike/)
  })

  it('finds none in a bill that has none, and says so', async () => {
    expect(documentOf(await runCli(['anomalies', '--json', '--home', home]))).toEqual({ anomalies: [] })
    await application.call('import/run', { paths: [(await writeSmallExport(await newFolder())).root] })
    const ran = await runCli(['anomalies', '--from', '2026-03-01', '--home', home])
    expect(ran).toMatchObject({ code: 0, stdout: 'Nothing out of the ordinary was found.\n' })
  })

  it('refuses words that do not go together, and a file that is none', async () => {
    const usage = await runCli(['anomalies', '--scores', '--json', '--home', home])
    expect(usage.code).toBe(2)
    expect(documentOf(usage)).toMatchObject({ error: { code: 'usage' } })
    const gone = await runCli(['anomalies', '--series', join(home, 'gone.csv'), '--json', '--home', home])
    expect(gone.code).toBe(3)
    expect(documentOf(gone)).toMatchObject({ error: { code: 'unreadable-file' } })
  })
})
