import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { underKeyring } from '../steps/keyring.mjs'
import { root } from '../steps/root.mjs'
import { run } from '../steps/run.mjs'
import { toolCommand } from '../steps/tools.mjs'
import { countPlaywright, countVitest, oneFailed } from './counts.mjs'

const limit = 15 * 60_000

/**
 * @param {boolean} keyring is there a keyring to run under? Without one the tests that need it fail and say so.
 * @param {NodeJS.ProcessEnv} env
 */
export function runVitest(keyring, env) {
  return inFolder(async (folder) => {
    const report = join(folder, 'vitest.json')
    const command = [
      ...toolCommand('vitest', 'vitest'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ]
    return counted(await runUnder(keyring, command, env), report, countVitest)
  })
}

/**
 * @param {boolean} keyring
 * @param {NodeJS.ProcessEnv} env
 */
export function runPlaywright(keyring, env) {
  return inFolder(async (folder) => {
    const report = join(folder, 'playwright.json')
    const command = [...toolCommand('@playwright/test', 'playwright'), 'test', '--reporter=list,json']
    const ran = await runUnder(keyring, command, { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report })
    return counted(ran, report, countPlaywright)
  })
}

/**
 * @param {boolean} keyring
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} env
 */
async function runUnder(keyring, command, env) {
  if (!keyring) return run(command, { cwd: root, env, limit, output: 'show' })
  const session = await underKeyring(command, env)
  try {
    return await run(session.command, { cwd: root, env: session.env, limit, output: 'show' })
  } finally {
    await session.end()
  }
}

/**
 * @template Report
 * @param {import('../steps/run.mjs').Ran} ran
 * @param {string} report
 * @param {(report: Report, code: number) => import('./counts.mjs').Count} count
 */
async function counted(ran, report, count) {
  if (ran.late) return oneFailed(`took more than ${limit / 60_000} minutes and was ended`)
  if (!existsSync(report)) return oneFailed(`ended with code ${ran.code} and left no report`)
  return count(JSON.parse(await readFile(report, 'utf8')), ran.code)
}

/**
 * @template T
 * @param {(folder: string) => Promise<T>} work
 */
async function inFolder(work) {
  const folder = await mkdtemp(join(tmpdir(), 'finops-test-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
