import type { ChannelOutput, MainChannelName, ParsedInput } from '../../analytics/contract/channels'
import { recommendationDetailSchema } from '../../analytics/contract/findings'
import { recommendationSchema } from '../../analytics/contract/recommendations'
import { type Result, succeed } from '../../analytics/contract/result'
import type { Progress } from '../../analytics/contract/tasks'
import { ApprovalDesk, type Recommended } from '../approvals/approval-desk'
import { demandWriting } from '../aws/connections/writing'
import type { FindKept } from '../aws/kept'
import type { AskMfaCode, MfaSessions } from '../aws/mfa'
import { Journal } from '../journal/journal'
import type { SecretVault } from '../vault/secret-vault'
import { ChangeDesk } from './change-desk'
import { Executor } from './executor'

type ChangeChannel = Extract<
  MainChannelName,
  `approvals/${string}` | `packs/${string}` | `executions/${string}` | `journal/${string}`
>

interface ChangeCall {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

export type ChangeAnswers = {
  readonly [C in ChangeChannel]: (
    input: ParsedInput<C>,
    call?: ChangeCall,
  ) => Promise<Result<ChannelOutput<C>>>
} & { readonly close: () => Promise<void> }

export interface ChangeServices {
  readonly home: string
  readonly env: NodeJS.ProcessEnv
  readonly ask: (channel: string, input: unknown) => Promise<Result<unknown>>
  readonly openVault: () => Promise<SecretVault>
  readonly askMfaCode?: AskMfaCode
  readonly sessions: MfaSessions
  readonly kept: FindKept
}

/** Approvals, executions and the journal of one workspace. The journal is opened when it is first needed. */
export function changeAnswers(services: ChangeServices): ChangeAnswers {
  const { home, env, ask, askMfaCode, sessions, kept } = services
  let opened: Promise<Desks> | null = null
  let progress: ((done: Progress) => void) | null = null

  const open = async (): Promise<Desks> => {
    const journal = await Journal.open(home)
    const mayWrite = (profile: string | null) => demandWriting(ask, profile)
    const executor = new Executor({
      journal,
      aws: { env, sessions, kept, ...(askMfaCode ? { askMfaCode } : {}) },
      demandWriting: mayWrite,
      onStep: (_execution, step, state) => {
        if (state === 'running') progress?.({ stage: step, done: 0, total: null, unit: 'steps' })
      },
    })
    const recommended: Recommended = {
      read: async (id) => {
        const answer = await ask('recommendations/read', { id })
        if (!answer.ok) return answer
        const { recommendation } = recommendationDetailSchema.parse(answer.value)
        // What lists show beside it is not part of what is approved.
        return succeed(recommendationSchema.strip().parse(recommendation))
      },
      mark: async (ids, state, note) =>
        await ask('recommendations/mark', { ids, state, note, by: journal.user }),
    }
    const approvals = new ApprovalDesk({ journal, executor, recommended, vault: services.openVault })
    const changes = new ChangeDesk({
      journal,
      executor,
      approvals,
      recommended,
      demandWriting: mayWrite,
      onProgress: (done, of, what) => progress?.({ stage: what, done, total: of, unit: 'steps' }),
    })
    return { journal, executor, approvals, changes }
  }
  const desks = async () => {
    opened ??= open()
    return await opened
  }
  const longWork = async <T>(call: ChangeCall | undefined, work: (of: Desks) => Promise<T>): Promise<T> => {
    const of = await desks()
    const stop = () => void of.executor.stop()
    progress = call?.onProgress ?? null
    // Cancelling is the Stop: the call that is under way is answered, and none follows it.
    call?.signal?.addEventListener('abort', stop, { once: true })
    try {
      return await work(of)
    } finally {
      call?.signal?.removeEventListener('abort', stop)
      progress = null
    }
  }
  const listed = (result: Result<readonly unknown[]>, name: string) =>
    (result.ok ? succeed({ [name]: [...result.value] }) : result) as never

  return {
    'approvals/list': async () => succeed({ approvals: [...(await desks()).approvals.list()] }),
    'approvals/give': async (input) => listed(await (await desks()).approvals.give(input), 'approvals'),
    'approvals/reject': async ({ ids, note }) =>
      listed(await (await desks()).approvals.reject(ids, note), 'approvals'),
    'approvals/revoke': async ({ ids, note }) =>
      listed(await (await desks()).approvals.revoke(ids, note), 'approvals'),
    'packs/make': async (input) => await (await desks()).approvals.makePack(input),
    'packs/approve': async ({ text, note }) => await (await desks()).approvals.signPack(text, note),
    'packs/open': async ({ text }) => await (await desks()).approvals.openPack(text),
    'executions/list': async () => succeed({ executions: [...(await desks()).executor.list()] }),
    'executions/run': async (input, call) =>
      await longWork(call, async ({ changes }) => listed(await changes.run(input), 'executions')),
    'executions/undo': async ({ id, profile, dryRun }, call) =>
      await longWork(call, ({ changes }) => changes.undo(id, profile, dryRun)),
    'executions/settle': async ({ profile }, call) =>
      await longWork(call, async ({ changes }) => listed(await changes.settle(profile), 'executions')),
    'executions/stop': async () => succeed({ stopped: (await desks()).executor.stop() }),
    'journal/read': async (input) => succeed((await desks()).journal.page(input)),
    'journal/verify': async () => succeed(await Journal.verify(home)),
    close: async () => {
      if (opened !== null) await (await opened).journal.close()
    },
  }
}

interface Desks {
  readonly journal: Journal
  readonly executor: Executor
  readonly approvals: ApprovalDesk
  readonly changes: ChangeDesk
}
