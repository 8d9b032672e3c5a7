import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { session } from './session.mjs'

/** Permissions by the name Playwright grants them under, and the name Electron asks its handlers for. */
const permissions = /** @type {const} */ ([
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-write', 'clipboard-sanitized-write'],
  ['midi', 'midi'],
  ['camera', 'media'],
  ['microphone', 'media'],
])

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function executable() {
  const named = process.env.FINOPS_CHROMIUM
  if (named) return { executablePath: named }
  return existsSync(chromium.executablePath()) ? {} : { executablePath: '/usr/bin/chromium' }
}

const asRoot = process.getuid?.() === 0

export const browser = await chromium.launch({
  ...executable(),
  chromiumSandbox: !asRoot,
  args: asRoot ? [...quiet, '--no-sandbox'] : quiet,
})

/** A fresh context that may do what the door's handlers grant: without handlers, everything. */
export async function openContext() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  /** @type {string[]} */
  const granted = []
  for (const [name, asked] of permissions) {
    if (await session.defaultSession.grants(asked)) granted.push(name)
  }
  await context.grantPermissions(granted)
  return context
}
