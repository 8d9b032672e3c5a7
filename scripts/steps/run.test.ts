import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withSetupLock } from './lock.mjs'
import { run } from './run.mjs'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'finops run '))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const node = (script: string, ...args: readonly string[]) => [process.execPath, '-e', script, ...args]

describe('a command', () => {
  it('gets its arguments whole and says how it ended, with both of its outputs', async () => {
    const script = 'console.log(process.argv[1]); console.error(process.argv[2]); process.exit(7)'
    const ran = await run(node(script, 'two words', '$HOME "quoted"'))
    expect(ran).toMatchObject({ code: 7, late: false })
    expect(ran.output).toContain('two words\n')
    expect(ran.output).toContain('$HOME "quoted"\n')
  })

  it('that does not exist is an answer, not a crash', async () => {
    expect(await run([join(folder, 'not there')])).toMatchObject({ code: 127, late: false })
  })

  it('that takes too long is ended together with what it started', async () => {
    const inner = "setInterval(() => {}, 1000); console.log('inner', process.pid)"
    const outer = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(inner)}], { stdio: 'inherit' }); setInterval(() => {}, 1000)`
    const ran = await run(node(outer), { limit: 2_000 })
    expect(ran.late).toBe(true)
    const pid = Number(/inner (\d+)/.exec(ran.output)?.[1])
    expect(pid).toBeGreaterThan(0)
    if (process.platform !== 'win32') await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false)
  })
})

describe('the lock of the set-up', () => {
  it('lets one at a time through, and is gone afterwards, also after a failure', async () => {
    let inside = 0
    let most = 0
    const work = async () => {
      inside += 1
      most = Math.max(most, inside)
      await new Promise((resolve) => setTimeout(resolve, 20))
      inside -= 1
    }
    const broken = withSetupLock(() => Promise.reject(new Error('broken')), folder)
    await expect(broken).rejects.toThrow('broken')
    await Promise.all([withSetupLock(work, folder), withSetupLock(work, folder), withSetupLock(work, folder)])
    expect(most).toBe(1)
    expect(await readdir(folder)).toEqual([])
  })

  it('does not wait for a process that is gone', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await new Promise((resolve) => child.once('exit', resolve))
    await writeFile(join(folder, 'lock'), String(child.pid))
    expect(await withSetupLock(async () => 'through', folder)).toBe('through')
  })
})

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
