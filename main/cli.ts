import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startApplication } from './app'
import { buildProgram } from './cli/program'

const rendererFolder = join(dirname(fileURLToPath(import.meta.url)), '..', 'renderer')

const interrupt = new AbortController()
process.once('SIGINT', () => {
  interrupt.abort()
  // A second Ctrl-C does not wait for the first to be tidy.
  process.once('SIGINT', () => process.exit(130))
})

process.exitCode = await buildProgram({
  argv: process.argv.slice(2),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interrupt.signal,
  rendererFolder,
  startApplication,
})
