import { SetupFailure } from '../steps/say.mjs'
import { oneFailed } from './counts.mjs'

/** @typedef {import('./counts.mjs').Count} Count */

/**
 * @typedef {object} Outcome
 * @property {string} name
 * @property {Count} count
 * @property {number} seconds
 */

/**
 * One stage, announced with its time when it is over. A stage that breaks is a stage that failed.
 * @param {string} name
 * @param {() => Promise<Count>} work
 * @returns {Promise<Outcome>}
 */
export async function stage(name, work) {
  const started = performance.now()
  const count = await work().catch((error) =>
    oneFailed(
      error instanceof SetupFailure ? error.message : String(error instanceof Error ? error.stack : error),
    ),
  )
  const outcome = { name, count, seconds: (performance.now() - started) / 1000 }
  process.stdout.write(`${outcomeLine(outcome)}\n`)
  for (const note of count.notes) process.stdout.write(`${indented(note)}\n`)
  return outcome
}

/** @param {Outcome} outcome */
export function outcomeLine({ name, count, seconds }) {
  const state = count.failed === 0 ? 'passed' : 'FAILED'
  const single = count.passed + count.failed === 1
  const numbers = single ? '' : `  ${count.passed} passed, ${count.failed} failed`
  return `${state}  ${name.padEnd(26)} ${seconds.toFixed(1).padStart(6)} s${numbers}`
}

/** @param {string} text */
function indented(text) {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `        ${line}`)
    .join('\n')
}

/**
 * Runs work a few at a time and keeps the order of the answers.
 * @template T
 * @param {readonly (() => Promise<T>)[]} works
 * @param {number} atOnce
 * @returns {Promise<T[]>}
 */
export async function fewAtATime(works, atOnce) {
  /** @type {T[]} */
  const answers = []
  const rest = [...works.entries()]
  const lane = async () => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      const [index, work] = next
      answers[index] = await work()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return answers
}
