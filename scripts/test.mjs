import { oneFailed, onePassed, totalLine } from './stages/counts.mjs'
import { fewAtATime, outcomeLine, stage } from './stages/stage.mjs'
import { runStatic, staticChecks } from './stages/static.mjs'
import { runPlaywright, runVitest } from './stages/tests.mjs'
import { ensureBuilt } from './steps/build.mjs'
import { ensureChromium } from './steps/chromium.mjs'
import { ensureInstalled } from './steps/install.mjs'
import { ensureKeyring } from './steps/keyring.mjs'

/** @typedef {import('./stages/stage.mjs').Outcome} Outcome */
/** @typedef {'static' | 'unit' | 'e2e'} Part */

/** @type {readonly Part[]} */
const everyPart = ['static', 'unit', 'e2e']

/** `npm test`: all its own set-up, then every stage, also after one has failed. */
async function main() {
  const asked = process.argv.slice(2)
  const parts = everyPart.filter((part) => asked.length === 0 || asked.includes(part))
  const unknown = asked.filter((part) => !everyPart.some((known) => known === part))
  if (unknown.length > 0) {
    process.stderr.write(`There is no part ${unknown.join(', ')}; the parts are ${everyPart.join(', ')}.\n`)
    process.exitCode = 2
    return
  }
  const outcomes = await runStages(parts)
  process.stdout.write('\n')
  for (const outcome of outcomes) process.stdout.write(`${outcomeLine(outcome)}\n`)
  if (outcomes.some((outcome) => outcome.count.failed > 0)) process.exitCode = 1
  process.stdout.write(`\n${totalLine(outcomes.map((outcome) => outcome.count))}\n`)
}

/**
 * @param {readonly Part[]} parts
 * @returns {Promise<Outcome[]>}
 */
async function runStages(parts) {
  const installed = await stage('packages', () => done(ensureInstalled()))
  if (installed.count.failed > 0) return [installed]

  const runsTests = parts.includes('unit') || parts.includes('e2e')
  const env = { ...process.env }
  // Set-up waits for the network and the checks for the processor, so they go side by side.
  const [checks, setUp] = await Promise.all([
    fewAtATime(
      [
        ...(runsTests ? [() => stage('build', () => done(ensureBuilt()))] : []),
        ...(parts.includes('static')
          ? staticChecks.map((check) => () => stage(check.name, () => runStatic(check)))
          : []),
      ],
      2,
    ),
    runsTests ? setUpTests(env) : Promise.resolve([]),
  ])
  const before = [installed, ...setUp, ...checks]
  const built = checks.find((outcome) => outcome.name === 'build')?.count.failed === 0
  const keyring = setUp.some((outcome) => outcome.name === 'keyring' && outcome.count.failed === 0)

  /** @type {Outcome[]} */
  const tests = []
  if (parts.includes('unit')) {
    tests.push(await stage('unit and contract tests', () => ifBuilt(built, () => runVitest(keyring, env))))
  }
  if (parts.includes('e2e')) {
    tests.push(await stage('end-to-end tests', () => ifBuilt(built, () => runPlaywright(keyring, env))))
  }
  return [...before, ...tests]
}

/**
 * One after the other: both may install packages of the system.
 * @param {NodeJS.ProcessEnv} env gets the Chromium that was found
 */
async function setUpTests(env) {
  const browser = await stage('browser', async () => {
    env.FINOPS_CHROMIUM = await ensureChromium()
    return onePassed
  })
  return [browser, await stage('keyring', () => done(ensureKeyring()))]
}

/** @param {Promise<void>} work */
async function done(work) {
  await work
  return onePassed
}

/**
 * @param {boolean} built
 * @param {() => Promise<import('./stages/counts.mjs').Count>} work
 */
async function ifBuilt(built, work) {
  return built ? work() : oneFailed('not run, because the build failed')
}

await main()
