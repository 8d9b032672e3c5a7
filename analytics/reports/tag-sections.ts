import { succeed } from '../contract/result'
import type { TagFix, TagHygiene } from '../contract/tag-hygiene'
import { command, conditions } from './query-command'
import type { Answered } from './questions'
import { type MakeSection, missing, note, type SectionWork } from './section-work'

const shownFixes = 30
const shownAccounts = 200

function requestOf({ window, measure, currency, isOneOfSeveral, request }: SectionWork) {
  const where = request.where ?? []
  return {
    ...window,
    measure,
    ...(isOneOfSeveral && currency !== null ? { currency } : {}),
    ...(where.length === 0 ? {} : { where: [...where] }),
  }
}

function optionsOf({ window, measure, currency, isOneOfSeveral, request }: SectionWork) {
  return [
    ['measure', measure],
    ['from', window.from],
    ['to', window.to],
    ['currency', isOneOfSeveral && currency !== null ? currency : undefined],
    ...conditions(request.where),
  ] as const
}

async function askHygiene(work: SectionWork): Promise<Answered<TagHygiene>> {
  return await work.questions.ask('tags/hygiene', requestOf(work), command('tags', optionsOf(work)))
}

export const tagCoverage: MakeSection = async (work) => {
  const { id, answer } = await askHygiene(work)
  if (!answer.ok) return succeed(missing(answer.failure))
  const { total, taggable, keys, untaggable } = answer.value
  const money = (label: string, value: string, text: string | null = null) =>
    ({ label, value, unit: 'money', note: text, question: id }) as const
  return succeed([
    {
      kind: 'figures',
      figures: [
        money('All spend', total),
        money('Can be tagged', taggable, 'usage'),
        ...untaggable.map(({ category, amount }) => money(category, amount, 'cannot be tagged')),
      ],
    },
    ...(keys.length === 0
      ? [note('Nothing in this period carries a tag.')]
      : [
          {
            kind: 'table' as const,
            name: 'tag-coverage',
            title: 'Keys, the best covered first',
            columns: [
              { head: 'Key', unit: 'text' as const, adds: false },
              { head: 'Made by', unit: 'text' as const, adds: false },
              { head: 'Spellings', unit: 'text' as const, adds: false },
              { head: 'Values', unit: 'count' as const, adds: false },
              { head: 'Tagged', unit: 'money' as const, adds: false },
              { head: 'Tagged\u00a0%', unit: 'percent' as const, adds: false },
            ],
            rows: keys.map((key) => [
              key.key,
              key.isAws ? 'AWS' : 'people',
              key.spellings.join(', '),
              key.values,
              key.amount,
              key.coverage,
            ]),
            total: null,
            question: id,
          },
        ]),
  ])
}

export const tagFixes: MakeSection = async (work) => {
  const { id, answer } = await askHygiene(work)
  if (!answer.ok) return succeed(missing(answer.failure))
  const { fixes } = answer.value
  if (fixes.length === 0) return succeed([note('There is nothing to mend.')])
  return succeed([
    {
      kind: 'table',
      name: 'tag-fixes',
      title: 'By the money that would be told apart better',
      columns: [
        { head: 'What', unit: 'text', adds: false },
        { head: 'Key', unit: 'text', adds: false },
        { head: 'Spend', unit: 'money', adds: false },
      ],
      rows: fixes.slice(0, shownFixes).map((fix) => [...fixCells(fix), fix.amount]),
      total: null,
      question: id,
    },
    ...(fixes.length > shownFixes ? [note(`${shownFixes} of ${fixes.length} are listed.`)] : []),
  ])
}

function fixCells(fix: TagFix): readonly [string, string] {
  switch (fix.kind) {
    case 'untagged':
      return [`${fix.accountName ?? fix.account} has spend without it`, fix.key]
    case 'duplicates': {
      const { key, canonical, members } = fix.duplicates
      const others = members.slice(1).map(({ text }) => text)
      return [`${others.join(', ')} instead of ${canonical}`, key ?? 'the key itself']
    }
  }
}

/** Of the key that people have brought furthest: what lacks it is what was forgotten. */
export const untaggedSpend: MakeSection = async (work) => {
  const hygiene = await askHygiene(work)
  if (!hygiene.answer.ok) return succeed(missing(hygiene.answer.failure))
  const best = hygiene.answer.value.keys.find(({ isAws }) => !isAws)
  if (best === undefined) return succeed([note('Nothing in this period carries a tag.')])
  const { id, answer } = await work.questions.ask(
    'tags/untagged',
    { ...requestOf(work), key: best.dimension, limit: shownAccounts },
    command(`tags untagged ${best.dimension}`, [...optionsOf(work), ['limit', String(shownAccounts)]]),
  )
  if (!answer.ok) return succeed(missing(answer.failure))
  const { accounts, accountCount, total } = answer.value
  return succeed([
    {
      kind: 'table',
      name: 'untagged',
      title: `Spend without ${best.key}`,
      columns: [
        { head: 'Account', unit: 'text', adds: false },
        { head: 'Account name', unit: 'text', adds: false },
        { head: 'Can be tagged', unit: 'money', adds: accounts.length === accountCount },
        { head: 'Untagged', unit: 'money', adds: accounts.length === accountCount },
        { head: 'Without a resource', unit: 'money', adds: accounts.length === accountCount },
        { head: 'Tagged\u00a0%', unit: 'percent', adds: false },
      ],
      rows: accounts.map((one) => [
        one.account,
        one.name,
        one.taggable,
        one.untagged,
        one.withoutResource,
        one.coverage,
      ]),
      total: ['Total', null, total.taggable, total.untagged, total.withoutResource, total.coverage],
      question: id,
    },
  ])
}
