import { type Failure, failureCodes } from '../../analytics/contract/result'
import type { Progress } from '../../analytics/contract/tasks'

/** Where a command writes. With `json` stdout carries exactly one document; everything else goes to stderr. */
export interface Terminal {
  readonly json: boolean
  readonly stdout: { write(text: string): unknown }
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number }
}

export function answer(terminal: Terminal, document: unknown, text: () => string): void {
  terminal.stdout.write(terminal.json ? `${JSON.stringify(document)}\n` : `${text()}\n`)
}

export function complain(terminal: Terminal, failure: Failure): void {
  const { code, message, hint } = failure
  if (terminal.json) {
    terminal.stdout.write(`${JSON.stringify({ error: { code, message, hint: hint ?? null } })}\n`)
    if (failure.details) terminal.stderr.write(`${failure.details}\n`)
    return
  }
  terminal.stderr.write(`${message}\n${hint ? `${hint}\n` : ''}`)
  if (failure.code === failureCodes.unexpected && failure.details)
    terminal.stderr.write(`${failure.details}\n`)
}

/** A bar for long work, when somebody is looking. */
export class ProgressBar {
  private shown = false

  constructor(private readonly terminal: Terminal) {}

  readonly show = (progress: Progress): void => {
    const { stderr } = this.terminal
    if (!stderr.isTTY) return
    const part = progress.total ? Math.min(1, progress.done / progress.total) : 0
    const filled = Math.round(part * 24)
    const text = `${'█'.repeat(filled)}${'░'.repeat(24 - filled)} ${String(Math.round(part * 100)).padStart(3)} %  ${progress.stage}`
    stderr.write(`\r\x1b[2K${text.slice(0, (stderr.columns ?? 100) - 1)}`)
    this.shown = true
  }

  clear(): void {
    if (this.shown) this.terminal.stderr.write('\r\x1b[2K')
    this.shown = false
  }
}
