import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { setupFolder } from './root.mjs'
import { SetupFailure } from './say.mjs'

const longestWait = 15 * 60_000

/**
 * Lets one process at a time install or build: a scheduled `finops` may start while a build is running.
 * @template T
 * @param {() => Promise<T>} work
 * @param {string} [folder]
 * @returns {Promise<T>}
 */
export async function withSetupLock(work, folder = setupFolder) {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'lock')
  const giveUpAt = Date.now() + longestWait
  while (!(await take(path))) {
    if (Date.now() > giveUpAt) {
      throw new SetupFailure(
        `Another set-up has been running for a quarter of an hour. If that is not so, delete ${path} and start again.`,
      )
    }
    await sleep(200)
  }
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

/**
 * @param {string} path
 * @returns {Promise<boolean>}
 */
async function take(path) {
  try {
    const file = await open(path, 'wx')
    await file.writeFile(String(process.pid))
    await file.close()
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const owner = Number(await readFile(path, 'utf8').catch(() => ''))
  // An empty file is one whose owner is about to write its number.
  if (owner > 0 && !isRunning(owner)) await rm(path, { force: true })
  return false
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
