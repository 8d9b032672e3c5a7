import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join, posix, win32 } from 'node:path'
import { canInstallPackages, installPackages } from './debian.mjs'
import { root, setupFolder } from './root.mjs'
import { run } from './run.mjs'
import { SetupFailure, say } from './say.mjs'
import { toolCommand } from './tools.mjs'

const downloadLimit = 4 * 60_000
const memory = join(setupFolder, 'chromium.json')

/**
 * Where a Chromium of the machine's own may be, likeliest first.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
export function chromiumCandidates(platform, env) {
  if (platform === 'darwin') {
    const applications = ['/Applications', ...(env.HOME ? [posix.join(env.HOME, 'Applications')] : [])]
    return applications.flatMap((folder) =>
      ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) =>
        posix.join(folder, `${name}.app`, 'Contents', 'MacOS', name),
      ),
    )
  }
  if (platform === 'win32') {
    const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA]
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']
    return programs.flatMap((program) =>
      folders.flatMap((folder) => (folder ? [win32.join(folder, program)] : [])),
    )
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) =>
    [...folders, '/usr/bin', '/snap/bin'].map((folder) => posix.join(folder, name)),
  )
}

/**
 * The path of a Chromium that runs: one that is here, else Playwright's own download, else Debian's package.
 * Looked for in that order, so that the second time needs no network.
 * @returns {Promise<string>}
 */
export async function ensureChromium() {
  const named = process.env.FINOPS_CHROMIUM
  if (named) {
    if (await runs(named)) return named
    throw new SetupFailure(
      `FINOPS_CHROMIUM names ${named}, which does not run. Correct it, or leave it out to have one found.`,
    )
  }
  const here = await firstThatRuns([
    ...remembered(),
    playwrightChromium(),
    ...chromiumCandidates(process.platform, process.env),
  ])
  if (here !== null) return remember(here)
  const problem = await downloadPlaywrightChromium()
  const problems = [problem ?? "Playwright's Chromium was downloaded but does not start."]
  const downloaded = await firstThatRuns([playwrightChromium()])
  if (downloaded !== null) return remember(downloaded)
  if (canInstallPackages()) {
    const problem = await installPackages(['chromium'])
    problems.push(problem ?? "Debian's package chromium is installed but does not start.")
    const packaged = await firstThatRuns(chromiumCandidates(process.platform, process.env))
    if (packaged !== null) return remember(packaged)
  }
  throw new SetupFailure(
    `No Chromium for the tests. ${problems.join(' ')} Install Chromium, Chrome or Edge, or name one in FINOPS_CHROMIUM, then run the tests again.`,
  )
}

/** @returns {Promise<string | null>} why it did not work, or null */
async function downloadPlaywrightChromium() {
  say("Downloading Playwright's Chromium.")
  const ran = await run(
    [...toolCommand('@playwright/test', 'playwright'), 'install', '--no-shell', 'chromium'],
    {
      cwd: root,
      limit: downloadLimit,
      // A network that swallows the connection is found out soon.
      env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000', ...process.env },
    },
  )
  if (ran.code === 0) return null
  return ran.late
    ? `Playwright's Chromium could not be downloaded in ${downloadLimit / 60_000} minutes.`
    : "Playwright's Chromium could not be downloaded."
}

/** @returns {string} where Playwright's own Chromium is once it is installed */
function playwrightChromium() {
  /** @type {typeof import('@playwright/test')} */
  const { chromium } = createRequire(join(root, 'package.json'))('@playwright/test')
  return chromium.executablePath()
}

/**
 * @param {readonly string[]} paths
 * @returns {Promise<string | null>}
 */
async function firstThatRuns(paths) {
  for (const path of paths) if (await runs(path)) return path
  return null
}

/**
 * There is not enough: a download lacks system libraries, Ubuntu's package is a stub where snaps do not run.
 * @param {string} path
 */
async function runs(path) {
  if (!existsSync(path)) return false
  // On Windows asking for the version opens a window.
  if (process.platform === 'win32') return true
  return (await run([path, '--version'], { limit: 30_000 })).code === 0
}

/** @returns {string[]} */
function remembered() {
  if (!existsSync(memory)) return []
  try {
    const kept = JSON.parse(readFileSync(memory, 'utf8'))
    return typeof kept?.path === 'string' ? [kept.path] : []
  } catch {
    // Unreadable is as good as nothing remembered.
    return []
  }
}

/** @param {string} path */
function remember(path) {
  mkdirSync(setupFolder, { recursive: true })
  writeFileSync(memory, JSON.stringify({ path }))
  return path
}
