import type { Execution, ExecutionStep } from '../../analytics/contract/executions'
import type { ExecutionEnd, JournalEvent, PlannedStep } from '../../analytics/contract/journal'
import type { ChainedEntry } from '../journal/chain'
import { type BoundAction, type Found, runOf, type Step } from './action'
import { actionOf } from './registry'
import { plain } from './walk-steps'

type Begun = Extract<JournalEvent, { kind: 'execution-begun' }>

/** An execution as the journal tells it. */
export interface ExecutionRecord {
  readonly begun: Begun
  readonly at: string
  readonly user: string
  readonly identity: ChainedEntry['entry']['identity']
  readonly found: Found
  /** Whether AWS was asked for any change. */
  readonly called: boolean
  readonly steps: ReadonlyMap<string, { readonly state: ExecutionStep['state']; readonly detail: string }>
  readonly end: {
    readonly state: ExecutionEnd
    readonly detail: string
    readonly at: string
    readonly after: unknown
  } | null
  readonly undoneBy: string | null
}

/** All executions in the order in which they were begun. */
export function executionsIn(entries: readonly ChainedEntry[]): ReadonlyMap<string, ExecutionRecord> {
  const records = new Map<string, ExecutionRecord>()
  const change = (id: string, changed: (record: ExecutionRecord) => Partial<ExecutionRecord>) => {
    const record = records.get(id)
    if (record) records.set(id, { ...record, ...changed(record) })
  }
  for (const { entry } of entries) {
    const { event, at, user, identity } = entry
    switch (event.kind) {
      case 'execution-begun':
        records.set(event.execution, {
          begun: event,
          at,
          user,
          identity,
          found: event.found,
          called: false,
          steps: new Map(),
          end: null,
          undoneBy: null,
        })
        break
      case 'call-begun':
        change(event.execution, ({ steps }) => ({
          called: true,
          steps: new Map(steps).set(event.step, { state: 'running', detail: '' }),
        }))
        break
      case 'call-ended':
        change(event.execution, ({ found }) => ({ found: { ...found, ...event.found } }))
        break
      case 'step-ended':
        change(event.execution, ({ steps, found }) => ({
          found: { ...found, ...event.found },
          steps: new Map(steps).set(event.step, { state: event.state, detail: event.detail }),
        }))
        break
      case 'execution-ended': {
        const { state, detail, after } = event
        change(event.execution, () => ({ end: { state, detail, at, after } }))
        const undone = records.get(event.execution)?.begun.undoes
        if (undone && state === 'done') change(undone, () => ({ undoneBy: event.execution }))
        break
      }
      default:
        break
    }
  }
  return records
}

/** What an undo makes is found again by the name of what it takes back, however often it is begun. */
export const runOfRecord = ({ begun }: Pick<ExecutionRecord, 'begun'>) =>
  runOf(begun.undoes === null ? begun.execution : `${begun.undoes}-undo`)

export function stepsOf(action: BoundAction, begun: Begun): readonly Step[] {
  const run = runOfRecord({ begun })
  if (begun.undoes === null) return action.steps(begun.before, run)
  const steps = action.undoSteps(begun.before, run)
  return typeof steps === 'string' ? [] : steps
}

export function plannedOf(steps: readonly Step[], found: Found): PlannedStep[] {
  return steps.map(({ name, says, call }) => ({
    name,
    says,
    operation: call === null ? null : `${call.service}:${call.operation}`,
    input: call === null ? null : plain(call.input(found)),
  }))
}

/** Why an execution cannot be taken back; null where it can. */
export function hindranceOf(record: ExecutionRecord): string | null {
  const { begun, end, undoneBy } = record
  if (begun.undoes !== null) return 'It is itself the undo of another execution.'
  if (undoneBy !== null) return 'It was taken back already.'
  if (end === null || end.state === 'unknown') return 'How it ended is not settled yet.'
  if (end.state === 'not-started' || end.state === 'put-back') return 'It changed nothing that is still so.'
  const action = actionOf(begun.action)
  const steps = action.undoSteps(begun.before, runOf(begun.execution))
  return typeof steps === 'string' ? steps : null
}

export function viewOf(record: ExecutionRecord, isRunning: boolean): Execution {
  const { begun, end, at, user, identity, found, steps, undoneBy } = record
  const action = actionOf(begun.action)
  const back = action.undoSteps(begun.before, runOf(`${begun.execution}-undo`))
  return {
    id: begun.execution,
    recommendation: begun.recommendation,
    undoes: begun.undoes,
    undoneBy,
    title: begun.title,
    action: begun.action,
    account: begun.account,
    region: begun.region,
    profile: begun.profile,
    monthlySaving: begun.monthlySaving,
    currency: begun.currency,
    risk: action.risk,
    state: stateOf(record, isRunning),
    outcome: end?.state ?? null,
    detail: end?.detail ?? '',
    begunAt: at,
    endedAt: end?.at ?? null,
    user,
    identity,
    steps: [
      ...begun.steps.map((step) => ({
        ...step,
        ...(steps.get(step.name) ?? { state: 'planned' as const, detail: '' }),
      })),
      ...putBackSteps(record),
    ],
    checks: [],
    undo: {
      kind: typeof back === 'string' ? 'none' : action.undo,
      note: typeof back === 'string' ? back : action.undoNote,
      hindrance: hindranceOf(record),
      steps: typeof back === 'string' ? [] : plannedOf(back, found),
    },
    made: { ...found },
    patch: null,
  }
}

/** Steps that were taken to put things back stand behind those that were planned. */
function putBackSteps({ steps, begun }: ExecutionRecord): readonly ExecutionStep[] {
  const planned = new Set(begun.steps.map(({ name }) => name))
  return [...steps]
    .filter(([name]) => !planned.has(name))
    .map(([name, step]) => ({
      name,
      says: `Put back: ${name.replace(/^back-/, '')}`,
      operation: null,
      input: null,
      ...step,
    }))
}

function stateOf({ end }: ExecutionRecord, isRunning: boolean): Execution['state'] {
  if (end === null) return isRunning ? 'running' : 'unknown'
  switch (end.state) {
    case 'done':
      return 'done'
    case 'unknown':
      return 'unknown'
    case 'not-started':
    case 'put-back':
    case 'failed':
    case 'stopped':
      return 'failed'
  }
}
