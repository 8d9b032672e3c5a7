import { readFile } from 'node:fs/promises'
import { toApp, toPage } from './addresses.mjs'
import { record } from './control.mjs'
import { ipcMain } from './ipc-main.mjs'
import { preloadScript, windowScript } from './preload-host.mjs'
import { answerOf } from './protocol.mjs'
import { session } from './session.mjs'

/** @typedef {import('@playwright/test').Frame} Frame */
/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('@playwright/test').Route} Route */
/** @typedef {{ readonly channel: string, readonly values: unknown[] }} Message */

/**
 * The frame as the door sees it.
 * @param {Frame} frame
 * @returns {import('../../main/desktop/electron-ports').FramePort}
 */
function frameOf(frame) {
  const parent = frame.parentFrame()
  return { url: toApp(frame.url()), parent: parent === null ? null : frameOf(parent) }
}

/** @param {string} text */
const withPageAddresses = (text) => text.replaceAll('app://bundle/', toPage('app://bundle/'))

/**
 * @param {Route} route
 * @param {string} address
 */
async function serve(route, address) {
  const method = route.request().method()
  const answer = await answerOf(address, method)
  if (answer === null) {
    await route.continue()
    return
  }
  const bytes = Buffer.from(await answer.arrayBuffer())
  const isPage = answer.headers.get('content-type')?.startsWith('text/html') ?? false
  const headers = Object.fromEntries(answer.headers)
  record('response', { url: address, status: answer.status, headers })
  await route.fulfill({
    status: answer.status,
    headers,
    body: isPage ? withPageAddresses(bytes.toString('utf8')) : bytes,
  })
}

/**
 * Makes a page of Chromium behave as the page of a window: its requests, its messages, its preload.
 * @param {Page} page
 * @param {import('./web-contents.mjs').WebContents} contents
 * @param {string | undefined} preload
 */
export async function setUpPage(page, contents, preload) {
  const sender = (/** @type {Frame} */ frame) => ({ sender: contents, senderFrame: frameOf(frame) })

  await page.exposeBinding('__standInCall', async ({ frame }, /** @type {Message} */ { channel, values }) => {
    try {
      return { value: await ipcMain.answer(channel, sender(frame), values) }
    } catch (cause) {
      return { error: cause instanceof Error ? cause.message : String(cause) }
    }
  })
  await page.exposeBinding('__standInSay', ({ frame }, /** @type {Message} */ { channel, values }) => {
    ipcMain.emit(channel, sender(frame), ...values)
  })
  await page.exposeBinding('__standInOpen', (_source, /** @type {string} */ address) => {
    record(contents.deniesWindow(toApp(address)) ? 'window-denied' : 'window-opened', toApp(address))
  })
  await page.addInitScript(windowScript)
  if (preload !== undefined) await page.addInitScript(preloadScript(await readFile(preload, 'utf8')))

  await page.route('**/*', async (route) => {
    const request = route.request()
    const address = toApp(request.url())
    const main = request.isNavigationRequest() && request.frame() === page.mainFrame()
    if (request.isNavigationRequest() && !contents.allowsNavigation(address, main)) {
      record('navigation-prevented', address)
      await route.abort('aborted')
      return
    }
    if (await session.defaultSession.cancels(address)) {
      record('request-cancelled', address)
      await route.abort('blockedbyclient')
      return
    }
    if (main) contents.documentIsComing()
    await serve(route, address)
  })
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) contents.documentIsHere()
  })
  page.on('console', (message) => {
    if (message.type() === 'error') record('console-error', message.text())
  })
  page.on('pageerror', (error) => record('page-error', error.message))
  page.on('crash', () => contents.processIsGone())
  page.on('close', () => contents.pageIsClosed(page))
}
