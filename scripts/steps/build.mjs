import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withSetupLock } from './lock.mjs'
import { isCheckout, root } from './root.mjs'
import { lastLines, run } from './run.mjs'
import { SetupFailure, say } from './say.mjs'
import { contentStamp, quickStamp, sourceFiles } from './stamp.mjs'
import { toolCommand } from './tools.mjs'

const builtFrom = [
  'analytics',
  'main',
  'preload',
  'renderer',
  'resources',
  'electron.vite.config.ts',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
]
const builds = [
  'main/desktop.js',
  'main/web.js',
  'main/cli.js',
  'main/engine.js',
  'preload/index.cjs',
  'renderer/index.html',
]

/** @typedef {{ readonly quick: string, readonly content: string }} BuildStamp */

/**
 * Is what was built still what the sources say? The quick stamp decides alone when it matches; the content is only
 * read when it does not, so that a fresh clone or a `touch` does not mean a build.
 * @param {BuildStamp | null} stamped
 * @param {string} quick
 * @param {() => string} content
 * @returns {'fresh' | 'touched' | 'stale'}
 */
export function freshness(stamped, quick, content) {
  if (stamped === null) return 'stale'
  if (stamped.quick === quick) return 'fresh'
  return stamped.content === content() ? 'touched' : 'stale'
}

/**
 * Builds when the sources changed since the last build that went well.
 * @param {(sentence: string) => void} [tell]
 */
export async function ensureBuilt(tell = say) {
  if (!isCheckout() || isBuilt()) return
  await withSetupLock(async () => {
    if (isBuilt()) return
    tell('Building the application.')
    // Taken before the build: a file saved while it runs makes the result stale, not silently old.
    const stamp = JSON.stringify(takeStamp())
    rmSync(stampPath(), { force: true })
    const ran = await run([...toolCommand('electron-vite', 'electron-vite'), 'build', '--logLevel', 'warn'], {
      cwd: root,
    })
    if (ran.code !== 0) {
      throw new SetupFailure(
        `${lastLines(ran.output, 40)}\nThe application in ${root} could not be built. Correct what is said above, then run the same command again.`,
      )
    }
    const missing = builds.filter((file) => !existsSync(join(root, 'out', file)))
    if (missing.length > 0) {
      throw new SetupFailure(`The build ended without ${missing.join(', ')} in ${join(root, 'out')}.`)
    }
    mkdirSync(join(root, 'out'), { recursive: true })
    writeFileSync(stampPath(), stamp)
  })
}

function isBuilt() {
  if (!builds.every((file) => existsSync(join(root, 'out', file)))) return false
  const files = sourceFiles(root, builtFrom)
  const quick = quickStamp(root, files)
  const state = freshness(readStamp(), quick, () => contentStamp(root, files))
  if (state === 'touched') writeFileSync(stampPath(), JSON.stringify(takeStamp()))
  return state !== 'stale'
}

/** @returns {BuildStamp} */
function takeStamp() {
  const files = sourceFiles(root, builtFrom)
  return { quick: quickStamp(root, files), content: contentStamp(root, files) }
}

/** @returns {BuildStamp | null} */
function readStamp() {
  if (!existsSync(stampPath())) return null
  try {
    const stamp = JSON.parse(readFileSync(stampPath(), 'utf8'))
    return typeof stamp?.quick === 'string' && typeof stamp?.content === 'string' ? stamp : null
  } catch {
    // A stamp that cannot be read says nothing about the build, so there is one.
    return null
  }
}

function stampPath() {
  return join(root, 'out', '.stamp')
}
