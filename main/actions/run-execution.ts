import type { ExecutionEnd, JournalEvent } from '../../analytics/contract/journal'
import { type BoundAction, type Found, runOf } from './action'
import { wordsOf } from './call-outcome'
import { type ExecutionRecord, executionsIn, stepsOf } from './execution-record'
import { stateHash } from './prechecks'
import { actionOf } from './registry'
import { plain, type WalkPorts, walkSteps } from './walk-steps'

type Begun = Extract<JournalEvent, { kind: 'execution-begun' }>

export interface Ended {
  readonly state: ExecutionEnd
  readonly detail: string
}

/** Writes down what is about to happen, does it, and writes down how it ended. */
export async function runExecution(begun: Begun, ports: WalkPorts): Promise<Ended> {
  const { journal, identity, boundary } = ports
  const action = actionOf(begun.action)
  await boundary('before it is begun')
  await journal.append(begun, identity)
  await boundary('begun')
  const walked = await walkSteps(begun.execution, stepsOf(action, begun), begun.found, ports)
  if (walked.end === 'done') return await end(begun, action, { state: 'done', detail: '' }, ports)
  const { end: state, detail, changed } = walked
  if (state === 'unknown') return await end(begun, action, { state, detail }, ports)
  if (begun.undoes !== null || !changed) {
    return await end(begun, action, { state: changed ? state : 'not-started', detail }, ports)
  }
  if (state === 'stopped') return await end(begun, action, { state, detail }, ports)
  return await end(begun, action, await putBack(begun, action, walked.found, detail, ports), ports)
}

/** What can be taken back exactly is taken back at once: a machine must not stay stopped over a failed change. */
async function putBack(
  begun: Begun,
  action: BoundAction,
  found: Found,
  detail: string,
  ports: WalkPorts,
): Promise<Ended> {
  if (action.undo !== 'exact') return { state: 'failed', detail }
  const steps = action.undoSteps(begun.before, runOf(`${begun.execution}-back`))
  if (typeof steps === 'string') return { state: 'failed', detail }
  const back = await walkSteps(begun.execution, steps, found, { ...ports, isStopped: () => false }, 'back-')
  if (back.end === 'done') return { state: 'put-back', detail }
  return {
    state: back.end === 'unknown' ? 'unknown' : 'failed',
    detail: `${detail} Putting it back failed too: ${back.detail}`,
  }
}

async function end(begun: Begun, action: BoundAction, ended: Ended, ports: WalkPorts): Promise<Ended> {
  const { journal, identity, cloud, boundary } = ports
  let after: unknown = null
  try {
    after = await action.read(cloud)
  } catch (error) {
    after = { unread: wordsOf(error) }
  }
  await boundary('before its end is written down')
  await journal.append(
    { kind: 'execution-ended', execution: begun.execution, ...ended, after: plain(after) },
    identity,
  )
  await boundary('ended')
  return ended
}

/**
 * How an execution ended that nobody saw the end of: AWS is asked where each of its steps stands. Nothing is changed
 * and nothing is repeated.
 */
export async function settleExecution(id: string, ports: WalkPorts): Promise<Ended> {
  const { journal, identity, cloud } = ports
  const record = executionsIn(journal.entries).get(id)
  if (!record) throw new Error(`there is no execution ${id}`)
  const { begun } = record
  const action = actionOf(begun.action)
  let standing: Standing
  let after: unknown
  try {
    standing = await standingOf(record, action, ports)
    after = await action.read(cloud)
  } catch (error) {
    return { state: 'unknown', detail: `AWS could not be asked how it stands: ${wordsOf(error)}` }
  }
  // Where a backup is made first, the resource alone does not tell whether anything was done.
  const isAsBefore =
    action.undo === 'exact' &&
    begun.undoes === null &&
    after !== null &&
    stateHash(action, after) === stateHash(action, begun.before)
  const ended = settled(standing, isAsBefore)
  await journal.append({ kind: 'execution-ended', execution: id, ...ended, after: plain(after) }, identity)
  return ended
}

type Standing =
  | { readonly at: 'end' | 'start' | 'astray' | 'moving' }
  | { readonly at: 'between'; readonly done: number; readonly of: number }

/** Looks at the steps in their order, and writes down those that nobody saw end. */
async function standingOf(record: ExecutionRecord, action: BoundAction, ports: WalkPorts): Promise<Standing> {
  const { journal, identity, cloud, patience, pause } = ports
  const { begun } = record
  const steps = stepsOf(action, begun)
  let { found } = record
  for (const [index, step] of steps.entries()) {
    let looked = await step.look(cloud, found)
    for (let looks = 1; looked.place === 'moving' && looks < patience.mostLooks; looks += 1) {
      await pause(patience.everyMs)
      looked = await step.look(cloud, found)
    }
    found = { ...found, ...looked.found }
    if (looked.place === 'astray' || looked.place === 'moving') return { at: looked.place }
    if (looked.place === 'before') {
      return index === 0 ? { at: 'start' } : { at: 'between', done: index, of: steps.length }
    }
    if (record.steps.get(step.name)?.state === 'done') continue
    await journal.append(
      { kind: 'step-ended', execution: begun.execution, step: step.name, state: 'done', detail: '', found },
      identity,
    )
  }
  return { at: 'end' }
}

function settled(standing: Standing, isAsBefore: boolean): Ended {
  const by = 'Settled after an interruption:'
  if (standing.at === 'end') return { state: 'done', detail: `${by} AWS shows it done.` }
  if (isAsBefore || standing.at === 'start')
    return { state: 'not-started', detail: `${by} AWS shows it as it was before.` }
  switch (standing.at) {
    case 'astray':
      return { state: 'failed', detail: `${by} something else has changed it since.` }
    case 'moving':
      return { state: 'stopped', detail: `${by} it is still on its way.` }
    case 'between':
      return { state: 'stopped', detail: `${by} ${standing.done} of ${standing.of} steps are done.` }
  }
}
