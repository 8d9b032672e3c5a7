import type { z } from 'zod'

/**
 * One thing that can be asked. `answeredBy` says which process answers; `long` work appears in the task centre,
 * goes on when the asker goes away, and is stopped through `tasks/cancel`.
 */
export interface Channel<I extends z.ZodType, O extends z.ZodType, By extends 'main' | 'engine'> {
  readonly input: I
  readonly output: O
  readonly answeredBy: By
  readonly long: boolean
  /** Title of the task of a long channel. */
  readonly title?: string
}

export function answeredByMain<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
): Channel<I, O, 'main'> {
  return { input, output, answeredBy: 'main', long: false }
}

export function answeredByEngine<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
): Channel<I, O, 'engine'> {
  return { input, output, answeredBy: 'engine', long: false }
}

export function longWork<I extends z.ZodType, O extends z.ZodType>(
  title: string,
  input: I,
  output: O,
): Channel<I, O, 'engine'> {
  return { input, output, answeredBy: 'engine', long: true, title }
}

/** Long work of the application itself: what it asks of the engine is part of the same task. */
export function longWorkOfMain<I extends z.ZodType, O extends z.ZodType>(
  title: string,
  input: I,
  output: O,
): Channel<I, O, 'main'> {
  return { input, output, answeredBy: 'main', long: true, title }
}
