import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import {
  defaultReportStyle,
  type ReportStyle,
  reportFormatSchema,
  reportStyleSchema,
} from '../../analytics/contract/report-files'
import { reportRequestSchema } from '../../analytics/contract/reports'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import type { ReportFile } from '../reports/report-file'
import { type PeriodWords, parsePeriod, parseWhere } from './parse-query'

export interface ReportWords extends PeriodWords {
  readonly out: string
  readonly measure?: string
  readonly compare?: string
  readonly currency?: string
  readonly by?: string
  readonly where?: readonly string[]
  readonly sections?: string
  readonly rows?: string
  readonly resourceRows?: string
  readonly title?: string
  readonly paper?: string
  readonly locale?: string
  readonly company?: string
  readonly footer?: string
  readonly colour?: string
  readonly logo?: string
}

export interface AskedReport extends ReportFile {
  readonly path: string
}

const help = 'See: finops report --help'

/** Words that are passed on as they stand. */
const plainOptions = ['measure', 'compare', 'currency', 'by', 'title'] as const
const styleOptions = ['paper', 'locale', 'company', 'footer', 'colour'] as const

export async function parseReport(kind: string, words: ReportWords): Promise<Result<AskedReport>> {
  const format = reportFormatSchema.safeParse(extname(words.out).slice(1).toLowerCase())
  if (!format.success) {
    return fail('usage', `--out ${words.out}: a report ends in .pdf, .html, .xlsx or .csv.`, help)
  }
  const where = parseWhere(words.where ?? [])
  if (!where.ok) return where
  const isSaid = [words.from, words.to, words.period, words.last].some((one) => one !== undefined)
  const period = isSaid ? parsePeriod(words) : succeed({ period: 'last-month' as const })
  if (!period.ok) return period
  const request = reportRequestSchema.safeParse({
    kind,
    ...period.value,
    ...said(words, plainOptions),
    ...(where.value.length === 0 ? {} : { where: where.value }),
    ...(words.sections === undefined ? {} : { sections: words.sections.split(',').map((one) => one.trim()) }),
    ...(words.rows === undefined ? {} : { rows: Number(words.rows) }),
    ...(words.resourceRows === undefined ? {} : { resourceRows: Number(words.resourceRows) }),
  })
  if (!request.success) return wrong(request.error.issues[0])
  const logo = await readLogo(words.logo)
  if (!logo.ok) return logo
  const style = reportStyleSchema.safeParse({
    ...defaultReportStyle,
    ...said(words, styleOptions),
    logo: logo.value,
  })
  if (!style.success) return wrong(style.error.issues[0])
  return succeed({ format: format.data, path: resolve(words.out), request: request.data, style: style.data })
}

function said(words: ReportWords, names: readonly (keyof ReportWords)[]): object {
  return Object.fromEntries(names.flatMap((name) => (words[name] === undefined ? [] : [[name, words[name]]])))
}

async function readLogo(path: string | undefined): Promise<Result<ReportStyle['logo']>> {
  if (path === undefined) return succeed(null)
  const bytes = await readFile(path).catch(() => null)
  if (bytes === null) return fail('usage', `--logo ${path}: it cannot be read.`, help)
  const type = bytes.subarray(1, 4).toString('latin1') === 'PNG' ? 'png' : bytes[0] === 0xff ? 'jpeg' : null
  if (type === null) return fail('usage', `--logo ${path}: it is no PNG and no JPEG.`, help)
  return succeed(`data:image/${type};base64,${bytes.toString('base64')}`)
}

function wrong(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): Result<never> {
  const name = String(issue?.path[0] ?? 'report').replace('resourceRows', 'resource-rows')
  return fail(
    'usage',
    `${name === 'kind' ? name : `--${name}`}: ${issue?.message ?? 'not understood'}.`,
    help,
  )
}
