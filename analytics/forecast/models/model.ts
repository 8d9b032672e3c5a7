import type { Values } from '../numbers'

/** What a model may know beside the history: how long a cycle is, how far ahead, and where it began last time. */
export interface ModelTask {
  readonly history: Values
  /** Lengths of cycles in steps, shortest first; empty where there is none. */
  readonly seasons: readonly number[]
  readonly horizon: number
  /** Parameters of an earlier, shorter history: a start that makes the search short. Never of a longer one. */
  readonly warm: Values | null
}

export interface ModelAnswer {
  readonly mean: Values
  /** Where the next, longer history may start its search. */
  readonly warm: Values | null
}

/** null where the history does not carry the model: too short, or without a cycle. */
export type Model = (task: ModelTask) => ModelAnswer | null

export function plainAnswer(mean: Values): ModelAnswer {
  return { mean, warm: null }
}
