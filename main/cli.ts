import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'
import { startApplication } from './app'
import { buildProgram } from './cli/program'
import type { AskLine } from './cli/terminal-questions'

const rendererFolder = join(dirname(fileURLToPath(import.meta.url)), '..', 'renderer')

const interrupt = new AbortController()
process.once('SIGINT', () => {
  interrupt.abort()
  // A second Ctrl-C does not wait for the first to be tidy.
  process.once('SIGINT', () => process.exit(130))
})

/** On stderr: stdout carries the answer of the command, which may go into a file. */
const askLine: AskLine = async (prompt, signal) => {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const ended = new Promise<null>((resolve) => lines.once('close', () => resolve(null)))
  lines.once('SIGINT', () => {
    lines.close()
    process.kill(process.pid, 'SIGINT')
  })
  try {
    return await Promise.race([lines.question(prompt, { signal }), ended])
  } catch (error) {
    if (signal.aborted) return null
    throw error
  } finally {
    lines.close()
  }
}

process.exitCode = await buildProgram({
  argv: process.argv.slice(2),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interrupt.signal,
  askLine: process.stdin.isTTY && process.stderr.isTTY ? askLine : null,
  rendererFolder,
  startApplication,
})
