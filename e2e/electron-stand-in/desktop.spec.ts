import { createServer, type Server } from 'node:http'
import { kill } from 'node:process'
import { expect, test } from '@playwright/test'
import { channelNames } from '../../analytics/contract/channels'
import { contentSecurityPolicy } from '../../main/security/content-security-policy'
import { billed, writeBill } from '../fixtures/bill'
import { launchStandIn, type StandIn } from './launch'

/** The built desktop door over the stand-in, which is not Electron: see README.md beside this file. */

let standIn: StandIn
let foreign: Server
let foreignUrl = ''
let foreignHits = 0

test.describe.configure({ mode: 'serial' })

const isAlive = (pid: number) => {
  try {
    return kill(pid, 0)
  } catch {
    return false
  }
}

const servedPages = () =>
  standIn
    .of('response')
    .map((value) => String(Object(value).url))
    .filter((url) => !url.includes('/assets/'))

const servicePid = (value: unknown) => Number(Object(value).pid)

test.beforeAll(async () => {
  foreign = createServer((_request, response) => {
    foreignHits += 1
    response.end('<title>Foreign</title>')
  })
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve))
  const address = foreign.address()
  foreignUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`
  standIn = await launchStandIn()
  await standIn.waitFor('shown')
})

test.afterAll(async () => {
  await standIn.stop()
  await new Promise((resolve) => foreign.close(resolve))
})

test('a locked window opens, after the sandbox is on and crash reports stay here', () => {
  expect(standIn.of('sandbox')).toHaveLength(1)
  expect(standIn.of('crash-reporter')).toEqual([{ uploadToServer: false, compress: true }])
  expect(standIn.of('window')).toEqual([
    expect.objectContaining({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
    }),
  ])
})

test('its page comes from the built files through the protocol handler, with the policy', async () => {
  const responses = standIn.of('response').map((value) => Object(value))
  const page = responses.find(({ url }) => url === 'app://bundle/')
  expect(page).toMatchObject({ status: 200, headers: { 'content-security-policy': contentSecurityPolicy } })
  expect(responses.filter(({ status }) => status !== 200)).toEqual([])
  expect(responses.some(({ url }) => /^app:\/\/bundle\/assets\/.*\.js$/.test(url))).toBe(true)
  expect(await standIn.inPage('document.title')).toContain('FinOps Autopilot')
  expect(await standIn.act('url')).toMatch(/^app:\/\/bundle\//)
})

test('the policy holds in the page: nothing inline runs and nothing outside is reached', async () => {
  const outcome = await standIn.inPage(`(async () => {
    const script = document.createElement('script')
    script.textContent = 'window.ranInline = true'
    document.head.append(script)
    const fetched = await fetch(${JSON.stringify(foreignUrl)}).then(() => 'fetched', () => 'refused')
    return { inline: 'ranInline' in window, fetched }
  })()`)
  expect(outcome).toEqual({ inline: false, fetched: 'refused' })
  expect(foreignHits).toBe(0)
})

test('the page has the functions of the contract, frozen, and nothing of Electron or Node', async () => {
  const seen = await standIn.inPage(`({
    bridge: Object.keys(window.finops),
    calls: Object.keys(window.finops.calls),
    kinds: [...new Set(Object.values(window.finops.calls).map((call) => typeof call))],
    frozen: Object.isFrozen(window.finops) && Object.isFrozen(window.finops.calls),
    leaks: ['require', 'process', 'module', 'ipcRenderer', 'electron', '__standInCall', '__standInOpen'].filter((name) => name in window),
  })`)
  expect(seen).toEqual({
    bridge: ['door', 'calls', 'copy', 'hold', 'cancel', 'subscribe'],
    calls: [...channelNames],
    kinds: ['function'],
    frozen: true,
    leaks: [],
  })
})

test('a call is answered by the application, and a wrong one with a code', async () => {
  expect(await standIn.inPage(`window.finops.calls['about/read']('id-1', {})`)).toMatchObject({
    ok: true,
    value: { door: 'desktop', name: expect.any(String) },
  })
  expect(await standIn.inPage(`window.finops.calls['engine/health']('id-2', {})`)).toMatchObject({ ok: true })
  expect(await standIn.inPage(`window.finops.calls['about/read']('id-3', { surplus: 1 })`)).toMatchObject({
    ok: false,
    failure: { code: 'invalid-input' },
  })
  expect(await standIn.inPage(`window.finops.calls['about/read'](7, {})`)).toMatchObject({
    ok: false,
    failure: { code: 'invalid-input' },
  })
})

test('a frame inside the page has no bridge', async () => {
  const found = await standIn.inPage(`(async () => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    return 'finops' in frame.contentWindow
  })()`)
  expect(found).toBe(false)
})

test('files are picked in a dialog, and the page gets tokens', async () => {
  await standIn.act('choose', { paths: ['/exports/bill.parquet'] })
  const picked = await standIn.inPage(`window.finops.calls['files/pick']('id-4', { what: 'files' })`)
  expect(picked).toMatchObject({ ok: true, value: { picked: [{ token: expect.any(String) }] } })
  expect(standIn.of('open-dialog')).toHaveLength(1)
})

test('events reach the page until it stops listening; work that ends unseen is notified', async () => {
  await standIn.act('blur')
  const heard = await standIn.inPage(`(async () => {
    const events = []
    const stop = window.finops.subscribe((...values) => events.push(values))
    await window.finops.calls['import/run']('id-5', { paths: ['/nowhere/at/all'] })
    while (!events.some(([event]) => event.type === 'task' && event.task.state !== 'running')) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    stop()
    return events.map((values) => [values.length, values[0].type, values[0].task?.state])
  })()`)
  expect(heard).toContainEqual([1, 'task', 'running'])
  expect(heard).toContainEqual([1, 'task', 'failed'])
  expect(await standIn.waitFor('notification')).toMatchObject({ title: 'Import billing data' })
})

test('no link leads out, no second window opens, no foreign page is loaded by the program itself', async () => {
  await standIn.inPage(`void (location.href = ${JSON.stringify(foreignUrl)})`)
  expect(await standIn.waitFor('navigation-prevented')).toBe(foreignUrl)
  await standIn.inPage(`void window.open(${JSON.stringify(`${foreignUrl}second`)})`)
  expect(await standIn.waitFor('window-denied')).toBe(`${foreignUrl}second`)
  await standIn.inPage(`(() => {
    const link = Object.assign(document.createElement('a'), { href: '/third', target: '_blank' })
    document.body.append(link)
    link.click()
    link.remove()
  })()`)
  expect(await standIn.waitFor('window-denied', 1)).toBe('app://bundle/third')
  expect(standIn.of('window-opened')).toEqual([])
  await expect(standIn.act('load', { url: foreignUrl })).rejects.toThrow(/ERR_BLOCKED_BY_CLIENT/)
  expect(standIn.of('request-cancelled')).toContain(foreignUrl)
  expect(foreignHits).toBe(0)
  const shown = standIn.of('shown').length
  await standIn.act('choose-menu', { menu: 'Go', item: 'Overview' })
  await standIn.waitFor('shown', shown)
  await expect.poll(() => standIn.act('url')).toBe('app://bundle/#/overview')
})

test('permissions are denied', async () => {
  const states = await standIn.inPage(`Promise.all(
    ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'].map(async (name) => {
      const { state } = await navigator.permissions.query({ name })
      return state
    }),
  )`)
  expect(states).not.toContain('granted')
  const position = await standIn.inPage(`new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(() => resolve('given'), (error) => resolve(error.code))
  })`)
  expect(position).toBe(1)
})

test('an engine that is killed comes back', async () => {
  const first = servicePid(standIn.of('service')[0])
  kill(first, 'SIGKILL')
  const second = servicePid(await standIn.waitFor('service', 1))
  expect(second).not.toBe(first)
  await expect
    .poll(() => standIn.inPage(`window.finops.calls['engine/health']('id-6', {})`))
    .toMatchObject({ ok: true })
})

test('a window whose process is gone is loaded again once, then says so, and opens again', async () => {
  // While a page gives way to another there is none to look into.
  const look = (script: string) => standIn.inPage(script).catch(() => 'no page')
  const before = servedPages().length
  await standIn.act('crash')
  await standIn.waitFor('process-gone')
  await expect.poll(() => look('typeof window.finops')).toBe('object')
  expect(servedPages().slice(before)).toEqual(['app://bundle/'])
  await standIn.act('crash')
  await standIn.waitFor('process-gone', 1)
  await expect
    .poll(() => look('document.querySelector("h1")?.textContent'))
    .toBe('The window stopped working')
  expect(servedPages().slice(before)).toEqual(['app://bundle/', 'app://bundle/stopped'])
  await standIn.act('click', { selector: 'a' })
  await expect.poll(() => look('document.querySelector("#root") !== null')).toBe(true)
})

test('a second start says so, brings the window forward and opens nothing', async () => {
  const shown = standIn.of('shown').length
  const second = await launchStandIn({ folder: standIn.folder })
  expect(await second.ended).toEqual({
    code: 0,
    said: 'FinOps Autopilot is already open. Its window was brought forward.\n',
  })
  expect(second.of('window')).toEqual([])
  await standIn.waitFor('shown', shown)
})

const dialogTitle = `document.querySelector('[role="dialog"] h2')?.textContent ?? ''`
const press = (name: string) =>
  `[...document.querySelectorAll('[role="dialog"] button')].find((one) => one.textContent === ${JSON.stringify(name)}).click()`

test('a second start hands a file over, which the open program asks about and imports on yes', async () => {
  const bill = await writeBill(standIn.folder, 'handed-over.csv')
  const tricks = ['--import=/etc/passwd', 'relative.csv', `${standIn.folder}/absent.csv`, '/dev/null']
  const second = await launchStandIn({ folder: standIn.folder, args: [...tricks, bill] })
  expect(await second.ended).toMatchObject({ code: 0 })
  await expect.poll(() => standIn.inPage(dialogTitle)).toBe('Import handed-over.csv?')
  expect(await standIn.inPage(`document.querySelectorAll('[role="dialog"] li').length`)).toBe(1)
  await standIn.inPage(press('Import'))
  const sources = `window.finops.calls['sources/list']('id-sources', {}).then(({ value }) =>
    value.sources.map(({ name, origin, periods }) => [name, origin, periods[0].rows, periods[0].billed]))`
  await expect
    .poll(() => standIn.inPage(sources), { timeout: 30_000 })
    .toEqual([['handed-over', bill, 2, billed]])
  await standIn.act('open-file', { path: bill })
  await expect.poll(() => standIn.inPage(dialogTitle)).toBe('Import handed-over.csv?')
  await standIn.inPage(press('Do not import'))
  await expect.poll(() => standIn.inPage(dialogTitle)).toBe('')
})

test('a dropped file is imported from where it lies, and the page never hears of another', async () => {
  const bill = await writeBill(standIn.folder, 'dropped.csv')
  await standIn.act('load', { url: 'app://bundle/#/sources' })
  await expect
    .poll(() => standIn.inPage('document.querySelector("main h1")?.textContent'))
    .toBe('Data sources')
  const drop = (name: string) =>
    standIn.inPage(`(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['not what lies there'], ${JSON.stringify(name)}))
      window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }))
    })()`)
  await standIn.inPage(
    `void window[Symbol.for('electron-stand-in-paths')].set('dropped.csv', ${JSON.stringify(bill)})`,
  )
  await drop('made-up.csv')
  await expect
    .poll(() => standIn.inPage('document.body.textContent'))
    .toContain('What was dropped is not a file or folder of this machine.')
  await drop('dropped.csv')
  const names = `window.finops.calls['sources/list']('id-names', {}).then(({ value }) => value.sources.map(({ name }) => name))`
  await expect.poll(() => standIn.inPage(names), { timeout: 30_000 }).toContain('dropped')
})

test('the engine makes ready before the machine sleeps and goes on after it', async () => {
  await standIn.act('power', { event: 'suspend' })
  await standIn.act('power', { event: 'resume' })
  await expect
    .poll(() => standIn.inPage(`window.finops.calls['engine/health']('id-awake', {})`))
    .toMatchObject({ ok: true })
})

test('another start on the same workspace gets a clear answer', async () => {
  const other = await launchStandIn({
    folder: standIn.folder,
    env: { STAND_IN_FOLDER: `${standIn.folder}/other-system` },
  })
  const { code } = await other.ended
  expect(code).toBe(1)
  expect(other.of('error-box')).toEqual([
    { title: 'FinOps Autopilot cannot open', content: expect.stringContaining('already open') },
  ])
  expect(other.of('window')).toEqual([])
})

test('quitting closes the engine and ends well', async () => {
  const engine = servicePid(standIn.of('service').at(-1))
  expect(isAlive(engine)).toBe(true)
  expect(standIn.of('page-error')).toEqual([])
  await standIn.act('quit')
  expect(await standIn.ended).toMatchObject({ code: 0 })
  expect(isAlive(engine)).toBe(false)
})

test('a fresh workspace shows its first screen without one error, and closing the last window quits', async () => {
  const other = await launchStandIn()
  await other.waitFor('shown')
  await expect.poll(() => other.inPage('document.querySelector("main h1")?.textContent ?? ""')).not.toBe('')
  expect(other.of('console-error')).toEqual([])
  expect(other.of('page-error')).toEqual([])
  await other.act('close-window')
  expect(await other.ended).toMatchObject({ code: 0 })
  await other.stop()
})
