import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'vite'
import { ensureBuilt } from './steps/build.mjs'
import { root } from './steps/root.mjs'
import { say } from './steps/say.mjs'

/**
 * `npm run soak [-- --seed N] [--points N] [--runs N] [--only kill,sync,fuzz,actions]`: faults at moments that chance picks,
 * many more of them than the tests have time for. The same seed picks the same ones. `points` is the number of
 * kills, `runs` the number of damaged bills of each format; actions are killed at every boundary and disturbed in two
 * and a half times as many runs as there are points. Prints one JSON document; ends with 1 when anything
 * did not hold.
 */
const parts = ['kill', 'sync', 'fuzz', 'actions']

/** @param {string} name @param {string} otherwise */
function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise)
}

/** @param {string} name @param {number} otherwise */
function whole(name, otherwise) {
  const value = Number(option(name, String(otherwise)))
  if (Number.isInteger(value) && value >= 0) return value
  say(`--${name} needs a whole number.`)
  process.exit(2)
}

const seed = whole('seed', 2026)
const points = whole('points', 200)
const runs = whole('runs', 120)
const only = option('only', parts.join(',')).split(',')
const unknown = only.filter((part) => !parts.includes(part))
if (unknown.length > 0) {
  say(`--only knows ${parts.join(', ')}, not ${unknown.join(', ')}.`)
  process.exit(2)
}

await ensureBuilt()
const folder = mkdtempSync(join(tmpdir(), 'finops-soak-'))
try {
  // The soak is written in TypeScript like what it tries; this reads it as it is.
  const vite = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  })
  /** @type {typeof import('../main/engine/soak/run-soak')} */
  const module = /** @type {never} */ (await vite.ssrLoadModule('/main/engine/soak/run-soak.ts'))
  const report = await module.runSoak({ seed, points, runs, only, folder, tell: say })
  process.stdout.write(`${JSON.stringify({ ...report, cores: availableParallelism() }, null, 2)}\n`)
  process.exitCode = report.ok ? 0 : 1
  await vite.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
