import type { ExportRequest } from '../../analytics/contract/exports'
import type { TagHygieneRequest } from '../../analytics/contract/tag-hygiene'
import { ExportFailedError } from './export-failed'
import type { FileContent } from './file-content'
import type { Ask } from './rejected-lines'
import { filterText } from './spend-table'
import { type Sheet, type SheetColumn, tableFile } from './table-file'

type TagCoverageExport = Extract<ExportRequest, { readonly kind: 'tag-coverage' }>
type UntaggedExport = Extract<ExportRequest, { readonly kind: 'untagged-spend' }>

const text = (head: string): SheetColumn => ({ head, kind: 'text' })
const number = (head: string): SheetColumn => ({ head, kind: 'number' })
const moneyIn =
  (currency: string | null) =>
  (head: string): SheetColumn => ({
    head: currency === null ? head : `${head} (${currency})`,
    kind: 'money',
  })

/** A row a key and month: what can be tagged, what is, and the share. */
export function tagCoverage({ format, mark, request }: TagCoverageExport, ask: Ask): FileContent {
  return tableFile({ stem: `tag-coverage-${stemOf(request)}`, format, mark }, async (signal) => {
    const answer = await ask('tags/hygiene', request, { signal })
    if (!answer.ok) throw new ExportFailedError(answer.failure.message)
    const { keys, months, currency, window } = answer.value
    const money = moneyIn(currency)
    return {
      name: 'Tag coverage',
      columns: [text('key'), text('month'), money('taggable'), money('tagged'), number('coverage-percent')],
      rowCount: keys.length * months.length,
      about: aboutOf(request, window, currency),
      async *pages() {
        for (const key of keys) {
          yield months.map(({ month, taggable }, at) => [
            key.key,
            month.slice(0, 7),
            taggable,
            key.months[at]?.amount ?? null,
            key.months[at]?.coverage ?? null,
          ])
        }
      },
    }
  })
}

/** A row an account, with the owner to ask. */
export function untaggedSpend({ format, mark, request }: UntaggedExport, ask: Ask): FileContent {
  const stem = `untagged-${request.key}-${stemOf(request)}`
  return tableFile({ stem, format, mark }, async (signal) => {
    const answer = await ask('tags/untagged', request, { signal })
    if (!answer.ok) throw new ExportFailedError(answer.failure.message)
    const { accounts, currency, window } = answer.value
    const money = moneyIn(currency)
    return {
      name: 'Untagged spend',
      columns: [
        text('account'),
        text('account-name'),
        text('owner'),
        number('owner-share-percent'),
        money('taggable'),
        money('untagged'),
        money('untagged-without-resource'),
        number('coverage-percent'),
      ],
      rowCount: accounts.length,
      about: [['Key', request.key], ...aboutOf(request, window, currency)],
      async *pages() {
        yield accounts.map((one) => [
          one.account,
          one.name,
          one.owner,
          one.ownerShare,
          one.taggable,
          one.untagged,
          one.withoutResource,
          one.coverage,
        ])
      },
    }
  })
}

function stemOf({ period, from, to }: TagHygieneRequest): string {
  return period ?? `${from}-to-${to}`
}

function aboutOf(
  { measure, where }: TagHygieneRequest,
  window: { readonly from: string; readonly to: string },
  currency: string | null,
): Sheet['about'] {
  return [
    ['Cost basis', measure],
    ['First day (UTC)', window.from],
    ['Day after the last', window.to],
    ['Counts', 'usage: taxes, fees and credits cannot be tagged'],
    ['Filters', (where ?? []).map(filterText).join('; ') || 'none'],
    ['Currency', currency ?? 'none'],
  ]
}
