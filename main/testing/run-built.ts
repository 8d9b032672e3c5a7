import { type ChildProcess, spawn } from 'node:child_process'
import { onTestFinished } from 'vitest'
import { builtFile } from './built-engine'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunningProgram {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** The first line on stdout; rejects when the program ends without one. */
  readonly firstLine: Promise<string>
}

/** Starts a built file in a process of its own; what still runs when the test ends is ended. */
export function startBuilt(
  file: 'cli.js' | 'web.js',
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): RunningProgram {
  const child = spawn(process.execPath, [builtFile(file), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const end = stdout.indexOf('\n')
      if (end >= 0) resolve(stdout.slice(0, end))
    })
    child.once('close', () => reject(new Error(`It ended without a line on stdout. ${stderr}`)))
  })
  // Whoever waits for the end alone has no use for the line.
  firstLine.catch(() => undefined)
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { child, ended, firstLine }
}

export async function runBuilt(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return await startBuilt('cli.js', args, env).ended
}
