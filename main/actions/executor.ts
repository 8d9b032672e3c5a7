import { randomBytes } from 'node:crypto'
import type { CodePatchText, Execution, Precheck } from '../../analytics/contract/executions'
import type { Identity, JournalEvent, Pinned, PlannedStep } from '../../analytics/contract/journal'
import { type Failure, fail, failure, type Result, succeed } from '../../analytics/contract/result'
import type { ClientPorts } from '../aws/clients'
import { AwsSession } from '../aws/inventory/session'
import type { Journal } from '../journal/journal'
import { type RetryPolicy, retryPolicy } from '../sync/retry'
import { check, runOf, type Step } from './action'
import { kindOfAnswer, wordsOf } from './call-outcome'
import { Cloud } from './cloud'
import { codePatchText } from './code-patch'
import {
  type ExecutionRecord,
  executionsIn,
  hindranceOf,
  plannedOf,
  runOfRecord,
  viewOf,
} from './execution-record'
import { checksNow, stateHash } from './prechecks'
import { actionOf } from './registry'
import { runExecution, settleExecution } from './run-execution'
import { type Patience, patience, plain, type WalkPorts } from './walk-steps'

type Begun = Extract<JournalEvent, { kind: 'execution-begun' }>

export interface ExecutorPorts {
  readonly journal: Journal
  readonly aws: ClientPorts
  /** Passes, or says why this connection must change nothing. */
  readonly demandWriting: (profile: string | null) => Promise<Result<null>>
  readonly policy?: RetryPolicy
  readonly patience?: Patience
  readonly pause?: (ms: number) => Promise<void>
  readonly boundary?: (name: string) => Promise<void>
  readonly onStep?: (execution: string, step: string, state: string) => void
}

/** What stands before an execution that was not begun. */
export interface Prepared {
  readonly begun: Begun
  readonly checks: readonly Precheck[]
  readonly refusal: Failure | null
  readonly patch: CodePatchText | null
}

/** One identity at work: everything that AWS is asked on its behalf comes by the same gate. */
export interface Hands {
  readonly profile: string | null
  readonly identity: Identity
  readonly cloud: (region: string) => Cloud
  readonly close: () => void
}

/** Plans, does, settles and takes back. It asks nobody whether it should: see `approvals`. */
export class Executor {
  readonly #running = new Set<string>()
  #stopAsked = false

  constructor(private readonly ports: ExecutorPorts) {}

  get running(): ReadonlySet<string> {
    return this.#running
  }

  /** Takes effect before the next call. */
  stop(): number {
    this.#stopAsked = true
    return this.#running.size
  }

  /** A run begins: an earlier Stop was of an earlier one. */
  begin(): void {
    if (this.#running.size === 0) this.#stopAsked = false
  }

  get isStopped(): boolean {
    return this.#stopAsked
  }

  records(): ReadonlyMap<string, ExecutionRecord> {
    return executionsIn(this.ports.journal.entries)
  }

  list(): readonly Execution[] {
    return [...this.records().values()].reverse().map((record) => this.view(record))
  }

  view(record: ExecutionRecord): Execution {
    return viewOf(record, this.#running.has(record.begun.execution))
  }

  /** Begun, and nobody saw the end of it. */
  unsettled(): readonly ExecutionRecord[] {
    return [...this.records().values()].filter(
      ({ end, begun }) => (end === null || end.state === 'unknown') && !this.#running.has(begun.execution),
    )
  }

  /** An execution as it would be, to be shown. */
  planned(
    begun: Begun,
    checks: readonly Precheck[],
    refusal: Failure | null,
    patch: CodePatchText | null = null,
  ): Execution {
    const at = new Date().toISOString()
    const { user } = this.ports.journal
    const view = viewOf(
      {
        begun,
        at,
        user,
        identity: null,
        found: begun.found,
        called: false,
        steps: new Map(),
        end: null,
        undoneBy: null,
      },
      false,
    )
    return {
      ...view,
      state: refusal === null ? 'planned' : 'failed',
      outcome: refusal === null ? null : 'not-started',
      detail: refusal === null ? '' : `${refusal.message} ${refusal.hint ?? ''}`.trim(),
      checks: [...checks],
      patch,
      undo: { ...view.undo, hindrance: null },
    }
  }

  /** The hash of the resource as AWS tells it now. */
  async stateNow(recommendation: Pinned['recommendation'], hands: Hands): Promise<Result<string>> {
    if (hands.identity.account !== recommendation.account)
      return refused(wrongAccountOf(recommendation.account, hands))
    const action = actionOf(recommendation.action)
    try {
      const state = await action.read(hands.cloud(recommendation.region))
      if (state !== null) return succeed(stateHash(action, state))
      return fail(
        'resource-gone',
        `${recommendation.resource} is not there any more.`,
        'Scan again: the finding will go.',
      )
    } catch (error) {
      return readFailure(error, recommendation.resource, true)
    }
  }

  /** Opens a connection and asks AWS whose it is. */
  async open(profile: string | null): Promise<Result<Hands>> {
    const { aws, demandWriting, policy = retryPolicy } = this.ports
    const { signal = new AbortController().signal } = aws
    const session = new AwsSession(
      profile,
      // A call that changes something is never repeated by the SDK: whether it was done is looked at first.
      { ...aws, settings: { ...aws.settings, maxAttempts: 1, retryMode: 'standard' } },
      async () => {
        const allowed = await demandWriting(profile)
        return allowed.ok ? null : allowed.failure
      },
    )
    try {
      const region = await session.defaultRegion()
      const answer = await new Cloud(session, region, policy, signal).read('sts', 'GetCallerIdentity', {})
      const { Account, Arn } = answer
      if (typeof Account !== 'string' || typeof Arn !== 'string') {
        session.close()
        return fail(
          'not-aws-answer',
          'The answer to sts:GetCallerIdentity did not come from AWS.',
          'Check the network and AWS_ENDPOINT_URL, and try again.',
        )
      }
      return succeed({
        profile,
        identity: { account: Account, arn: Arn },
        cloud: (of) => new Cloud(session, of, policy, signal),
        close: () => session.close(),
      })
    } catch (error) {
      session.close()
      return connectionFailure(error, profile)
    }
  }

  /** Looks at the resource as it is now, and says whether and how it would be changed. Changes nothing. */
  async prepare(pinned: Pinned, hands: Hands, dryRun: boolean): Promise<Result<Prepared>> {
    const { recommendation, stateHash: approvedState } = pinned
    const { account, region } = recommendation
    const action = actionOf(recommendation.action)
    const execution = `x-${randomBytes(6).toString('hex')}`
    const begunOf = (before: unknown, steps: PlannedStep[]): Begun => ({
      kind: 'execution-begun',
      execution,
      recommendation: recommendation.id,
      undoes: null,
      action: recommendation.action,
      account,
      region,
      profile: hands.profile,
      title: recommendation.title,
      monthlySaving: recommendation.monthlySaving,
      currency: recommendation.currency,
      before: plain(before),
      found: {},
      steps,
    })
    const refuse = (
      refusal: Failure,
      checks: readonly Precheck[] = [],
      before: unknown = null,
    ): Prepared => ({
      begun: begunOf(before, []),
      checks,
      refusal,
      patch: null,
    })
    if (hands.identity.account !== account) return succeed(refuse(wrongAccount(pinned, hands)))
    const cloud = hands.cloud(region)
    try {
      const state = await action.read(cloud)
      if (state === null) {
        return succeed(
          refuse(
            failure(
              'resource-gone',
              `${recommendation.resource} is not there any more. Nothing was changed.`,
              'Scan again: the finding will go.',
            ),
          ),
        )
      }
      const run = runOf(execution)
      const steps = action.steps(state, run)
      const checks = [
        check(
          'P0',
          approvedState === null || approvedState === stateHash(action, state),
          approvedState === null ? 'The approval names no state' : 'It is as it was when it was approved',
        ),
        ...(await checksNow(action, state, cloud)),
      ]
      const begun = begunOf(state, plannedOf(steps, {}))
      const failed = checks.filter(({ ok }) => !ok)
      if (failed.length > 0) {
        const isManaged = failed.some(({ code }) => code === 'P2')
        return succeed({
          begun,
          checks,
          refusal: refusalOf(recommendation.resource, failed),
          patch: isManaged ? codePatchText(action.code(), recommendation.resource) : null,
        })
      }
      const asked = await this.#askDryRun(steps, cloud, hands)
      const wouldNot = asked.find(({ ok }) => !ok)
      return succeed({
        begun,
        checks: [...checks, ...asked],
        refusal: wouldNot ? refusalOf(recommendation.resource, [wouldNot]) : null,
        patch: null,
      })
    } catch (error) {
      return readFailure(error, recommendation.resource, dryRun)
    }
  }

  /** Does what was prepared, and nothing where it was refused. */
  async execute({ begun }: Prepared, hands: Hands): Promise<Execution> {
    return await this.#run(begun, hands)
  }

  async settle(record: ExecutionRecord, hands: Hands): Promise<Result<Execution>> {
    const { begun } = record
    if (hands.identity.account !== begun.account) return refused(wrongAccountOf(begun.account, hands))
    this.#running.add(begun.execution)
    try {
      const ended = await settleExecution(begun.execution, this.#walk(begun.execution, hands, begun.region))
      if (ended.state === 'unknown') {
        return fail(
          'not-settled',
          `${begun.title}: ${ended.detail}`,
          'Check the connection and settle it again.',
        )
      }
    } finally {
      this.#running.delete(begun.execution)
    }
    return succeed(this.#viewById(begun.execution))
  }

  /** What an undo would do. */
  planUndo(record: ExecutionRecord, profile: string | null): Result<Begun> {
    const hindrance = hindranceOf(record)
    if (hindrance !== null) return fail('no-undo', `${record.begun.title} cannot be taken back: ${hindrance}`)
    const undo: Begun = {
      ...record.begun,
      execution: `x-${randomBytes(6).toString('hex')}`,
      undoes: record.begun.execution,
      profile,
      found: record.found,
      title: `Undo: ${record.begun.title}`.slice(0, 400),
    }
    const steps = actionOf(undo.action).undoSteps(undo.before, runOfRecord({ begun: undo }))
    if (typeof steps === 'string') return fail('no-undo', steps)
    return succeed({ ...undo, steps: plannedOf(steps, record.found) })
  }

  async undo(begun: Begun, hands: Hands): Promise<Result<Execution>> {
    if (hands.identity.account !== begun.account) return refused(wrongAccountOf(begun.account, hands))
    const cloud = hands.cloud(begun.region)
    const action = actionOf(begun.action)
    const undone = begun.undoes === null ? undefined : this.records().get(begun.undoes)
    try {
      const now = undone?.end?.state === 'done' ? null : await action.read(cloud)
      if (now !== null && stateHash(action, now) === stateHash(action, begun.before)) {
        return fail(
          'nothing-to-undo',
          `${begun.title}: it is as it was before the execution. Nothing was changed.`,
          madeWords(begun.found),
        )
      }
      const steps = action.undoSteps(begun.before, runOfRecord({ begun }))
      const [first] = typeof steps === 'string' ? [] : steps
      if (first && (await first.look(cloud, begun.found)).place === 'astray') {
        return fail(
          'drift',
          `${begun.title}: it is no longer as the execution left it. Nothing was changed.`,
          'Somebody else changed it since. Look at it in AWS and decide there.',
        )
      }
    } catch (error) {
      return readFailure(error, begun.title, false)
    }
    return succeed(await this.#run(begun, hands))
  }

  async #run(begun: Begun, hands: Hands): Promise<Execution> {
    this.#running.add(begun.execution)
    try {
      await runExecution(begun, this.#walk(begun.execution, hands, begun.region))
    } finally {
      this.#running.delete(begun.execution)
    }
    return this.#viewById(begun.execution)
  }

  #viewById(id: string): Execution {
    const record = this.records().get(id)
    if (!record) throw new Error(`there is no execution ${id}`)
    return this.view(record)
  }

  #walk(execution: string, hands: Hands, region: string): WalkPorts {
    const { journal, boundary = async () => undefined, onStep } = this.ports
    return {
      cloud: hands.cloud(region),
      journal,
      identity: hands.identity,
      patience: this.ports.patience ?? patience,
      pause: this.ports.pause ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
      isStopped: () => this.#stopAsked,
      onStep: (step, state) => onStep?.(execution, step, state),
      boundary,
    }
  }

  /** EC2 says whether it would; a connection that only reads is not even asked that. */
  async #askDryRun(steps: readonly Step[], cloud: Cloud, { profile }: Hands): Promise<readonly Precheck[]> {
    const calls = steps.flatMap(({ call }) => (call?.dryRun ? [call] : []))
    if (calls.length === 0) return []
    const allowed = await this.ports.demandWriting(profile)
    if (!allowed.ok)
      return [check('P6', true, 'EC2 was not asked whether it would: the connection only reads')]
    const checks: Precheck[] = []
    for (const { service, operation, input } of calls) {
      const words = `EC2 would do ${operation}`
      try {
        await cloud.send(service, operation, { ...input({}), DryRun: true })
        checks.push(check('P6', false, `${words}: it did not answer as to a trial`))
      } catch (error) {
        const kind = kindOfAnswer(error)
        checks.push(
          check('P6', kind === 'would-work', kind === 'would-work' ? words : `${words}: ${wordsOf(error)}`),
        )
      }
    }
    return checks
  }
}

function madeWords(made: Readonly<Record<string, string>>): string {
  const names = Object.entries(made).map(([what, id]) => `${what} ${id}`)
  return names.length === 0
    ? 'There is nothing left to do.'
    : `What was made on the way is still there: ${names.join(', ')}.`
}

const refused = (refusal: Failure): Result<never> => ({ ok: false, failure: refusal })

function refusalOf(resource: string, failed: readonly Precheck[]): Failure {
  const managed = failed.some(({ code }) => code === 'P2')
  const drifted = failed.some(({ code }) => code === 'P0')
  return failure(
    managed ? 'managed-elsewhere' : drifted ? 'drift' : 'precheck-failed',
    `${resource} was not changed. It does not hold that: ${failed.map(({ says }) => says).join('; ')}.`,
    managed
      ? 'Make the change in the code that manages it.'
      : 'Look at it in AWS, scan again, and approve what is then recommended.',
  )
}

const wrongAccount = ({ recommendation }: Pinned, hands: Hands) =>
  wrongAccountOf(recommendation.account, hands)

function wrongAccountOf(account: string, { profile, identity }: Hands): Failure {
  const who = profile === null ? 'The default AWS credentials belong' : `The profile ${profile} belongs`
  return failure(
    'wrong-account',
    `${who} to the account ${identity.account}, and this is about ${account}. Nothing was changed.`,
    'Choose a profile of that account.',
  )
}

function connectionFailure(error: unknown, profile: string | null): Result<never> {
  const who = profile === null ? 'the default AWS credentials' : `the profile ${profile}`
  return fail(
    'no-connection',
    `AWS could not be asked with ${who}: ${wordsOf(error)}`,
    'Sign in again, or check the profile, the network and AWS_ENDPOINT_URL.',
    wordsOf(error),
  )
}

function readFailure(error: unknown, what: string, dryRun: boolean): Result<never> {
  return fail(
    'state-unread',
    `${what}: AWS could not be asked how it is, so nothing was changed: ${wordsOf(error)}`,
    dryRun
      ? 'Check the connection and its permissions.'
      : 'Check the connection and its permissions, and execute again.',
    wordsOf(error),
  )
}
