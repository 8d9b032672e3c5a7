import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultReportStyle, type ReportStyle } from '../../analytics/contract/report-files'
import { type Report, type ReportTable, reportKinds, reportSchema } from '../../analytics/contract/reports'
import { costQuerySchema } from '../../analytics/contract/spend'
import { makeReport } from '../../analytics/reports/make-report'
import { type BillRow, usageOn } from '../../analytics/testing/bill-rows'
import { writeDelivery } from '../../analytics/testing/export-tree'
import { mustSucceed, openTestStore, type TestStore } from '../../analytics/testing/open-test-store'
import { pdfText } from '../testing/pdf-text'
import { workbookFiles } from '../testing/workbook-files'
import { layReport } from './lay-report'
import { isFigure, wordingOf } from './wording'
import { writeCsv } from './write-csv'
import { writeHtml } from './write-html'
import { writePdf } from './write-pdf'
import { writeXlsx } from './write-xlsx'

const hostile = [
  '=HYPERLINK("http://x","y")',
  '+1',
  '-2+3',
  '@sum',
  '\t=tab',
  '\r=cr',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'Ω Größe Łódź Київ',
  '数\u202e',
  `${'long-name-without-an-end/'.repeat(12)}end`,
]

/** Two months of two currencies, amounts to the twelfth decimal, credits, and names as nobody should give them. */
function bill(month: string): readonly BillRow[] {
  return hostile.flatMap((name, at) =>
    (['USD', 'EUR'] as const).map((currency, other) =>
      usageOn(
        `${month}-${String(10 + at).padStart(2, '0')}`,
        `${at === 3 ? '-' : ''}${1000 * (at + 1) + other}.${month.slice(-1)}0500000${at}5`,
        {
          line_item_currency_code: currency,
          line_item_product_code: at % 2 === 0 ? 'AmazonEC2' : name,
          line_item_usage_account_id: `44445555${String(at).padStart(4, '0')}`,
          line_item_usage_account_name: name,
          line_item_resource_id: `i-${at}${name}`,
          resource_tags: { user_team: name },
          product_servicename: name,
        },
      ),
    ),
  )
}

let workspace: TestStore
const reports = new Map<string, Report>()
const window = { from: '2026-09-01', to: '2026-10-01' }
const style: ReportStyle = {
  ...defaultReportStyle,
  locale: 'de-DE',
  company: '<b>Größe & Söhne</b>',
  footer: '=1+1',
}

beforeAll(async () => {
  workspace = await openTestStore()
  for (const period of ['2026-08', '2026-09']) {
    const root = join(workspace.outside, period)
    await writeDelivery(root, { period, chunks: [bill(period)] })
    mustSucceed(await workspace.bringIn(root))
  }
  for (const currency of ['USD', 'EUR']) {
    for (const kind of reportKinds) {
      const made = mustSucceed(
        await makeReport({ kind, ...window, currency, by: 'tag:team' }, workspace.work()),
      )
      reports.set(`${kind} ${currency}`, reportSchema.parse(made))
    }
  }
})
afterAll(() => workspace.close())

const tablesOf = ({ sections }: Report): readonly ReportTable[] =>
  sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'table' ? [block] : [])))

/** Every value that is told anywhere, as the report has it. */
function figuresIn(report: Report) {
  return [
    ...report.sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'figures' ? block.figures : [])),
    ),
    ...tablesOf(report).flatMap(({ columns, rows, total }) =>
      [...rows, ...(total === null ? [] : [total])].flatMap((row) =>
        columns.flatMap(({ unit }, at) =>
          isFigure(unit) && row[at] !== null ? [{ value: row[at] ?? null, unit }] : [],
        ),
      ),
    ),
  ]
}

const everyReport = () => [...reports.entries()]
const moneyOf = (report: Report) =>
  figuresIn(report).filter(({ unit, value }) => unit === 'money' && value !== null)

describe('the figures of a report', () => {
  it('are those of the same question asked alone, by the words that are printed beside them', async () => {
    const { parseQuery } = await import('../cli/parse-query')
    let compared = 0
    for (const [, report] of everyReport()) {
      for (const { id, channel, input } of report.questions) {
        if (channel !== 'spend/query') continue
        const answer = await workspace.query(costQuerySchema.parse(input))
        // Zero is what is told of a group that is not there.
        const digits = new Set(['0', ...answer.rows.flat(), ...Object.values(answer.total)].map(String))
        const told = [
          ...report.sections
            .flatMap(({ blocks }) =>
              blocks.flatMap((block) => (block.kind === 'figures' ? block.figures : [])),
            )
            .filter(({ question }) => question === id),
          ...tablesOf(report)
            .filter(({ question, name }) => question === id && name !== 'trend')
            .flatMap(({ columns, rows }) =>
              rows.flatMap((row) => columns.map(({ unit }, at) => ({ unit, value: row[at] ?? null }))),
            ),
        ].filter(({ unit }) => unit === 'money')
        for (const { value } of told) expect(digits).toContain(String(value ?? 'null'))
        compared += told.length
      }
    }
    expect(compared).toBeGreaterThan(150)
    const [question] = reports.get('executive USD')?.questions.slice(1) ?? []
    const words = [...(question?.command.matchAll(/--([a-z]+)(?: (?!--)('[^']*'|\S+))?/g) ?? [])].map(
      ([, name = '', value = '']) => [name, value.replaceAll("'", '')],
    )
    const { where, ...plain } = Object.fromEntries(words)
    expect(mustSucceed(parseQuery({ measure: '', ...plain, where: [where ?? ''] }))).toEqual(question?.input)
  })

  it('stay apart by currency, and what is left out is named', () => {
    const dollars = reports.get('executive USD')
    const euros = reports.get('executive EUR')
    expect(dollars?.otherCurrencies.map(({ currency }) => currency)).toEqual(['EUR'])
    expect(moneyOf(dollars as Report)[0]?.value).not.toBe(moneyOf(euros as Report)[0]?.value)
  })

  it('stand in the PDF and in HTML as they are read, and in CSV and XLSX to the digit', async () => {
    const wording = wordingOf(style.locale)
    for (const [name, report] of everyReport()) {
      const pdf = new Set(pdfText(await writePdf(report, style)))
      const html = Buffer.from(writeHtml(report, style)).toString()
      const csv = new Set((parse(Buffer.from(writeCsv(report)), { bom: true }) as string[][]).flat())
      const sheets = await sheetTexts(report)
      const numbers = new Set(
        [...sheets.matchAll(/<v>(-?[\d.e+-]+)<\/v>/g)].map(([, number]) => Number(number)),
      )
      const sums = tablesOf(report).some(({ columns }) => columns.some(({ adds }) => adds))
      expect(/<f>SUM\(/.test(sheets), name).toBe(sums)
      const missing = figuresIn(report).filter(({ value, unit }) => {
        const shown = wording.cell(value, unit)
        const isInPdf = pdf.has(shown) || pdf.has(`${shown} ${report.currency}`)
        const isInHtml = html.includes(`>${shown}`)
        return (
          value !== null && !(isInPdf && isInHtml && csv.has(String(value)) && numbers.has(Number(value)))
        )
      })
      // A total that rows add up to is a formula, and no number of its own.
      const totals = tablesOf(report).flatMap(({ columns, total }) =>
        columns.flatMap(({ adds }, at) => (adds && total !== null ? [String(total[at])] : [])),
      )
      expect(
        missing.filter(({ value }) => !totals.includes(String(value))),
        name,
      ).toEqual([])
      const unread = missing.filter(
        ({ value, unit }) => !pdf.has(wording.cell(value, unit)) || !csv.has(String(value)),
      )
      expect(unread, name).toEqual([])
    }
  })

  it('are rounded by their digits, and nothing is a nothing without a sign', () => {
    const { cell } = wordingOf('en-US')
    expect(['1234567890123456789.125', '-0.004', '-1.005', '0'].map((value) => cell(value, 'money'))).toEqual(
      ['1,234,567,890,123,456,789.13', '0.00', '-1.01', '0.00'],
    )
    expect(cell(null, 'money')).toBe('–')
  })
})

describe('names that want to be more than text', () => {
  it('are text in every format', async () => {
    const report = reports.get('showback USD') as Report
    const cells = (parse(Buffer.from(writeCsv(report)), { bom: true }) as string[][]).flat()
    expect(cells.filter((cell) => /^[=+@\t\r]/.test(cell))).toEqual([])
    expect(cells).toContain(`'${hostile[0]}`)
    const html = Buffer.from(writeHtml(report, style)).toString()
    expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>/)
    expect(html).toContain('&lt;script&gt;')
    expect(html).toMatch(
      /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[^"]+img-src data:/,
    )
    expect(html).not.toMatch(/\b(?:src|href)="(?!#)|url\(|@import/)
    const sheets = await sheetTexts(report)
    expect(
      [...sheets.matchAll(/<f>(.*?)<\/f>/g)].every(([, formula = '']) =>
        /^SUM\([A-Z]+2:[A-Z]+\d+\)$/.test(formula),
      ),
    ).toBe(true)
    const text = pdfText(await writePdf(report, style)).join('\n')
    expect(text).toContain('<script>alert(1)</script>')
    expect(text).toContain('Ω Größe Łódź Київ')
    expect(text).toContain('Characters that the font of this report does not have')
  })
})

describe('a report as a file', () => {
  it('is the same bytes from the same data, in every format', async () => {
    const request = { kind: 'showback', ...window, by: 'tag:team' } as const
    const [one, other] = [
      mustSucceed(await makeReport(request, workspace.work())),
      mustSucceed(await makeReport(request, workspace.work())),
    ]
    for (const write of [
      writePdf,
      writeXlsx,
      async (report: Report) => writeCsv(report),
      async (report: Report, own: ReportStyle) => writeHtml(report, own),
    ]) {
      const made = Buffer.from(await write(one, style))
      await new Promise((resolve) => setTimeout(resolve, 5))
      expect(made.equals(Buffer.from(await write(other, style)))).toBe(true)
    }
  })

  it.each(['a4', 'letter'] as const)('leaves the edge of %s free and puts no text over another', (paper) => {
    for (const [name, report] of everyReport()) {
      // Each paper with its own currency: both with both would tell nothing more.
      if (report.currency !== (paper === 'a4' ? 'USD' : 'EUR')) continue
      const { pages, bookmarks } = layReport(lengthened(report), { ...style, paper })
      expect(bookmarks.every(({ page }) => page >= 1 && page <= pages.length)).toBe(true)
      for (const [at, page] of pages.entries()) {
        const texts = page.marks.flatMap((mark) => (mark.kind === 'text' ? [mark] : []))
        for (const [index, text] of texts.entries()) {
          const where = `${name}, page ${at + 1}: ${text.text}`
          expect(text.x >= 47.9 && text.x + text.width <= page.width - 47.9, where).toBe(true)
          expect(text.y >= 30 && text.y + text.size <= page.height - 24, where).toBe(true)
          const covered = texts
            .slice(index + 1)
            .find(
              (one) =>
                one.y < text.y + text.size - 0.5 &&
                text.y < one.y + one.size - 0.5 &&
                one.x < text.x + text.width - 0.5 &&
                text.x < one.x + one.width - 0.5,
            )
          expect(covered === undefined, `${where} / ${covered?.text}`).toBe(true)
        }
        // A head has rows under it: what ends a page is a row, a note or a total.
        const last = texts.filter(({ y }) => y < page.height - 60).at(-1)
        const ends = last?.part.kind === 'cell' && last.part.head
        expect(ends, `${name}, page ${at + 1} ends with a head`).toBe(false)
      }
    }
  })

  it('says so where there is no spend', async () => {
    const request = { kind: 'executive', from: '2024-01-01', to: '2024-02-01' } as const
    const report = mustSucceed(await makeReport(request, workspace.work()))
    expect(report.currency).toBeNull()
    expect(pdfText(await writePdf(report, defaultReportStyle)).join(' ')).toContain(
      'There is no spend in this period.',
    )
  })
})

/** The same with a table of three hundred rows in it. */
function lengthened(report: Report): Report {
  const [first, ...rest] = report.sections
  if (first === undefined) return report
  const blocks = first.blocks.map((block) =>
    block.kind === 'table' && block.rows.length > 0
      ? {
          ...block,
          rows: Array.from({ length: 60 }, () => block.rows)
            .flat()
            .slice(0, 120),
        }
      : block,
  )
  return { ...report, sections: [{ ...first, blocks }, ...rest] }
}

async function sheetTexts(report: Report): Promise<string> {
  const files = await workbookFiles(await writeXlsx(report))
  return [...files].flatMap(([name, text]) => (name.startsWith('xl/worksheets/') ? [text] : [])).join('\n')
}
