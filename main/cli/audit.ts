import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { JournalHealth, JournalPage } from '../../analytics/contract/journal'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import { type CommandContext, settle } from './commands'
import { exitCodes } from './exit-codes'
import type { Session } from './session'
import { answer } from './terminal'
import { textTable } from './text-table'

export interface AuditWords {
  readonly verify?: boolean
  readonly settle?: boolean
  readonly profile?: string
  readonly limit?: string
  readonly execution?: string
  readonly out?: string
}

type Line = JournalPage['entries'][number]

export async function audit(context: CommandContext, words: AuditWords): Promise<number> {
  const { session, terminal, signal } = context
  if (words.verify === true) {
    return settle(terminal, await session.ask('journal/verify', {}), (health) => {
      answer(terminal, { ok: health.state === 'sound', ...health }, () => healthText(health))
      return health.state === 'sound' ? exitCodes.done : exitCodes.refused
    })
  }
  if (words.settle === true) {
    const using = words.profile === undefined ? {} : { profile: words.profile }
    return settle(terminal, await session.ask('executions/settle', using, { signal }), ({ executions }) => {
      answer(terminal, { executions }, () =>
        executions.length === 0
          ? 'No execution was interrupted.'
          : executions.map(({ id, outcome, detail }) => `${id}  ${outcome ?? ''}  ${detail}`).join('\n'),
      )
      return exitCodes.done
    })
  }
  if (words.out !== undefined) return await exportJournal(context, resolve(words.out))
  const asked = {
    limit: words.limit === undefined ? 200 : Number(words.limit),
    ...(words.execution === undefined ? {} : { execution: words.execution }),
  }
  return settle(terminal, await session.ask('journal/read', asked), (page) => {
    answer(terminal, page, () => [healthText(page.health), '', journalTable(page.entries)].join('\n'))
    return exitCodes.done
  })
}

/** The lines as they are in the file, so that whoever has the export can check the chain. */
async function exportJournal({ session, terminal }: CommandContext, path: string): Promise<number> {
  const lines = await everyLine(session)
  const written = lines.ok ? await writeLines(path, lines.value) : lines
  return settle(terminal, written, (count) => {
    answer(terminal, { path, entries: count }, () => `${count} entries were written into ${path}.`)
    return exitCodes.done
  })
}

async function everyLine(session: Session): Promise<Result<readonly Line[]>> {
  const lines: Line[] = []
  for (;;) {
    const before = lines.at(-1)?.line
    const page = await session.ask('journal/read', {
      limit: 1_000,
      ...(before === undefined ? {} : { before }),
    })
    if (!page.ok) return page
    lines.push(...page.value.entries)
    if (!page.value.more) return succeed(lines.reverse())
  }
}

async function writeLines(path: string, lines: readonly Line[]): Promise<Result<number>> {
  try {
    const text = lines.map(({ digest, entry }) => `${JSON.stringify({ digest, entry })}\n`).join('')
    await writeFile(path, text, { mode: 0o600 })
    return succeed(lines.length)
  } catch (error) {
    return fail('file-not-written', `${path} cannot be written.`, 'Choose another place.', String(error))
  }
}

function healthText(health: JournalHealth): string {
  const { entries } = health
  if (health.state === 'sound')
    return `The journal is sound: ${entries} ${entries === 1 ? 'entry' : 'entries'}, ending in ${health.head}.`
  return `The journal is ${health.state} at line ${health.line}. ${health.detail} The ${entries} before it are sound.`
}

function journalTable(lines: readonly Line[]): string {
  return textTable(
    [{ head: 'Line', right: true }, { head: 'When' }, { head: 'Who' }, { head: 'What' }, { head: 'Of' }],
    lines.map(({ line, entry: { at, user, identity, event } }) => [
      String(line),
      at.slice(0, 19).replace('T', ' '),
      identity === null ? user : `${user} as ${identity.arn}`,
      wordsOf(event),
      'execution' in event ? event.execution : 'recommendation' in event ? event.recommendation : '',
    ]),
  )
}

function wordsOf(event: Line['entry']['event']): string {
  switch (event.kind) {
    case 'approved':
      return `${event.by.name} approved ${event.pinned.recommendation.title}`
    case 'rejected':
    case 'revoked':
      return `${event.kind}: ${event.note}`
    case 'pack-saved':
      return `request for approval ${event.pack.slice(0, 16)}`
    case 'execution-begun':
      return `begun: ${event.title}`
    case 'call-begun':
      return `asks ${event.operation}`
    case 'call-ended':
      return `${event.outcome}${event.requestId === null ? '' : ` (${event.requestId})`}${event.detail === '' ? '' : `: ${event.detail}`}`
    case 'step-ended':
      return `${event.step}: ${event.state}`
    case 'execution-ended':
      return `ended: ${event.state}${event.detail === '' ? '' : `: ${event.detail}`}`
    case 'execution-refused':
      return `refused: ${event.detail}`
    case 'torn-line-removed':
      return `a line that was not written to its end was taken off (${event.bytes} bytes)`
  }
}
