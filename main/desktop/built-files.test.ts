import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { runInNewContext } from 'node:vm'
import { beforeAll, describe, expect, it } from 'vitest'
import { channelNames } from '../../analytics/contract/channels'
import { ensureBuilt } from '../../scripts/steps/build.mjs'

/** A build can be green and the program dead: with a bundled `electron`, or a preload that a sandbox cannot load. */

const out = resolve(import.meta.dirname, '../../out')
const read = async (name: string) => await readFile(join(out, name), 'utf8')

beforeAll(async () => await ensureBuilt(), 240_000)

const importStatement =
  /^\s*(?:import|export)\b[^;\n]*?from\s*["']([^"']+)["']|^\s*import\s*["']([^"']+)["']/gm

/** What a built file imports, through its chunks. */
async function importsOf(name: string, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(name)) return new Set()
  seen.add(name)
  const text = await read(name)
  const found = [...text.matchAll(importStatement)].map((match) => match[1] ?? match[2] ?? '')
  const dynamic = [...text.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g)].map((match) => match[1] ?? '')
  const all = new Set<string>()
  for (const one of [...found, ...dynamic]) {
    if (!one.startsWith('.')) all.add(one)
    else for (const deeper of await importsOf(join(name, '..', one), seen)) all.add(deeper)
  }
  return all
}

describe('the built preload', () => {
  it('is one CommonJS file that asks for electron and nothing else', async () => {
    expect((await readdir(join(out, 'preload'))).filter((name) => !name.endsWith('.map'))).toEqual([
      'index.cjs',
    ])
    const text = await read('preload/index.cjs')
    expect(text).not.toMatch(/^\s*(?:import|export)\b/m)
    expect([...text.matchAll(/require\(["']([^"']+)["']\)/g)].map((match) => match[1])).toEqual(['electron'])
  })

  it('has no schemas inside', async () => {
    const text = await read('preload/index.cjs')
    expect(text).not.toMatch(/zod|strictObject|safeParse/i)
    expect(text.length).toBeLessThan(16_384)
  })

  it('puts the named functions of the contract into the page, and no way to any other message', async () => {
    const exposed: [string, Record<string, unknown>][] = []
    const electron = {
      contextBridge: {
        exposeInMainWorld: (...values: [string, Record<string, unknown>]) => exposed.push(values),
      },
      ipcRenderer: { invoke: () => undefined, send: () => undefined, on: () => undefined },
    }
    runInNewContext(await read('preload/index.cjs'), {
      require: () => electron,
      exports: {},
      module: { exports: {} },
    })
    expect(exposed.map(([name]) => name)).toEqual(['finops'])
    const bridge = exposed[0]?.[1] ?? {}
    expect(Object.keys(bridge)).toEqual(['door', 'calls', 'copy', 'hold', 'cancel', 'subscribe'])
    expect(Object.keys(Object(bridge.calls))).toEqual(channelNames)
  })
})

describe('the built main process', () => {
  it('takes Electron from Electron', async () => {
    expect(await importsOf('main/desktop.js')).toContain('electron')
    expect(await read('main/desktop.js')).not.toMatch(/ELECTRON_OVERRIDE_DIST_PATH|path\.txt/)
  })

  it.each(['main/web.js', 'main/cli.js', 'main/engine.js'])('does without Electron in %s', async (name) => {
    expect(await importsOf(name)).not.toContain('electron')
  })

  it('takes DuckDB from its package, in the engine only', async () => {
    expect(await importsOf('main/engine.js')).toContain('@duckdb/node-api')
    expect(await importsOf('main/desktop.js')).not.toContain('@duckdb/node-api')
  })
})

describe('the built page', () => {
  it('lives under the policy: no inline script, nothing from outside', async () => {
    const page = await read('renderer/index.html')
    for (const [, attributes, body] of page.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
      expect(attributes).toMatch(/\bsrc="/)
      expect(body?.trim()).toBe('')
    }
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    expect(page).not.toMatch(/\son\w+="/)
  })
})
