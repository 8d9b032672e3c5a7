import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { onlyWindow, startDesk } from './testing/desk'
import { callFrom, FakeEvent, FakeWindow } from './testing/fake-electron'

let folder: string
let bill: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'finops-over-'))
  bill = join(folder, 'bill.csv')
  await writeFile(bill, 'x')
})
afterAll(() => rm(folder, { recursive: true }))

describe('what a second start is given', () => {
  it('is offered by the open program, whose window comes forward', async () => {
    const desk = await startDesk()
    desk.app.emit('second-instance', {}, ['/opt/finops', '--disable-gpu', '', bill], '/elsewhere', null)
    expect(desk.state.offered).toEqual([bill])
    expect(onlyWindow(desk).calls).toEqual(['show', 'focus'])
  })

  it('is without the program itself while that is developed', async () => {
    const desk = await startDesk({ isPackaged: false })
    desk.app.emit('second-instance', {}, ['/usr/bin/electron', '--inspect', '/repository', bill])
    expect(desk.state.offered).toEqual([bill])
  })
})

it('the first start offers what it is given, and macOS what was opened with it', async () => {
  const desk = await startDesk({ argv: ['/opt/finops', bill] })
  expect(desk.state.offered).toEqual([bill])
  const event = new FakeEvent()
  desk.app.emit('open-file', event, '/other.csv')
  expect(event.prevented).toBe(true)
  expect(desk.state.offered).toEqual([bill, '/other.csv'])
})

it('a file that is opened while the program starts waits until it can be asked about', async () => {
  const desk = await startDesk({ meanwhile: (app) => app.emit('open-file', new FakeEvent(), bill) })
  expect(desk.state.offered).toEqual([bill])
})

describe('what is dropped', () => {
  const drop = async (paths: unknown, window?: FakeWindow) => {
    const desk = await startDesk()
    return await desk.ipcMain.invoke('finops:hold', callFrom(window ?? onlyWindow(desk)), paths)
  }

  it('is held, and the page gets tokens', async () => {
    expect(await drop([bill, folder])).toEqual({
      ok: true,
      value: {
        picked: [
          { token: 'token-0', label: bill },
          { token: 'token-1', label: folder },
        ],
      },
    })
  })

  it.each([
    ['nothing', [], 'invalid-input'],
    ['no list', '/etc/passwd', 'invalid-input'],
    ['too much', Array.from({ length: 1_001 }, () => '/'), 'invalid-input'],
    ['a file that a script made up', [''], 'not-on-disk'],
    ['a path that is not there', ['/nowhere/at/all'], 'not-on-disk'],
    ['a device', ['/dev/null'], 'not-on-disk'],
    ['no text', [7], 'not-on-disk'],
  ])('is refused: %s', async (_name, paths, code) => {
    expect(await drop(paths)).toMatchObject({ ok: false, failure: { code } })
  })

  it('on a page that is not ours is refused', async () => {
    expect(await drop([bill], new FakeWindow({}))).toMatchObject({ failure: { code: 'foreign-sender' } })
  })
})

describe('sleep', () => {
  const channels = (desk: Awaited<ReturnType<typeof startDesk>>) => desk.asked.map(({ channel }) => channel)

  it('is made ready for, and an engine that answers afterwards goes on', async () => {
    const desk = await startDesk()
    desk.state.isReal = true
    desk.powerMonitor.emit('suspend')
    await vi.waitFor(() => expect(channels(desk)).toEqual(['engine/suspend']))
    desk.powerMonitor.emit('resume')
    await vi.waitFor(() =>
      expect(channels(desk)).toEqual(['engine/suspend', 'engine/health', 'engine/resume']),
    )
  })

  it('is said when it could not be made ready for', async () => {
    const desk = await startDesk()
    desk.powerMonitor.emit('suspend')
    await vi.waitFor(() => expect(desk.reports).toHaveLength(1))
  })
})
