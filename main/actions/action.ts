import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Action, ActionKind } from '../../analytics/contract/actions'
import type { Risk, Undo } from '../../analytics/contract/recommendations'
import { ForeignAnswerError } from '../aws/inventory/foreign-answer'
import type { Answer, Cloud } from './cloud'
import type { InputOf, Service } from './services'

export type ParamsOf<K extends ActionKind> = Extract<Action, { kind: K }>['params']

/**
 * Where a step stands, as AWS tells it: still before it, on the way by itself, there, or somewhere that neither it nor
 * the step before it leads to: somebody else was at work.
 */
export type Place = 'before' | 'moving' | 'there' | 'astray'

/** Names of what steps made, by what later steps call it: `snapshot`, `volume`. */
export type Found = Readonly<Record<string, string>>

export interface Looked {
  readonly place: Place
  readonly found?: Found
}

export interface StepCall {
  readonly service: Service
  readonly operation: string
  readonly input: (found: Found) => object
  /** Whether EC2 can be asked if it would work; not where the input is only known on the way. */
  readonly dryRun: boolean
  readonly keep: (answer: Answer) => Found
}

/** Leads from one state to the next, and can always tell by looking whether it has. */
export interface Step {
  readonly name: string
  readonly says: string
  /** null: only waits. */
  readonly call: StepCall | null
  readonly look: (cloud: Cloud, found: Found) => Promise<Looked>
}

/** The codes of the rulebook: P0 drift, P2 managed elsewhere, P3 protection, P5 others depend on it. */
export interface Check {
  readonly code: 'P0' | 'P1' | 'P2' | 'P3' | 'P4' | 'P5' | 'P6' | 'P7' | 'P8' | 'P9'
  readonly says: string
  readonly ok: boolean
}

/** What the same change is in code, for what is managed by code. */
export interface CodePatch {
  readonly cloudFormation: readonly [type: string, properties: Readonly<Record<string, unknown>> | null]
  readonly terraform: readonly [type: string, settings: Readonly<Record<string, unknown>> | null]
}

export interface Run {
  /** The same for a step of an execution however often it is asked: AWS then does it once. */
  readonly token: (step: string) => string
  readonly execution: string
}

export function runOf(execution: string): Run {
  return {
    execution,
    token: (step) => createHash('sha256').update(`${execution}/${step}`).digest('hex').slice(0, 32),
  }
}

export interface Definition<K extends ActionKind, S> {
  readonly kind: K
  readonly undo: Undo
  readonly risk: Risk
  /** What an undo does not bring back, or until when it works. */
  readonly undoNote?: string
  readonly state: z.ZodType<S>
  /** null: it is not there. */
  readonly read: (cloud: Cloud, params: ParamsOf<K>) => Promise<unknown>
  readonly tags: (state: S) => Readonly<Record<string, string>>
  /** Members of the state that change by themselves and are no drift. */
  readonly volatile?: readonly string[]
  readonly checks: (params: ParamsOf<K>, state: S, cloud: Cloud) => Promise<readonly Check[]>
  readonly steps: (params: ParamsOf<K>, before: S, run: Run) => readonly Step[]
  /** A sentence where there is no way back. */
  readonly undoSteps: (params: ParamsOf<K>, before: S, run: Run) => readonly Step[] | string
  readonly code: (params: ParamsOf<K>) => CodePatch
}

/** An action that knows what it is done to. States go through it as AWS told them. */
export interface BoundAction {
  readonly kind: ActionKind
  readonly undo: Undo
  readonly risk: Risk
  readonly undoNote: string
  read(cloud: Cloud): Promise<unknown>
  tags(state: unknown): Readonly<Record<string, string>>
  /** The state without what changes by itself. */
  lasting(state: unknown): unknown
  checks(state: unknown, cloud: Cloud): Promise<readonly Check[]>
  steps(before: unknown, run: Run): readonly Step[]
  undoSteps(before: unknown, run: Run): readonly Step[] | string
  code(): CodePatch
}

export function defineAction<K extends ActionKind, S>(
  definition: Definition<K, S>,
): (params: ParamsOf<K>) => BoundAction {
  const { kind, undo, risk, undoNote = '', state: schema, volatile = [] } = definition
  return (params) => ({
    kind,
    undo,
    risk,
    undoNote,
    read: async (cloud) => {
      const state = await definition.read(cloud, params)
      if (state !== null) schema.parse(state)
      return state
    },
    tags: (state) => definition.tags(schema.parse(state)),
    lasting: (state) => withoutMembers(state, volatile),
    checks: async (state, cloud) => await definition.checks(params, schema.parse(state), cloud),
    steps: (before, run) => definition.steps(params, schema.parse(before), run),
    undoSteps: (before, run) =>
      before === null ? 'How it was is not known.' : definition.undoSteps(params, schema.parse(before), run),
    code: () => definition.code(params),
  })
}

function withoutMembers(state: unknown, names: readonly string[]): unknown {
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return state
  return Object.fromEntries(Object.entries(state).filter(([name]) => !names.includes(name)))
}

export function changeStep<S extends Service, O extends string>(step: {
  readonly name: string
  readonly says: string
  readonly service: S
  readonly operation: O
  readonly input: InputOf<S, O> | ((found: Found) => InputOf<S, O>)
  readonly dryRun?: boolean
  readonly keep?: (answer: Answer) => Found
  readonly look: Step['look']
}): Step {
  const { name, says, service, operation, input, dryRun = false, keep = () => ({}), look } = step
  const inputOf = typeof input === 'function' ? (input as (found: Found) => object) : () => input as object
  return { name, says, call: { service, operation, input: inputOf, dryRun, keep }, look }
}

export function waitStep(step: Omit<Step, 'call'>): Step {
  return { ...step, call: null }
}

export const check = (code: Check['code'], ok: boolean, says: string): Check => ({ code, ok, says })

/** An answer without the list that was asked for was not written by AWS: it is not "nothing found". */
export function listIn(answer: Answer, name: string): readonly unknown[] {
  const list = answer[name]
  if (!Array.isArray(list)) throw new ForeignAnswerError(`the answer has no ${name}`)
  return list
}

export function firstIn(answer: Answer, name: string): unknown {
  return listIn(answer, name)[0] ?? null
}

export function tagsIn(
  tags: readonly { readonly Key: string; readonly Value: string }[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))
}

/** `aws:` is AWS's own: it cannot be written back. */
export function ownTags<T extends { readonly Key: string }>(tags: readonly T[]): T[] {
  return tags.filter(({ Key }) => !Key.startsWith('aws:'))
}
