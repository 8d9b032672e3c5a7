import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { type Figures, readFigures } from '../testing/figures'
import { openApplication } from '../testing/open-application'
import { type Ended, startBuilt } from '../testing/run-built'
import { writeSmallExport } from '../testing/small-export'
import { temporaryFolders } from '../testing/temporary-folder'
import { readOwner } from './owner'

// Whole processes at work on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const newFolder = temporaryFolders('starts')
const web = (home: string) => startBuilt('web.js', ['--no-open', '--json', '--home', home])
const openedSchema = z.strictObject({ url: z.url() })
const refusedSchema = z.strictObject({
  error: z.strictObject({ code: z.literal('workspace-in-use'), message: z.string(), hint: z.string() }),
})
let home: string
let figures: Figures

async function figuresOf(folder: string): Promise<Figures> {
  const { application } = await openApplication(folder)
  try {
    return await readFigures(application)
  } finally {
    await application.close()
  }
}

function refusalOf(ended: Ended) {
  expect(ended.code).toBe(3)
  return refusedSchema.parse(JSON.parse(ended.stdout)).error
}

/** A start link works once: it is exchanged for a cookie. */
async function isLetIn(url: string): Promise<boolean> {
  const answer = await fetch(url, { redirect: 'manual' })
  return answer.status < 400 && answer.headers.get('set-cookie') !== null
}

beforeAll(async () => {
  home = await newFolder()
  const exported = await writeSmallExport(await newFolder())
  const { application } = await openApplication(home)
  await application.ask('import/run', { paths: [exported.root] })
  figures = await readFigures(application)
  await application.close()
})

describe('two starts on one workspace', () => {
  it('are the first one, and an answer with a fresh address for the second', async () => {
    const first = web(home)
    const { url } = openedSchema.parse(JSON.parse(await first.firstLine))
    const links = [url]
    for (const start of [web(home), startBuilt('cli.js', ['serve', '--no-open', '--json', '--home', home])]) {
      const error = refusalOf(await start.ended)
      expect(error.message).toContain(`(process ${first.child.pid})`)
      const link = /^Open (http\S+)$/.exec(error.hint)?.[1] ?? ''
      expect(new URL(link).origin).toBe(new URL(url).origin)
      links.push(link)
    }
    expect(new Set(links).size).toBe(3)
    for (const link of links) {
      expect(await isLetIn(link)).toBe(true)
      expect(await isLetIn(link)).toBe(false)
    }
    first.child.kill('SIGTERM')
    expect(await first.ended).toMatchObject({ code: 0 })
    expect(await readOwner(home)).toBeNull()
    expect(await figuresOf(home)).toEqual(figures)
  })

  it('find the workspace free after the first was killed', async () => {
    const first = web(home)
    await first.firstLine
    const { size } = await stat(join(home, 'owner.json'))
    expect(size).toBeGreaterThan(0)
    first.child.kill('SIGKILL')
    await first.ended
    const left = JSON.parse(await readFile(join(home, 'owner.json'), 'utf8'))
    expect(left).toMatchObject({ pid: first.child.pid })
    expect(await figuresOf(home)).toEqual(figures)
  })
})

describe('four starts at the same moment', () => {
  it('are one that opens a new workspace and three that say so', async () => {
    const folder = join(await newFolder(), 'home')
    const starts = Array.from({ length: 4 }, () => web(folder))
    const lines = await Promise.all(starts.map(({ firstLine }) => firstLine))
    const winners = lines.filter((line) => openedSchema.safeParse(JSON.parse(line)).success)
    expect(winners).toHaveLength(1)
    for (const [at, line] of lines.entries()) {
      const start = starts[at]
      if (!start || winners.includes(line)) continue
      expect(refusalOf(await start.ended).code).toBe('workspace-in-use')
    }
    const { url } = openedSchema.parse(JSON.parse(winners[0] ?? ''))
    expect(await isLetIn(url)).toBe(true)
    starts[lines.indexOf(winners[0] ?? '')]?.child.kill('SIGTERM')
    await Promise.all(starts.map(({ ended }) => ended))
    const after = await figuresOf(folder)
    expect(after.holdings).toMatchObject({ rows: 0 })
  })
})
