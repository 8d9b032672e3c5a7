import { existsSync } from 'node:fs'
import { lastLines, run } from './run.mjs'
import { say } from './say.mjs'

const limit = 5 * 60_000

/** Only root may install packages, and nobody's password is asked for. */
export function canInstallPackages() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

/** @type {Promise<string | null> | null} */
let refreshed = null

/**
 * Installs Debian packages.
 * @param {readonly string[]} packages
 * @returns {Promise<string | null>} why it did not work, or null
 */
export async function installPackages(packages) {
  // The list of packages is fetched once a run: a fresh container has none at all.
  refreshed ??= apt(['update'])
  const stale = await refreshed
  if (stale !== null) return stale
  say(`Installing the Debian packages ${packages.join(', ')}.`)
  return apt(['install', '-y', '--no-install-recommends', ...packages])
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<string | null>}
 */
async function apt(args) {
  const ran = await run(
    ['/usr/bin/apt-get', '-q', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=1', ...args],
    { limit, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } },
  )
  if (ran.code === 0) return null
  return `apt-get ${args[0]} ${ran.late ? 'took too long' : 'failed'}: ${lastLines(ran.output, 3)}`
}
