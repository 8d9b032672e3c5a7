import type { PageMark, ReportPage, ReportStyle } from '../../analytics/contract/report-files'
import type { Report, ReportBlock, ReportFigure, ReportSection } from '../../analytics/contract/reports'
import { chartMarks } from './chart-marks'
import { TypeCase } from './fonts'
import { layTable } from './lay-table'
import { ink, PageWriter, sideMargin } from './page-writer'
import { aboutReport, basisWords, lastDayOf } from './report-words'
import { type Wording, wordingOf } from './wording'

/** How many entries make a list of contents worth its room. */
const fewestContents = 3

export interface LaidReport {
  readonly pages: readonly ReportPage[]
  readonly bookmarks: readonly { readonly title: string; readonly page: number }[]
}

/** A report on pages: what the PDF is written from, and what its preview shows. */
export function layReport(report: Report, style: ReportStyle, type = new TypeCase()): LaidReport {
  const writer = new PageWriter(type, style.paper)
  const wording = wordingOf(style.locale)
  const appendix = appendixOf(report)
  const titles = [...report.sections.map(({ title }) => title), appendix.title]
  layTitle(writer, report, style, wording)

  const isExecutive = report.kind === 'executive'
  const fill: ((pages: readonly number[]) => void)[] = []
  const contents = () => {
    if (titles.length > fewestContents) fill.push(layContents(writer, titles))
  }
  if (!isExecutive) contents()
  const starts: number[] = []
  const unit = report.currency ?? ''
  for (const [at, section] of report.sections.entries()) {
    if (isExecutive && at === 1) {
      writer.newPage()
      contents()
    }
    starts.push(laySection(writer, section, wording, unit, report.sections.length > 1))
  }
  starts.push(laySection(writer, appendix, wording, '', true))
  if (type.hasReplaced) {
    writer.paragraph('Characters that the font of this report does not have are shown as \ufffd.', {
      size: 8,
      colour: ink.quiet,
    })
  }
  for (const one of fill) one(starts)
  // A turned table can leave an upright page behind it on which nothing followed.
  if (writer.pages.at(-1)?.marks.length === 0) writer.pages.pop()
  const pages = writer.finish(({ width, height, number, of }) =>
    edges(report, style, type, wording, { width, height, number, of }),
  )
  return { pages, bookmarks: titles.map((title, at) => ({ title, page: starts[at] ?? 1 })) }
}

function layTitle(writer: PageWriter, report: Report, style: ReportStyle, wording: Wording): void {
  writer.y -= 14
  if (style.logo !== null) {
    writer.mark({
      kind: 'image',
      x: writer.left,
      y: writer.y - 4,
      width: 160,
      height: 34,
      source: style.logo,
      part: { kind: 'artifact' },
    })
    writer.y += 42
  }
  if (style.company !== '') {
    writer.text(
      writer.type.oneLine(writer.type.printable(style.company), 9, writer.width, 'semibold'),
      writer.left,
      writer.y,
      writer.width,
      {
        size: 9,
        weight: 'semibold',
        colour: style.colour,
      },
    )
    writer.y += 15
  }
  const title = wording.cell(report.title, 'text')
  for (const line of writer.type
    .lines(writer.type.printable(title), 22, writer.width, 'semibold')
    .slice(0, 4)) {
    writer.text(line, writer.left, writer.y, writer.width, {
      size: 22,
      weight: 'semibold',
      part: { kind: 'heading', level: 1 },
    })
    writer.y += 28
  }
  writer.y += 2
  const last = lastDayOf(report.window)
  writer.text(
    `${wording.day(report.window.from)} to ${wording.day(last)}`,
    writer.left,
    writer.y,
    writer.width,
    { size: 12, colour: ink.quiet },
  )
  writer.y += 20
  writer.rule(writer.left, writer.y, writer.width, style.colour, 1.5)
  writer.y += 8
  for (const line of aboutReport(report, wording))
    writer.paragraph(line, { size: 8, colour: ink.quiet, gap: 0 })
  writer.y += 12
}

/** Titles now, the pages when they are known. */
function layContents(writer: PageWriter, titles: readonly string[]): (pages: readonly number[]) => void {
  writer.need(22 + titles.length * 15)
  writer.text('Contents', writer.left, writer.y, writer.width, {
    size: 9.5,
    weight: 'semibold',
    part: { kind: 'heading', level: 2 },
  })
  writer.y += 18
  const places = titles.map((title) => {
    writer.text(title, writer.left, writer.y, writer.width, { size: 9 })
    const page = writer.pages.at(-1)
    const place = { marks: page?.marks ?? [], y: writer.y, right: writer.left + writer.width }
    writer.y += 14
    writer.rule(writer.left, writer.y - 1, writer.width)
    return place
  })
  writer.y += 16
  return (pages) => {
    for (const [at, { marks, y, right }] of places.entries()) {
      const text = String(pages[at] ?? '')
      const width = writer.type.width(text, 9)
      marks.push({
        kind: 'text',
        x: right - width,
        y,
        text,
        size: 9,
        weight: 'regular',
        colour: ink.text,
        width,
        part: { kind: 'paragraph' },
      })
    }
  }
}

/** Answers the page it begins on. */
function laySection(
  writer: PageWriter,
  section: ReportSection,
  wording: Wording,
  unit: string,
  isTitled: boolean,
): number {
  if (isTitled) {
    writer.need(34 + leastRoom(section.blocks, writer.pageRoom))
    writer.text(section.title, writer.left, writer.y, writer.width, {
      size: 14,
      weight: 'semibold',
      part: { kind: 'heading', level: 2 },
    })
    writer.y += 24
  }
  const page = writer.pageNumber
  for (const block of section.blocks) layBlock(writer, block, wording, unit)
  writer.y += 8
  return page
}

const chartHeight = 190

/** So that no title stands at the foot of a page with nothing under it. */
function leastRoom([block, ...rest]: readonly ReportBlock[], pageRoom: number): number {
  switch (block?.kind) {
    case undefined:
      return 0
    case 'figures':
      return figureHeight
    case 'table':
      return pageRoom / 4
    case 'chart':
      return chartHeight + 20
    case 'note':
      return 30 + leastRoom(rest, pageRoom)
  }
}

function layBlock(writer: PageWriter, block: ReportBlock, wording: Wording, unit: string): void {
  switch (block.kind) {
    case 'figures':
      layFigures(writer, block.figures, wording, unit)
      return
    case 'table': {
      const amounts = block.columns.some((column) => column.unit === 'money') ? unit : ''
      layTable(writer, block, wording, [amounts, block.question].filter((one) => one !== '').join(' · '))
      return
    }
    case 'chart': {
      writer.need(chartHeight + 24)
      writer.text(block.title, writer.left, writer.y, writer.width, {
        size: 9.5,
        weight: 'semibold',
        part: { kind: 'heading', level: 3 },
      })
      writer.text(
        [unit, block.question].filter((one) => one !== '').join(' · '),
        writer.left,
        writer.y + 2,
        writer.width,
        {
          size: 7,
          colour: ink.quiet,
          align: 'right',
        },
      )
      writer.y += 18
      const box = { x: writer.left, y: writer.y, width: writer.width, height: chartHeight }
      const number = writer.nextPicture()
      for (const { mark } of chartMarks(block, box, { type: writer.type, wording, number })) writer.mark(mark)
      writer.y += chartHeight + 10
      return
    }
    case 'note':
      writer.paragraph(wording.cell(block.text, 'text'), { size: 8.5, colour: ink.quiet, gap: 10 })
      return
  }
}

const usualAcross = 3
const figureHeight = 56

function layFigures(
  writer: PageWriter,
  figures: readonly ReportFigure[],
  wording: Wording,
  unit: string,
): void {
  // Four stand in one row: one alone in a second would look like the most important.
  const across = figures.length === 4 ? 4 : usualAcross
  const width = (writer.width - 18 * (across - 1)) / across
  for (let row = 0; row < figures.length; row += across) {
    writer.need(figureHeight)
    for (const [at, figure] of figures.slice(row, row + across).entries()) {
      const x = writer.left + at * (width + 18)
      const value = wording.cell(figure.value, figure.unit)
      const shown =
        figure.unit === 'money' && figure.value !== null && unit !== '' ? `${value} ${unit}` : value
      const size = [16, 14, 12, 10, 8].find((one) => writer.type.width(shown, one, 'semibold') <= width) ?? 7
      writer.rule(x, writer.y, width)
      const label = writer.type.oneLine(writer.type.printable(wording.cell(figure.label, 'text')), 8, width)
      writer.text(label, x, writer.y + 5, width, { size: 8, colour: ink.quiet })
      writer.text(shown, x, writer.y + 17 + (16 - size) / 2, width, { size, weight: 'semibold' })
      const small = [figure.note, figure.question].filter((one) => one !== null).join(' · ')
      writer.text(writer.type.oneLine(writer.type.printable(small), 7, width), x, writer.y + 39, width, {
        size: 7,
        colour: ink.quiet,
      })
    }
    writer.y += figureHeight
  }
  writer.y += 8
}

/** Title and page number; the first page has its title already. */
function edges(
  report: Report,
  style: ReportStyle,
  type: TypeCase,
  wording: Wording,
  {
    width,
    height,
    number,
    of,
  }: { readonly width: number; readonly height: number; readonly number: number; readonly of: number },
): readonly PageMark[] {
  const room = width - 2 * sideMargin
  const part = { kind: 'artifact' } as const
  const line = (text: string, y: number, align: 'left' | 'right', share: number): PageMark => {
    const shown = type.oneLine(type.printable(text), 7, room * share)
    const taken = type.width(shown, 7)
    const x = align === 'left' ? sideMargin : width - sideMargin - taken
    return {
      kind: 'text',
      x,
      y,
      text: shown,
      size: 7,
      weight: 'regular',
      colour: ink.quiet,
      width: taken,
      part,
    }
  }
  const period = `${wording.day(report.window.from)} to ${wording.day(lastDayOf(report.window))}`
  const foot = height - 36
  const pageOf = `Page ${number} of ${of}`
  const marks = [
    line(style.footer === '' ? basisWords(report) : style.footer, foot, 'left', 0.75),
    line(pageOf, foot, 'right', 0.2),
    {
      kind: 'rect',
      x: sideMargin,
      y: foot - 8,
      width: room,
      height: 0.5,
      fill: ink.hairline,
      opacity: 1,
      part,
    } as const,
  ]
  if (number === 1) return marks
  return [
    line(style.company === '' ? report.title : `${style.company} · ${report.title}`, 34, 'left', 0.6),
    line(period, 34, 'right', 0.35),
    ...marks,
  ]
}

/** Every figure can be asked again: by its number, what was asked, and of which state of the data. */
function appendixOf(report: Report): ReportSection {
  return {
    id: 'summary',
    title: 'Where the figures come from',
    blocks: [
      {
        kind: 'note',
        text: `Each table and figure names the question it answers. All of them were asked of version ${report.dataVersion} of the data${report.asOf === null ? '' : `, which reaches ${report.asOf}`}. The hash is SHA-256 of the question.`,
      },
      {
        kind: 'table',
        name: 'questions',
        title: 'Questions',
        columns: [
          { head: 'No.', unit: 'text', adds: false },
          { head: 'Asked in a terminal as', unit: 'text', adds: false },
          { head: 'Hash', unit: 'text', adds: false },
          { head: 'Data', unit: 'count', adds: false },
        ],
        rows: report.questions.map(({ id, command, hash }) => [id, command, hash, report.dataVersion]),
        total: null,
        question: report.questions[0]?.id ?? 'q0',
      },
    ],
  }
}
