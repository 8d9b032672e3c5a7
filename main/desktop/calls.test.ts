import { describe, expect, it } from 'vitest'
import { type Result, succeed } from '../../analytics/contract/result'
import { onlyWindow, startDesk } from './testing/desk'
import { callFrom, FakeWindow } from './testing/fake-electron'

/** A desk whose application answers only when it is told to. */
async function waitingDesk() {
  const desk = await startDesk()
  const waiting: ((result: Result<unknown>) => void)[] = []
  desk.state.answer = () => new Promise((resolve) => waiting.push(resolve))
  const event = callFrom(onlyWindow(desk))
  const call = (channel: string, callId: string) =>
    desk.ipcMain.invoke(`finops:call:${channel}`, event, callId, {})
  const cancel = (callId: unknown, from = event) =>
    desk.ipcMain.listeners.get('finops:cancel')?.(from, callId)
  const signal = (index: number) => desk.asked[index]?.options?.signal
  const answerAll = () => {
    for (const resolve of waiting) resolve(succeed({}))
  }
  return { desk, event, call, cancel, signal, answerAll }
}

describe('calls', () => {
  it('are cancelled by their id, and only by the window that asked', async () => {
    const { desk, call, cancel, signal, answerAll } = await waitingDesk()
    const first = call('spend/query', 'one')
    const second = call('spend/query', 'two')
    const other = new FakeWindow({})
    cancel('one', callFrom(other))
    cancel('one', { ...callFrom(onlyWindow(desk)), senderFrame: null })
    cancel({ id: 'one' })
    expect(signal(0)?.aborted).toBe(false)
    cancel('one')
    expect(signal(0)?.aborted).toBe(true)
    expect(signal(1)?.aborted).toBe(false)
    answerAll()
    await Promise.all([first, second])
  })

  it('lose their asker when its page is replaced or closed', async () => {
    const { desk, call, signal, answerAll } = await waitingDesk()
    const { webContents } = onlyWindow(desk)
    const first = call('spend/query', 'one')
    webContents.emit('did-navigate')
    expect(signal(0)?.aborted).toBe(true)
    const second = call('spend/query', 'one')
    expect(signal(1)?.aborted).toBe(false)
    webContents.emit('destroyed')
    expect(signal(1)?.aborted).toBe(true)
    answerAll()
    await Promise.all([first, second])
  })

  it('for long work go on when the asker goes away: tasks/cancel stops them', async () => {
    const { call, cancel, signal, answerAll } = await waitingDesk()
    const long = call('import/run', 'one')
    cancel('one')
    expect(signal(0)).toBeUndefined()
    answerAll()
    expect(await long).toEqual({ ok: true, value: {} })
  })

  it.each([undefined, null, 7, '', 'x'.repeat(65), {}, []])(
    'with %j for an id are refused',
    async (callId) => {
      const { desk, event } = await waitingDesk()
      expect(await desk.ipcMain.invoke('finops:call:about/read', event, callId, {})).toMatchObject({
        ok: false,
        failure: { code: 'invalid-input' },
      })
      expect(desk.asked).toEqual([])
    },
  )
})

describe('a program under test', () => {
  const blank = { url: '', parent: null }
  const ask = async (env: NodeJS.ProcessEnv, isPackaged: boolean, url: string) => {
    const desk = await startDesk({ env, isPackaged })
    const window = onlyWindow(desk)
    window.webContents.url = url
    return await desk.ipcMain.invoke('finops:call:about/read', callFrom(window, blank), 'id', {})
  }

  it('takes the address of the window where a debugger hides that of the frame', async () => {
    expect(await ask({ FINOPS_E2E: '1' }, false, 'app://bundle/')).toMatchObject({ ok: true })
    expect(await ask({ FINOPS_E2E: '1' }, false, 'https://example.com/')).toMatchObject({ ok: false })
  })

  it('is never an installed program, nor one that was not told so', async () => {
    expect(await ask({ FINOPS_E2E: '1' }, true, 'app://bundle/')).toMatchObject({ ok: false })
    expect(await ask({}, false, 'app://bundle/')).toMatchObject({ ok: false })
  })
})
