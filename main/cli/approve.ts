import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Approval, PackReport } from '../../analytics/contract/approvals'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import { type CommandContext, settle } from './commands'
import { exitCodes } from './exit-codes'
import { moneyText } from './money-text'
import { answer } from './terminal'
import { textTable } from './text-table'

export interface ApproveWords {
  readonly note?: string
  readonly days?: string
  readonly profile?: string
}

export interface PackWords extends ApproveWords {
  readonly out: string
}

const requestOf = (ids: readonly string[], { note, days, profile }: ApproveWords) => ({
  ids: [...ids],
  ...(note === undefined ? {} : { note }),
  ...(days === undefined ? {} : { days: Number(days) }),
  ...(profile === undefined ? {} : { profile }),
})

export async function approve(
  { session, terminal, signal }: CommandContext,
  ids: readonly string[],
  words: ApproveWords,
): Promise<number> {
  const given = await session.ask('approvals/give', requestOf(ids, words), { signal })
  return settle(terminal, given, (report) => {
    answer(terminal, report, () => approvalTable(report.approvals))
    return exitCodes.done
  })
}

export async function listApprovals({ session, terminal }: CommandContext): Promise<number> {
  return settle(terminal, await session.ask('approvals/list', {}), (report) => {
    answer(terminal, report, () =>
      report.approvals.length === 0
        ? 'Nothing has been approved yet. Next: finops recommend, then finops approve ID'
        : approvalTable(report.approvals),
    )
    return exitCodes.done
  })
}

export async function reject(
  { session, terminal }: CommandContext,
  ids: readonly string[],
  { note }: { readonly note: string },
): Promise<number> {
  return settle(terminal, await session.ask('approvals/reject', { ids: [...ids], note }), (report) => {
    answer(terminal, report, () => `${ids.join(', ')} ${ids.length === 1 ? 'was' : 'were'} rejected.`)
    return exitCodes.done
  })
}

export async function revoke(
  { session, terminal }: CommandContext,
  ids: readonly string[],
  { note }: { readonly note: string },
): Promise<number> {
  return settle(terminal, await session.ask('approvals/revoke', { ids: [...ids], note }), (report) => {
    answer(terminal, report, () => approvalTable(report.approvals))
    return exitCodes.done
  })
}

export async function savePack(
  { session, terminal, signal }: CommandContext,
  ids: readonly string[],
  words: PackWords,
): Promise<number> {
  const path = resolve(words.out)
  const made = await session.ask('packs/make', requestOf(ids, words), { signal })
  const written = made.ok ? await writeText(path, made.value.text) : made
  return settle(terminal, written, () => {
    const digest = made.ok ? made.value.digest : ''
    answer(terminal, { path, digest }, () => `The request lies in ${path}. Its digest is ${digest}.`)
    return exitCodes.done
  })
}

/** Signs the file where it lies: that is what is carried back. */
export async function approvePack(
  { session, terminal }: CommandContext,
  file: string,
  { note }: { readonly note?: string },
): Promise<number> {
  const path = resolve(file)
  const read = await readText(path)
  const signed = read.ok
    ? await session.ask('packs/approve', { text: read.value, ...(note === undefined ? {} : { note }) })
    : read
  const written = signed.ok ? await writeText(path, signed.value.text) : signed
  return settle(terminal, written, () => {
    const digest = signed.ok ? signed.value.digest : ''
    answer(
      terminal,
      { path, digest },
      () => `${path} is signed. Carry it back, and there: finops pack open FILE`,
    )
    return exitCodes.done
  })
}

export async function openPack({ session, terminal }: CommandContext, file: string): Promise<number> {
  const read = await readText(resolve(file))
  const opened = read.ok ? await session.ask('packs/open', { text: read.value }) : read
  return settle(terminal, opened, (report) => {
    answer(terminal, report, () => packTextOf(report))
    return exitCodes.done
  })
}

function approvalTable(approvals: readonly Approval[]): string {
  return textTable(
    [
      { head: 'Id' },
      { head: 'State' },
      { head: 'By' },
      { head: 'Until' },
      { head: 'A month', right: true },
      { head: 'Currency' },
      { head: 'What' },
    ],
    approvals.map(({ recommendation, state, needed, given, pinned }) => [
      recommendation,
      state === 'waiting' ? `waiting (${given.length} of ${needed})` : state,
      given.map(({ by }) => by.name).join(', '),
      pinned.expires.slice(0, 10),
      moneyText(pinned.recommendation.monthlySaving),
      pinned.recommendation.currency,
      pinned.recommendation.title,
    ]),
  )
}

function packTextOf({ pinned, signatures }: PackReport): string {
  const table = textTable(
    [{ head: 'Id' }, { head: 'Account' }, { head: 'A month', right: true }, { head: 'What' }],
    pinned.map(({ recommendation }) => [
      recommendation.id,
      recommendation.account,
      moneyText(recommendation.monthlySaving),
      recommendation.title,
    ]),
  )
  const signers = signatures.map(
    ({ by, at, note }) =>
      `Signed by ${by.name}, ${at}, key ${by.key?.slice(0, 16) ?? ''}${note === '' ? '' : `: ${note}`}`,
  )
  return [table, '', ...signers].join('\n')
}

async function readText(path: string): Promise<Result<string>> {
  try {
    return succeed(await readFile(path, 'utf8'))
  } catch (error) {
    return fail('file-not-readable', `${path} cannot be read.`, 'Check the name of the file.', String(error))
  }
}

async function writeText(path: string, text: string): Promise<Result<string>> {
  try {
    await writeFile(path, text, { mode: 0o600 })
    return succeed(path)
  } catch (error) {
    return fail('file-not-written', `${path} cannot be written.`, 'Choose another place.', String(error))
  }
}
