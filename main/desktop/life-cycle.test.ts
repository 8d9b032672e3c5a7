import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { troubleMs } from './crash-recovery'
import { pingMs } from './power'
import { quitCapMs } from './quit'
import { onlyWindow, startDesk } from './testing/desk'
import { FakeEvent } from './testing/fake-electron'

/** The second half of the checklist: what happens after the door stands open, over the same fake as in checklist.test.ts. */

const source = async (name: string) => await readFile(join(import.meta.dirname, name), 'utf8')

describe('the engine', () => {
  it('is a service of its own, named, with the workspace in its environment', async () => {
    const desk = await startDesk()
    desk.started[0]?.startEngine?.({ entry: '/out/main/engine.js', home: '/home/of/tests', recover: 'state' })
    expect(desk.forks[0]?.entry).toBe('/out/main/engine.js')
    expect(desk.forks[0]?.options).toMatchObject({
      serviceName: 'FinOps engine',
      env: { FINOPS_ENGINE_HOME: '/home/of/tests', FINOPS_ENGINE_RECOVER: 'state' },
    })
  })

  it('is asked whether it lives after sleep, and brought back when it does not answer', async () => {
    const desk = await startDesk()
    desk.state.answer = async () => ({
      ok: false,
      failure: { code: 'engine-stopped', message: 'It stopped.' },
    })
    desk.powerMonitor.emit('resume')
    await vi.waitFor(() =>
      expect(desk.asked.map(({ channel }) => channel)).toEqual(['engine/health', 'engine/restart']),
    )
    expect(desk.asked[0]?.options?.signal).toBeInstanceOf(AbortSignal)
    expect(pingMs).toBeLessThanOrEqual(10_000)
    desk.powerMonitor.emit('shutdown')
    expect(desk.app.calls.at(-1)).toBe('quit')
  })
})

describe('a window whose process is gone', () => {
  it.each(['crashed', 'oom', 'killed', 'memory-eviction', 'integrity-failure'])(
    '(%s) is loaded again once, then says so',
    async (reason) => {
      const desk = await startDesk()
      const window = onlyWindow(desk)
      const gone = () => window.webContents.emit('render-process-gone', {}, { reason, exitCode: 5 })
      gone()
      expect(window.webContents.reloads).toBe(1)
      gone()
      expect(window.webContents.reloads).toBe(1)
      expect(window.loaded).toEqual(['app://bundle/', 'app://bundle/stopped'])
      expect(desk.reports.map(String)).toEqual(
        Array.from({ length: 2 }, () => `Error: The window's process is gone: ${reason}, code 5.`),
      )
      // The page that says so is a page like any other: when its process goes too, it is loaded again.
      gone()
      expect(window.webContents.reloads).toBe(2)
    },
  )

  it('a day later is a new trouble, and a clean end is none', async () => {
    const desk = await startDesk()
    const window = onlyWindow(desk)
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 })
    expect(window.webContents.reloads).toBe(0)
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    desk.clock.now += troubleMs
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    expect(window.webContents.reloads).toBe(2)
  })
})

describe('quitting', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  const quit = (desk: Awaited<ReturnType<typeof startDesk>>) => {
    const event = new FakeEvent()
    desk.app.emit('before-quit', event)
    return event.prevented
  }

  it('waits for the application to close, once, and then quits', async () => {
    const desk = await startDesk()
    expect(quit(desk)).toBe(true)
    expect(quit(desk)).toBe(true)
    await vi.advanceTimersByTimeAsync(0)
    expect(desk.state.closes).toBe(1)
    expect(desk.app.calls.filter((call) => call === 'quit')).toHaveLength(1)
    expect(quit(desk)).toBe(false)
    await vi.advanceTimersByTimeAsync(quitCapMs)
    expect(desk.reports).toEqual([])
  })

  it('does not wait longer than five seconds', async () => {
    const desk = await startDesk()
    desk.state.close = () => new Promise(() => undefined)
    quit(desk)
    await vi.advanceTimersByTimeAsync(quitCapMs - 1)
    expect(desk.app.calls).not.toContain('quit')
    await vi.advanceTimersByTimeAsync(1)
    expect(desk.app.calls).toContain('quit')
    expect(desk.reports.map(String)).toEqual(['Error: Closing took longer than 5 seconds.'])
    expect(quitCapMs).toBe(5_000)
  })

  it('goes on when closing fails', async () => {
    const desk = await startDesk()
    desk.state.close = async () => {
      throw new Error('cannot close')
    }
    quit(desk)
    await vi.advanceTimersByTimeAsync(0)
    expect(desk.app.calls).toContain('quit')
    expect(desk.reports).toHaveLength(1)
  })

  it('leaves a Mac program in the dock, which opens a window again', async () => {
    const desk = await startDesk({ platform: 'darwin' })
    onlyWindow(desk).emit('closed')
    desk.app.emit('activate')
    expect(desk.windows).toHaveLength(2)
  })

  it('follows the last window, but not on a Mac', async () => {
    const desk = await startDesk()
    desk.app.emit('window-all-closed')
    expect(desk.app.calls).toContain('quit')
    const mac = await startDesk({ platform: 'darwin' })
    mac.app.emit('window-all-closed')
    expect(mac.app.calls).not.toContain('quit')
  })
})

describe('the menu', () => {
  it('is set, and leads to folders of this machine and areas of the program only', async () => {
    const desk = await startDesk()
    expect(desk.menus).toHaveLength(1)
    const file = desk.menus[0]?.find((item) => item.label === 'File')?.submenu
    const items = Array.isArray(file) ? file : []
    for (const item of items) if (item.click) Reflect.apply(item.click, undefined, [])
    expect(desk.opened).toEqual(['/home/of/tests', '/paths/crashDumps'])
    const go = desk.menus[0]?.find((item) => item.label === 'Go')?.submenu
    for (const item of Array.isArray(go) ? go : []) if (item.click) Reflect.apply(item.click, undefined, [])
    expect(onlyWindow(desk).loaded).toEqual([
      'app://bundle/',
      'app://bundle/#/overview',
      'app://bundle/#/sources',
      'app://bundle/#/about',
    ])
  })

  it('holds no web address', async () => {
    expect(await source('menu.ts')).not.toMatch(/https?:/)
  })
})
