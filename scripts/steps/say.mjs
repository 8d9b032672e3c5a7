/** A failure the person at the keyboard can do something about: one plain sentence, no stack. */
export class SetupFailure extends Error {}

/**
 * One sentence on how things go. Standard output belongs to what was asked for.
 * @param {string} sentence
 */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`)
}

/**
 * Ends with the failure's own sentence; anything else is a fault of ours and keeps its stack.
 * @param {unknown} error
 */
export function giveUp(error) {
  say(error instanceof SetupFailure ? error.message : String(error instanceof Error ? error.stack : error))
  process.exitCode = 1
}
