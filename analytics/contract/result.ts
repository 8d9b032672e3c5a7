import { z } from 'zod'

/**
 * What an expected failure looks like to everyone: the screen, the command line, a log. `code` is stable and
 * meant for programs; `message` says what failed and what it means; `hint` is the one next step.
 */
export const failureSchema = z.strictObject({
  code: z.string().min(1).max(64),
  message: z.string().max(4_000),
  hint: z.string().max(4_000).optional(),
  /** What "copy details" copies: the cause, a path, a stack. Never a secret. */
  details: z.string().max(20_000).optional(),
})
export type Failure = Readonly<z.infer<typeof failureSchema>>

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function fail(code: string, message: string, hint?: string, details?: string): Result<never> {
  return { ok: false, failure: failure(code, message, hint, details) }
}

export function failure(code: string, message: string, hint?: string, details?: string): Failure {
  return {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(details === undefined ? {} : { details }),
  }
}

/** Codes that more than one room decides on; the rest are local to where they arise. */
export const failureCodes = {
  cancelled: 'cancelled',
  invalidInput: 'invalid-input',
  unknownChannel: 'unknown-channel',
  engineStopped: 'engine-stopped',
  engineUnavailable: 'engine-unavailable',
  workspaceInUse: 'workspace-in-use',
  unexpected: 'unexpected',
} as const
