import { startApplication } from '../app'
import type { ApplicationOptions } from '../application'
import { buildProgram, type ProgramOptions } from '../cli/program'
import { builtEngine } from './built-engine'

export interface CliRun {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** One command in this process, with what it writes caught. */
export async function runCli(
  argv: readonly string[],
  options: Partial<ProgramOptions> & { readonly isTTY?: boolean } = {},
): Promise<CliRun> {
  let stdout = ''
  let stderr = ''
  const { isTTY = false, ...rest } = options
  const code = await buildProgram({
    argv,
    env: {},
    stdout: {
      write: (text) => {
        stdout += text
      },
    },
    stderr: {
      isTTY,
      columns: 80,
      write: (text) => {
        stderr += text
      },
    },
    signal: new AbortController().signal,
    rendererFolder: '/nowhere',
    startApplication: (wanted: ApplicationOptions) =>
      startApplication({ ...wanted, engineEntry: builtEngine() }),
    ...rest,
  })
  return { code, stdout, stderr }
}

/** The one document on stdout; anything beside it is a mistake. */
export function documentOf(run: { readonly stdout: string }): unknown {
  if (!run.stdout.endsWith('\n') || run.stdout.trimEnd().includes('\n')) {
    throw new Error(`not one line of JSON: ${run.stdout.slice(0, 2_000)}`)
  }
  return JSON.parse(run.stdout)
}
