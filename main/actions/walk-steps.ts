import type { Identity } from '../../analytics/contract/journal'
import type { Journal } from '../journal/journal'
import type { Found, Looked, Step, StepCall } from './action'
import { type CallOutcome, kindOfAnswer, requestIdOf, wordsOf } from './call-outcome'
import type { Answered, Cloud } from './cloud'

export interface Patience {
  /** Between two looks at a step that is on its way. */
  readonly everyMs: number
  /** How many looks before it is given up. */
  readonly mostLooks: number
  /** Tries of one call that AWS did not carry out, or of which nobody knows. */
  readonly mostTries: number
}

export const patience: Patience = { everyMs: 5_000, mostLooks: 720, mostTries: 4 }

export interface WalkPorts {
  readonly cloud: Cloud
  readonly journal: Journal
  readonly identity: Identity
  readonly patience: Patience
  readonly pause: (ms: number) => Promise<void>
  /** Looked at before each call: the Stop of a person. */
  readonly isStopped: () => boolean
  readonly onStep: (step: string, state: 'running' | 'done' | 'already' | 'failed') => void
  /** Between any two things that leave a trace. A test lets the process die here. */
  readonly boundary: (name: string) => Promise<void>
}

export type Walked =
  | { readonly end: 'done'; readonly found: Found }
  | {
      readonly end: 'failed' | 'stopped' | 'unknown'
      readonly step: string
      readonly detail: string
      readonly found: Found
      /** Whether AWS accepted anything on the way. */
      readonly changed: boolean
    }

interface StepOver {
  readonly end: 'done' | 'already'
  readonly found: Found
  readonly changed: boolean
}

interface StepBroken {
  readonly end: 'failed' | 'stopped' | 'unknown'
  readonly detail: string
  readonly found: Found
  readonly changed: boolean
}

type StepEnd = StepOver | StepBroken

const isOver = (ended: StepEnd): ended is StepOver => ended.end === 'done' || ended.end === 'already'

/** Goes from step to step. What is already there is not done again, whoever did it. */
export async function walkSteps(
  execution: string,
  steps: readonly Step[],
  known: Found,
  ports: WalkPorts,
  prefix = '',
): Promise<Walked> {
  const { journal, identity } = ports
  let found = known
  let changed = false
  for (const step of steps) {
    const name = `${prefix}${step.name}`
    ports.onStep(name, 'running')
    const ended = await takeStep(execution, step, name, found, ports)
    changed ||= ended.changed
    found = { ...found, ...ended.found }
    await ports.boundary(`${name}: before it is written down`)
    await journal.append(
      {
        kind: 'step-ended',
        execution,
        step: name,
        state: isOver(ended) ? ended.end : 'failed',
        detail: isOver(ended) ? '' : ended.detail,
        found,
      },
      identity,
    )
    await ports.boundary(`${name}: written down`)
    ports.onStep(name, isOver(ended) ? ended.end : 'failed')
    if (!isOver(ended)) return { end: ended.end, step: name, detail: ended.detail, found, changed }
  }
  return { end: 'done', found }
}

async function takeStep(
  execution: string,
  step: Step,
  name: string,
  known: Found,
  ports: WalkPorts,
): Promise<StepEnd> {
  const { cloud, patience, pause } = ports
  let found = known
  let changed = false
  let tries = 0
  /** AWS may be about to do what was asked: then "before" is not yet believed. */
  let inDoubt = false
  let lastWords = ''
  for (let looks = 0; looks < patience.mostLooks; looks += 1) {
    const looked = await lookAgain(step, cloud, found)
    if ('trouble' in looked) {
      return { end: changed || inDoubt ? 'unknown' : 'stopped', detail: looked.trouble, found, changed }
    }
    found = { ...found, ...looked.found }
    switch (looked.place) {
      case 'there':
        return { end: tries === 0 ? 'already' : 'done', found, changed: changed || inDoubt }
      case 'astray':
        return {
          end: 'failed',
          detail: 'It is in a state that this step does not lead to: something else changed it.',
          found,
          changed,
        }
      case 'moving':
        break
      case 'before': {
        if (step.call === null || (changed && !inDoubt)) break
        if (ports.isStopped()) return { end: 'stopped', detail: 'Stopped before this call.', found, changed }
        if (tries >= patience.mostTries) {
          return {
            end: inDoubt ? 'unknown' : 'failed',
            detail: `Given up after ${tries} tries: ${lastWords}`,
            found,
            changed,
          }
        }
        if (tries > 0) await pause(patience.everyMs * 2 ** (tries - 1))
        tries += 1
        const called = await callOnce(execution, step.call, name, found, ports)
        found = { ...found, ...called.found }
        lastWords = called.words
        switch (called.outcome) {
          case 'accepted':
            changed = true
            inDoubt = false
            // AWS says so at once of most things.
            continue
          case 'no-answer':
            inDoubt = true
            break
          case 'slow-down':
            break
          case 'cancelled':
            return { end: 'unknown', detail: 'Cancelled while the answer was awaited.', found, changed: true }
          case 'credentials':
            return { end: 'stopped', detail: lastWords, found, changed }
          case 'would-work':
          case 'missing':
          case 'denied':
          case 'refused': {
            // What was lost before may be why: AWS refuses to do a second time what is done.
            const after = inDoubt ? await lookAgain(step, cloud, found) : null
            if (after !== null && 'place' in after && after.place !== 'before' && after.place !== 'astray') {
              changed = true
              continue
            }
            return { end: 'failed', detail: lastWords, found, changed }
          }
        }
      }
    }
    await pause(patience.everyMs)
  }
  return { end: 'failed', detail: 'It did not come to its end in the time given.', found, changed }
}

/** On the disk before it is sent and after it is answered. */
async function callOnce(
  execution: string,
  call: StepCall,
  step: string,
  found: Found,
  { journal, identity, cloud, boundary }: WalkPorts,
): Promise<{ readonly outcome: CallOutcome | 'accepted'; readonly found: Found; readonly words: string }> {
  const input = call.input(found)
  const operation = `${call.service}:${call.operation}`
  await boundary(`${step}: before the call is written down`)
  await journal.append({ kind: 'call-begun', execution, step, operation, input: plain(input) }, identity)
  await boundary(`${step}: call written down`)
  let answered: Answered | null = null
  let error: unknown = null
  try {
    answered = await cloud.send(call.service, call.operation, input)
  } catch (thrown) {
    error = thrown
  }
  await boundary(`${step}: call made`)
  const outcome = answered === null ? kindOfAnswer(error) : 'accepted'
  const words = answered === null ? wordsOf(error) : ''
  const made = answered === null ? {} : call.keep(answered.answer)
  await journal.append(
    {
      kind: 'call-ended',
      execution,
      step,
      outcome:
        outcome === 'accepted'
          ? 'accepted'
          : outcome === 'no-answer' || outcome === 'cancelled'
            ? 'no-answer'
            : 'refused',
      requestId: answered?.requestId ?? requestIdOf(error),
      detail: words,
      found: made,
    },
    identity,
  )
  await boundary(`${step}: answer written down`)
  return { outcome, found: made, words }
}

async function lookAgain(
  step: Step,
  cloud: Cloud,
  found: Found,
): Promise<Looked | { readonly trouble: string }> {
  try {
    return await step.look(cloud, found)
  } catch (error) {
    return { trouble: `AWS could not be asked how it stands: ${wordsOf(error)}` }
  }
}

export function plain(value: unknown) {
  return JSON.parse(JSON.stringify(value ?? null))
}
