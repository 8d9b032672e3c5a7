import type { Approval } from '../../analytics/contract/approvals'
import type { Execution, ExecutionRequest } from '../../analytics/contract/executions'
import type { Pinned } from '../../analytics/contract/journal'
import { type Failure, fail, failure, type Result, succeed } from '../../analytics/contract/result'
import { decimalOf, unitsOf } from '../../analytics/prices/decimal'
import type { ApprovalDesk, Recommended } from '../approvals/approval-desk'
import type { Journal } from '../journal/journal'
import type { Executor, Hands, Prepared } from './executor'
import { actionOf } from './registry'

export interface ChangeDeskPorts {
  readonly journal: Journal
  readonly executor: Executor
  readonly approvals: ApprovalDesk
  readonly recommended: Recommended
  readonly demandWriting: (profile: string | null) => Promise<Result<null>>
  readonly onProgress?: (done: number, of: number, what: string) => void
}

/** What is approved is carried out here, one after the other, the least dangerous first. */
export class ChangeDesk {
  #isBusy = false

  constructor(private readonly ports: ChangeDeskPorts) {}

  async run(request: ExecutionRequest): Promise<Result<readonly Execution[]>> {
    return await this.#alone(async () => {
      const wanted = await this.#wanted(request)
      if (!wanted.ok) return wanted
      const overCap = capFailure(wanted.value, request)
      if (overCap) return { ok: false, failure: overCap }
      const { executor, demandWriting, onProgress } = this.ports
      if (!request.dryRun) {
        const allowed = await demandWriting(request.profile)
        if (!allowed.ok) return allowed
      }
      const hands = await executor.open(request.profile)
      if (!hands.ok) return hands
      executor.begin()
      const ordered = leastDangerousFirst(wanted.value)
      const executions: Execution[] = []
      try {
        for (const [at, pinned] of ordered.entries()) {
          onProgress?.(at, ordered.length, pinned.recommendation.title)
          const one = await this.#one(pinned, hands.value, request.dryRun)
          if (!one.ok && executions.length === 0) return one
          if (!one.ok) {
            executions.push(notBegun(pinned, request.profile, one.failure.message))
            break
          }
          executions.push(one.value)
          // The first is the canary: what goes wrong with it is not done to the others.
          if (!request.dryRun && one.value.state !== 'done') break
        }
      } finally {
        hands.value.close()
      }
      const left = ordered.slice(executions.length)
      return succeed([
        ...executions,
        ...left.map((pinned) =>
          notBegun(pinned, request.profile, 'Not begun, because one before it failed.'),
        ),
      ])
    })
  }

  async undo(id: string, profile: string | null | undefined, dryRun: boolean): Promise<Result<Execution>> {
    return await this.#alone(async () => {
      const { executor, journal, recommended, demandWriting } = this.ports
      const record = executor.records().get(id)
      if (!record) return fail('no-such-execution', `There is no execution ${id}.`, 'See: finops audit')
      const sound = journal.demandSound()
      if (!sound.ok) return sound
      const using = profile === undefined ? record.begun.profile : profile
      const planned = executor.planUndo(record, using)
      if (!planned.ok) return planned
      if (dryRun) return succeed(executor.planned(planned.value, [], null))
      const allowed = await demandWriting(using)
      if (!allowed.ok) return allowed
      const hands = await executor.open(using)
      if (!hands.ok) return hands
      executor.begin()
      try {
        const undone = await executor.undo(planned.value, hands.value)
        if (undone.ok && undone.value.state === 'done')
          await recommended.mark([record.begun.recommendation], 'open', `Taken back by ${undone.value.id}`)
        return undone
      } finally {
        hands.value.close()
      }
    })
  }

  /** Whatever nobody saw the end of. */
  async settle(profile: string | null | undefined): Promise<Result<readonly Execution[]>> {
    return await this.#alone(async () => {
      const { executor, journal, recommended } = this.ports
      const sound = journal.demandSound()
      if (!sound.ok) return sound
      const settled: Execution[] = []
      for (const record of executor.unsettled()) {
        const hands = await executor.open(profile === undefined ? record.begun.profile : profile)
        if (!hands.ok) return hands
        try {
          const one = await executor.settle(record, hands.value)
          if (!one.ok) return one
          settled.push(one.value)
          if (one.value.state === 'done' && one.value.undoes === null)
            await recommended.mark([one.value.recommendation], 'done', `Executed as ${one.value.id}`)
        } finally {
          hands.value.close()
        }
      }
      return succeed(settled)
    })
  }

  async #one(pinned: Pinned, hands: Hands, dryRun: boolean): Promise<Result<Execution>> {
    const { executor, recommended, journal } = this.ports
    const { id } = pinned.recommendation
    for (const record of executor.unsettled()) {
      if (record.begun.recommendation !== id) continue
      // What an earlier run left open is looked at before anything is done again.
      const settled = await executor.settle(record, hands)
      if (!settled.ok || settled.value.state === 'done') return settled
    }
    const prepared = await executor.prepare(pinned, hands, dryRun)
    if (!prepared.ok) return prepared
    const { begun, checks, refusal } = prepared.value
    if (refusal !== null || dryRun) {
      if (refusal !== null && !dryRun) await this.#writeRefusal(prepared.value, refusal)
      return succeed(executor.planned(begun, checks, refusal, prepared.value.patch))
    }
    const sound = journal.demandSound()
    if (!sound.ok) return sound
    const executed = await executor.execute(prepared.value, hands)
    if (executed.state === 'done') await recommended.mark([id], 'done', `Executed as ${executed.id}`)
    return succeed({ ...executed, checks: [...checks] })
  }

  async #writeRefusal({ begun }: Prepared, { code, message }: Failure): Promise<void> {
    const { execution, recommendation } = begun
    await this.ports.journal.append({
      kind: 'execution-refused',
      execution,
      recommendation,
      code,
      detail: message,
    })
  }

  /** Only what was approved, as it was approved. A trial needs no approval. */
  async #wanted({ ids, dryRun }: ExecutionRequest): Promise<Result<readonly Pinned[]>> {
    const { approvals, recommended, journal } = this.ports
    const sound = journal.demandSound()
    if (!sound.ok) return sound
    const wanted: Pinned[] = []
    for (const id of new Set(ids)) {
      const approval = approvals.of(id)
      const isOpen = this.ports.executor.unsettled().some(({ begun }) => begun.recommendation === id)
      const refused = approvalFailure(id, approval, isOpen)
      if (approval !== null && refused === null) {
        const now = await recommended.read(id)
        if (
          now.ok &&
          JSON.stringify(now.value.action) !== JSON.stringify(approval.pinned.recommendation.action)
        ) {
          return fail(
            'recommendation-changed',
            `${id} recommends something else now than what was approved. Nothing was changed.`,
            'Look at it again, and approve what it recommends now.',
          )
        }
        wanted.push(approval.pinned)
      } else if (dryRun) {
        const read = await recommended.read(id)
        if (!read.ok) return read
        const { action, evidence: _, state: __, ...recommendation } = read.value
        if (action === null) {
          return fail(
            'nothing-to-execute',
            `${recommendation.title}: this is nothing that the program can carry out.`,
          )
        }
        wanted.push({
          recommendation: { ...recommendation, action },
          stateHash: null,
          expires: '2199-01-01T00:00:00Z',
        })
      } else if (refused !== null) return { ok: false, failure: refused }
    }
    return succeed(wanted)
  }

  async #alone<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    if (this.#isBusy) {
      return fail(
        'executing-already',
        'Another execution is under way.',
        'Wait until it has ended, or stop it.',
      )
    }
    this.#isBusy = true
    try {
      return await work()
    } finally {
      this.#isBusy = false
    }
  }
}

function approvalFailure(id: string, approval: Approval | null, isOpen: boolean): Failure | null {
  const say = (code: string, message: string, hint: string) => failure(code, message, hint)
  if (approval === null)
    return say(
      'not-approved',
      `${id} is not approved. Nothing was changed.`,
      `Approve it first: finops approve ${id}`,
    )
  switch (approval.state) {
    case 'approved':
      return null
    case 'spent':
      // An execution that was cut off is settled by executing again; nothing is done twice.
      return isOpen
        ? null
        : say(
            'not-approved',
            `The approval of ${id} was used by an execution.`,
            `Approve it anew: finops approve ${id}`,
          )
    case 'waiting':
      return say(
        'second-person-needed',
        `${id} takes two people, and one has approved it. Nothing was changed.`,
        `Let somebody else approve it: finops pack save ${id} --out FILE`,
      )
    case 'expired':
      return say(
        'approval-expired',
        `The approval of ${id} expired on ${approval.pinned.expires.slice(0, 10)}. Nothing was changed.`,
        `Approve it anew: finops approve ${id}`,
      )
    case 'rejected':
    case 'revoked':
      return say(
        'not-approved',
        `${id} was ${approval.state}: ${approval.note}`,
        'Approve it anew if that has changed.',
      )
  }
}

function capFailure(
  wanted: readonly Pinned[],
  { mostChanges, mostSaving, dryRun }: ExecutionRequest,
): Failure | null {
  if (dryRun) return null
  if (wanted.length > mostChanges) {
    return failure(
      'too-many-changes',
      `${wanted.length} changes are more than the ${mostChanges} that one run may make. Nothing was changed.`,
      'Take fewer, or raise the limit.',
    )
  }
  const total = wanted.reduce((sum, { recommendation }) => sum + unitsOf(recommendation.monthlySaving), 0n)
  if (total <= unitsOf(mostSaving)) return null
  return failure(
    'too-much-money',
    `These changes are about ${decimalOf(total)} a month, and one run may touch ${mostSaving}. Nothing was changed.`,
    'Take fewer, or raise the limit.',
  )
}

const order = { low: 0, medium: 1, high: 2 }

function leastDangerousFirst(wanted: readonly Pinned[]): readonly Pinned[] {
  const rank = ({ recommendation }: Pinned) =>
    Math.max(order[recommendation.risk], order[actionOf(recommendation.action).risk])
  return [...wanted].sort((one, other) => {
    const saving = unitsOf(one.recommendation.monthlySaving) - unitsOf(other.recommendation.monthlySaving)
    return rank(one) - rank(other) || (saving < 0n ? -1 : saving > 0n ? 1 : 0)
  })
}

function notBegun({ recommendation }: Pinned, profile: string | null, detail: string): Execution {
  const { id, title, action, account, region, monthlySaving, currency, risk } = recommendation
  return {
    id: `x-${id.slice(2)}`,
    recommendation: id,
    undoes: null,
    undoneBy: null,
    title,
    action,
    account,
    region,
    profile,
    monthlySaving,
    currency,
    risk,
    state: 'planned',
    outcome: 'not-started',
    detail,
    begunAt: new Date().toISOString(),
    endedAt: null,
    user: '-',
    identity: null,
    steps: [],
    checks: [],
    undo: { kind: actionOf(action).undo, note: '', hindrance: 'It was not begun.', steps: [] },
    made: {},
    patch: null,
  }
}
