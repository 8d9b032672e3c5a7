import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { channelNames } from '../../analytics/contract/channels'
import { contentSecurityPolicy } from '../security/content-security-policy'
import { onlyWindow, startDesk } from './testing/desk'
import { callFrom, FakeEvent, FakeSession, FakeWindow } from './testing/fake-electron'

/** The whole door over a fake of Electron: each of these fails when its line in `run.ts` or behind it is undone. */

const foreignUrls = [
  'https://example.com/',
  'http://bundle/',
  'app://elsewhere/',
  'app://bundle@example.com/',
  'app://user@bundle/',
  'app://bundle.example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,hello',
  'about:blank',
  'http://localhost:5173/',
  'devtools://devtools/bundled/inspector.html',
  'nonsense',
  '',
]

const permissions = [
  'clipboard-read',
  'clipboard-sanitized-write',
  'display-capture',
  'fileSystem',
  'geolocation',
  'media',
  'midi',
  'notifications',
  'openExternal',
  'pointerLock',
  'usb',
  'window-management',
]

describe('the start', () => {
  it('claims the single instance before anything else, and a second start opens nothing', async () => {
    const first = await startDesk()
    expect(first.app.calls[0]).toBe('requestSingleInstanceLock')
    const second = await startDesk({ first: false })
    expect(second.app.calls).toEqual(['requestSingleInstanceLock', 'quit'])
    expect(second.windows).toEqual([])
    expect(second.started).toEqual([])
    expect(second.told).toEqual(['FinOps Autopilot is already open. Its window was brought forward.'])
  })

  it('brings the window forward when a second start is made, here or through the workspace', async () => {
    const desk = await startDesk()
    const window = onlyWindow(desk)
    window.minimized = true
    desk.app.emit('second-instance', {}, ['/opt/finops'])
    expect(window.calls).toEqual(['restore', 'show', 'focus'])
    expect(await desk.started[0]?.comeForward?.()).toBeNull()
    expect(window.calls.length).toBe(6)
  })

  it('turns the sandbox on for every page, before the application is ready', async () => {
    const { app } = await startDesk()
    expect(app.calls).toContain('enableSandbox')
    expect(app.calls.indexOf('enableSandbox')).toBeLessThan(app.calls.indexOf('whenReady'))
  })

  it('registers its scheme before ready, standard and secure, without a way around the policy', async () => {
    const { schemes, order } = await startDesk()
    expect(order).toEqual(['scheme before ready'])
    expect(schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ])
  })

  it('keeps crash reports on this machine', async () => {
    const { crashStarts } = await startDesk()
    expect(crashStarts).toEqual([{ uploadToServer: false, compress: true }])
  })

  it('opens no window when it is told to quit while it starts', async () => {
    const desk = await startDesk({
      meanwhile: (app) => queueMicrotask(() => app.emit('before-quit', new FakeEvent())),
    })
    expect(desk.windows).toEqual([])
    expect(desk.state.closes).toBe(1)
    await vi.waitFor(() => expect(desk.app.calls).toContain('quit'))
  })

  it('tells Windows the name that it is installed under', async () => {
    const { app } = await startDesk()
    const configuration = await readFile(join(import.meta.dirname, '../../electron-builder.yml'), 'utf8')
    const id = /^appId: (.+)$/m.exec(configuration)?.[1]
    expect(app.calls).toContain(`setAppUserModelId ${String(id)}`)
  })

  it('says why it cannot open, opens no window and ends', async () => {
    const desk = await startDesk({
      refuse: {
        ok: false,
        failure: { code: 'workspace-in-use', message: 'It is open.', hint: 'Look there.' },
      },
    })
    expect(desk.errorBoxes).toEqual(['FinOps Autopilot cannot open: It is open.\n\nLook there.'])
    expect(desk.windows).toEqual([])
    expect(desk.app.calls).toContain('exit 1')
  })
})

describe('the window', () => {
  it.each([
    ['contextIsolation', true],
    ['sandbox', true],
    ['nodeIntegration', false],
    ['nodeIntegrationInWorker', false],
    ['nodeIntegrationInSubFrames', false],
    ['webSecurity', true],
    ['allowRunningInsecureContent', false],
    ['webviewTag', false],
    ['spellcheck', false],
    ['navigateOnDragDrop', false],
    ['preload', '/out/preload/index.cjs'],
  ] as const)('is made with %s %s', async (name, value) => {
    const window = onlyWindow(await startDesk())
    expect(window.options.webPreferences?.[name]).toBe(value)
  })

  it('loads the program from its own scheme and shows itself when it is painted', async () => {
    const window = onlyWindow(await startDesk())
    expect(window.loaded).toEqual(['app://bundle/'])
    expect(window.options.show).toBe(false)
    expect(window.calls).toEqual([])
    window.emit('ready-to-show')
    expect(window.calls).toEqual(['show'])
  })

  it('never loads a development server in an installed program, nor one on another machine', async () => {
    const server = 'http://localhost:5173/'
    expect(onlyWindow(await startDesk({ env: { ELECTRON_RENDERER_URL: server } })).loaded).toEqual([
      'app://bundle/',
    ])
    const far = { ELECTRON_RENDERER_URL: 'http://example.com:5173/' }
    expect(onlyWindow(await startDesk({ env: far, isPackaged: false })).loaded).toEqual(['app://bundle/'])
    for (const other of [
      'ftp://localhost:5173/',
      'file://localhost/etc/passwd',
      'http://user@localhost:5173/',
    ]) {
      const odd = await startDesk({ env: { ELECTRON_RENDERER_URL: other }, isPackaged: false })
      expect(onlyWindow(odd).loaded, other).toEqual(['app://bundle/'])
    }
    const developed = await startDesk({ env: { ELECTRON_RENDERER_URL: server }, isPackaged: false })
    expect(onlyWindow(developed).loaded).toEqual([server])
  })
})

describe('the policy', () => {
  it('comes as a header with every answer of the scheme, whatever its status', async () => {
    const desk = await startDesk()
    const handler = desk.handled.get('app')
    const addresses = ['app://bundle/', 'app://bundle/none.js', 'app://bundle/stopped', 'app://elsewhere/']
    const statuses: (number | undefined)[] = []
    for (const address of addresses) {
      const answer = await handler?.(new Request(address))
      statuses.push(answer?.status)
      expect(answer?.headers.get('content-security-policy')).toBe(contentSecurityPolicy)
      expect(answer?.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer?.headers.get('referrer-policy')).toBe('no-referrer')
    }
    expect(statuses).toEqual([200, 404, 200, 404])
  })

  it.each([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
  ])('says %s', (directive) => {
    expect(contentSecurityPolicy.split('; ')).toContain(directive)
  })
})

describe('navigation', () => {
  it.each(foreignUrls)('does not lead to %j', async (url) => {
    const { webContents } = onlyWindow(await startDesk())
    expect(webContents.prevents('will-navigate', url)).toBe(true)
    expect(webContents.prevents('will-frame-navigate', url)).toBe(true)
    expect(webContents.prevents('will-redirect', url)).toBe(true)
  })

  it('leads around in the program itself', async () => {
    const { webContents } = onlyWindow(await startDesk())
    expect(webContents.prevents('will-navigate', 'app://bundle/#/sources')).toBe(false)
    expect(webContents.prevents('will-frame-navigate', 'app://bundle/')).toBe(false)
  })

  it('opens no second window, holds no foreign page and sends nothing around the filter', async () => {
    const { webContents } = onlyWindow(await startDesk())
    expect(webContents.opener?.()).toEqual({ action: 'deny' })
    const attach = new FakeEvent()
    webContents.emit('will-attach-webview', attach)
    expect(attach.prevented).toBe(true)
    expect(webContents.webrtc).toBe('disable_non_proxied_udp')
  })
})

describe('sessions', () => {
  it.each(permissions)('are denied %s', async (permission) => {
    const { session } = await startDesk()
    expect(session.grants(permission)).toBe(false)
    expect(session.check?.()).toBe(false)
    expect(session.device?.()).toBe(false)
  })

  it.each(foreignUrls.filter((url) => !url.startsWith('data:')))('do not load %j', async (url) => {
    const { session } = await startDesk()
    expect(session.cancels(url)).toBe(true)
    expect(session.cancels(url.replace(/^http/, 'ws'))).toBe(true)
  })

  it('load the program and what it made itself', async () => {
    const { session } = await startDesk()
    for (const url of ['app://bundle/assets/x.js', 'blob:app://bundle/1', 'data:image/png;base64,AA==']) {
      expect(session.cancels(url)).toBe(false)
    }
  })

  it('load the development server and the debugger only while developing', async () => {
    const env = { ELECTRON_RENDERER_URL: 'http://localhost:5173/' }
    const { session } = await startDesk({ env, isPackaged: false })
    for (const url of ['http://localhost:5173/x.ts', 'ws://localhost:5173/', 'devtools://devtools/x']) {
      expect(session.cancels(url)).toBe(false)
    }
    expect(session.cancels('http://localhost:5174/')).toBe(true)
    expect(session.cancels('https://example.com/')).toBe(true)
  })

  it('made later are locked like the first, and download no dictionaries', async () => {
    const desk = await startDesk()
    const later = new FakeSession()
    desk.app.emit('session-created', later)
    for (const session of [desk.session, later]) {
      expect(session.grants('media')).toBe(false)
      expect(session.cancels('https://example.com/')).toBe(true)
      expect(session.spelling).toBe(false)
    }
  })

  it('leave Chromium no errands of its own', async () => {
    const { app } = await startDesk()
    expect(app.switches).toEqual([
      'disable-background-networking',
      'disable-component-update',
      'disable-domain-reliability',
      'no-pings',
      'host-resolver-rules=MAP * ~NOTFOUND',
    ])
  })
})

describe('messages', () => {
  it('have one handler a channel of the contract and no other', async () => {
    const { ipcMain } = await startDesk()
    expect([...ipcMain.handlers.keys()]).toEqual([
      ...channelNames.map((name) => `finops:call:${name}`),
      'finops:copy',
      'finops:hold',
    ])
    expect([...ipcMain.listeners.keys()]).toEqual(['finops:cancel'])
  })

  it('from a window that is not ours are refused', async () => {
    const desk = await startDesk()
    const stranger = callFrom(new FakeWindow({}))
    expect(await desk.ipcMain.invoke('finops:call:about/read', stranger, 'id-1', {})).toMatchObject({
      ok: false,
    })
    expect(desk.asked).toEqual([])
  })

  it('are answered for the main frame of our own page, and go to the application as they are', async () => {
    const desk = await startDesk()
    const event = callFrom(onlyWindow(desk))
    expect(await desk.ipcMain.invoke('finops:call:spend/query', event, 'id-1', { any: 'thing' })).toEqual({
      ok: true,
      value: {},
    })
    expect(desk.asked.map(({ channel, input }) => ({ channel, input }))).toEqual([
      { channel: 'spend/query', input: { any: 'thing' } },
    ])
  })

  it('copies text for a page of ours, and for nobody else', async () => {
    const desk = await startDesk()
    const window = onlyWindow(desk)
    expect(await desk.ipcMain.invoke('finops:copy', callFrom(window), 'figures')).toEqual({
      ok: true,
      value: null,
    })
    expect(await desk.ipcMain.invoke('finops:copy', callFrom(window), { a: 1 })).toMatchObject({
      failure: { code: 'invalid-input' },
    })
    expect(await desk.ipcMain.invoke('finops:copy', callFrom(window, null), 'more')).toMatchObject({
      failure: { code: 'foreign-sender' },
    })
    expect(desk.copied).toEqual(['figures'])
  })

  it.each([
    ['a frame that is gone', null],
    ['a frame inside the page', { url: 'app://bundle/', parent: { url: 'app://bundle/', parent: null } }],
    ['a foreign page', { url: 'https://example.com/', parent: null }],
    ['a page without an address', { url: '', parent: null }],
  ] as const)('from %s are refused', async (_name, frame) => {
    const desk = await startDesk()
    const event = callFrom(onlyWindow(desk), frame)
    expect(await desk.ipcMain.invoke('finops:call:about/read', event, 'id-1', {})).toMatchObject({
      ok: false,
      failure: { code: 'foreign-sender' },
    })
    expect(desk.asked).toEqual([])
  })

  it('become failures with a code when the unexpected happens, never a rejected promise', async () => {
    const desk = await startDesk()
    desk.state.answer = async () => {
      throw new Error('broken inside')
    }
    const answer = await desk.ipcMain.invoke('finops:call:about/read', callFrom(onlyWindow(desk)), 'id-1', {})
    expect(answer).toMatchObject({ ok: false, failure: { code: 'unexpected' } })
    expect(JSON.stringify(answer)).toContain('broken inside')
    expect(desk.reports).toHaveLength(1)
  })

  it('tell events to our windows', async () => {
    const desk = await startDesk()
    desk.tell({ type: 'data', dataVersion: 7 })
    expect(onlyWindow(desk).webContents.sent).toEqual([
      { channel: 'finops:event', values: [{ type: 'data', dataVersion: 7 }] },
    ])
  })
})
