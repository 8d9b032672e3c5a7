import type { Execution } from '../../analytics/contract/executions'
import { type CommandContext, settle } from './commands'
import { exitCodes } from './exit-codes'
import { answer, ProgressBar } from './terminal'

export interface ExecuteWords {
  readonly profile?: string
  readonly dryRun?: boolean
  readonly mostChanges?: string
  readonly mostSaving?: string
}

export async function execute(
  { session, terminal, signal }: CommandContext,
  ids: readonly string[],
  words: ExecuteWords,
): Promise<number> {
  const bar = new ProgressBar(terminal)
  const run = await session.ask(
    'executions/run',
    {
      ids: [...ids],
      profile: words.profile ?? null,
      dryRun: words.dryRun ?? false,
      ...(words.mostChanges === undefined ? {} : { mostChanges: Number(words.mostChanges) }),
      ...(words.mostSaving === undefined ? {} : { mostSaving: words.mostSaving }),
    },
    { signal, onProgress: bar.show },
  )
  bar.clear()
  return settle(terminal, run, ({ executions }) => {
    answer(terminal, { executions }, () => executions.map(executionText).join('\n\n'))
    return codeOf(executions, words.dryRun ?? false)
  })
}

export async function rollback(
  { session, terminal, signal }: CommandContext,
  id: string,
  words: Pick<ExecuteWords, 'profile' | 'dryRun'>,
): Promise<number> {
  const bar = new ProgressBar(terminal)
  const undone = await session.ask(
    'executions/undo',
    {
      id,
      dryRun: words.dryRun ?? false,
      ...(words.profile === undefined ? {} : { profile: words.profile }),
    },
    { signal, onProgress: bar.show },
  )
  bar.clear()
  return settle(terminal, undone, (execution) => {
    answer(terminal, { executions: [execution] }, () => executionText(execution))
    return codeOf([execution], words.dryRun ?? false)
  })
}

/** Refused without a change is 3; where some are done and others are not, 4. */
function codeOf(executions: readonly Execution[], dryRun: boolean): number {
  const wanted = dryRun ? 'planned' : 'done'
  const done = executions.filter(({ state }) => state === wanted).length
  if (done === executions.length) return exitCodes.done
  if (done > 0) return exitCodes.partly
  const isUntouched = executions.every(({ outcome }) => outcome === 'not-started' || outcome === 'put-back')
  return isUntouched ? exitCodes.refused : exitCodes.failed
}

const signs = { planned: '·', running: '…', done: '✓', already: '✓', failed: '✗' } as const

function executionText(execution: Execution): string {
  const { id, title, state, detail, steps, checks, undo, patch, made } = execution
  const failed = checks.filter(({ ok }) => !ok)
  return [
    `${id}  ${state}  ${title}`,
    ...(detail === '' ? [] : [detail]),
    ...failed.map(({ code, says }) => `  ✗ ${code} ${says}`),
    ...steps.map(
      ({ state: of, says, detail: why }) => `  ${signs[of]} ${says}${why === '' ? '' : `: ${why}`}`,
    ),
    ...Object.entries(made).map(([what, made]) => `  made: ${what} ${made}`),
    ...(patch === null ? [] : ['', patch.terraform, patch.cloudFormation]),
    ...(undo.steps.length === 0
      ? [`  There is no way back. ${undo.note}`.trimEnd()]
      : [
          '  To take it back:',
          ...undo.steps.map(({ says }) => `  ↩ ${says}`),
          ...(undo.note === '' ? [] : [`    ${undo.note}`]),
        ]),
  ].join('\n')
}
