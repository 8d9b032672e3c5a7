import type {
  TagFix,
  TagHygiene,
  TagHygieneRequest,
  Untagged,
  UntaggedRequest,
} from '../../analytics/contract/tag-hygiene'
import { type CommandContext, settle } from './commands'
import { exitCodes } from './exit-codes'
import { moneyText } from './money-text'
import { answer } from './terminal'
import { textTable } from './text-table'

export async function tagHygiene(
  { session, terminal, signal }: CommandContext,
  asked: TagHygieneRequest,
): Promise<number> {
  return settle(terminal, await session.ask('tags/hygiene', asked, { signal }), (found) => {
    answer(terminal, found, () => hygieneText(found))
    return exitCodes.done
  })
}

export async function untaggedSpend(
  { session, terminal, signal }: CommandContext,
  asked: UntaggedRequest,
): Promise<number> {
  return settle(terminal, await session.ask('tags/untagged', asked, { signal }), (found) => {
    answer(terminal, found, () => untaggedText(found))
    return exitCodes.done
  })
}

const shownFixes = 10

function hygieneText(found: TagHygiene): string {
  const { keys, untaggable, taggable, total, currency, fixes } = found
  const [newest] = found.months.slice(-1)
  return [
    `${moneyText(taggable)} of ${moneyText(total)} ${currency ?? ''} can be tagged; the rest is ${
      untaggable.map(({ category, amount }) => `${category} ${moneyText(amount)}`).join(', ') || 'nothing'
    }.`,
    '',
    textTable(
      [
        { head: 'Key' },
        { head: 'Tagged', right: true },
        { head: '%', right: true },
        { head: `% in ${newest?.month.slice(0, 7) ?? ''}`.trim(), right: true },
        { head: 'Values', right: true },
        { head: 'Spellings' },
      ],
      keys.map((key) => [
        key.key,
        moneyText(key.amount),
        percentText(key.coverage),
        percentText(key.months.at(-1)?.coverage ?? null),
        String(key.values),
        key.spellings.length > 1 ? key.spellings.join(', ') : '',
      ]),
    ),
    '',
    'To mend first:',
    ...fixes.slice(0, shownFixes).map((fix) => `${moneyText(fix.amount).padStart(14)}  ${fixText(fix)}`),
    ...(fixes.length === 0 ? ['nothing'] : []),
  ].join('\n')
}

export function fixText(fix: TagFix): string {
  switch (fix.kind) {
    case 'untagged':
      return `${fix.accountName ?? fix.account} has no ${fix.key}`
    case 'duplicates': {
      const { key, canonical, members } = fix.duplicates
      const others = members.slice(1).map(({ text }) => text)
      return `${key === null ? 'the key' : key} ${others.join(', ')} for ${canonical}`
    }
  }
}

function untaggedText({ accounts, accountCount, total, currency }: Untagged): string {
  const row = (
    name: string,
    owner: string,
    sums: Pick<Untagged['total'], 'untagged' | 'withoutResource' | 'taggable' | 'coverage'>,
  ) => [
    name,
    owner,
    moneyText(sums.untagged),
    moneyText(sums.withoutResource),
    moneyText(sums.taggable),
    percentText(sums.coverage),
  ]
  const cut =
    accounts.length < accountCount ? `\n${accounts.length} of ${accountCount} accounts are shown.` : ''
  return `${textTable(
    [
      { head: 'Account' },
      { head: 'Owner' },
      { head: `Untagged ${currency ?? ''}`.trim(), right: true },
      { head: 'without a resource', right: true },
      { head: 'Taggable', right: true },
      { head: '% tagged', right: true },
    ],
    [
      ...accounts.map((one) =>
        row(
          one.name ?? one.account,
          one.owner === null ? '' : `${one.owner} (${percentText(one.ownerShare)} %)`,
          one,
        ),
      ),
      row('Total', '', total),
    ],
  )}${cut}`
}

function percentText(percent: number | null): string {
  return percent === null ? '' : percent.toFixed(1)
}
