import type PDFDocument from 'pdfkit'
import type { PageMark, PagePart, ReportStyle } from '../../analytics/contract/report-files'
import type { Report } from '../../analytics/contract/reports'
import packageJson from '../../package.json'
import { openDocument, TypeCase } from './fonts'
import { type LaidReport, layReport } from './lay-report'

type Element = ReturnType<PDFDocument['struct']>

/** A table of more rows is one passage to a reader of screens: its cells would weigh more than the report. */
const mostTaggedRows = 1_500

/** The same marks give the same bytes: the file is dated by its data. */
export async function writePdf(report: Report, style: ReportStyle): Promise<Uint8Array> {
  const document = openDocument({
    Title: report.title,
    Author: style.company,
    Subject: `${report.window.from} to ${report.window.to} (exclusive), data version ${report.dataVersion}`,
    Creator: `${packageJson.productName} ${packageJson.version}`,
    Producer: 'pdfkit',
    CreationDate: new Date(`${report.asOf ?? report.window.to}T00:00:00Z`),
  })
  const { pages, bookmarks } = layReport(report, style, new TypeCase(document))
  const chunks: Uint8Array[] = []
  const written = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    document.on('end', resolve)
    document.on('error', reject)
  })
  const tags = new Tags(document, longTables(pages))
  for (const [at, { width, height, marks }] of pages.entries()) {
    document.addPage({ size: [width, height], margin: 0 })
    for (const { title, page } of bookmarks) if (page === at + 1) document.outline.addItem(title)
    for (const mark of marks) {
      tags.begin(mark.part)
      draw(document, mark)
    }
    tags.endPage()
  }
  tags.end()
  document.end()
  await written
  return Buffer.concat(chunks)
}

function longTables(pages: LaidReport['pages']): ReadonlySet<number> {
  const rows = new Map<number, number>()
  for (const { marks } of pages) {
    for (const { part } of marks)
      if (part.kind === 'cell') rows.set(part.table, Math.max(rows.get(part.table) ?? 0, part.row))
  }
  return new Set([...rows].flatMap(([table, count]) => (count > mostTaggedRows ? [table] : [])))
}

/** How far below the upper edge of its line text stands; the font's own ascent. */
const ascent = 1.025

function draw(document: PDFDocument, mark: PageMark): void {
  switch (mark.kind) {
    case 'text':
      document
        .font(mark.weight)
        .fontSize(mark.size)
        .fillColor(mark.colour)
        .text(mark.text, mark.x, mark.y + mark.size * ascent, { lineBreak: false, baseline: 'alphabetic' })
      return
    case 'rect':
      document.fillOpacity(mark.opacity).rect(mark.x, mark.y, mark.width, mark.height).fill(mark.fill)
      return
    case 'path': {
      const [first, ...rest] = mark.points
      if (first === undefined) return
      document.save().moveTo(...first)
      for (const point of rest) document.lineTo(...point)
      if (mark.fill !== null) document.fillOpacity(mark.opacity).closePath().fill(mark.fill)
      else {
        document.lineWidth(mark.thickness).strokeColor(mark.stroke)
        if (mark.dashed) document.dash(4, { space: 3 })
        document.stroke()
      }
      document.restore()
      return
    }
    case 'image':
      document.image(mark.source, mark.x, mark.y, { fit: [mark.width, mark.height] })
      return
  }
}

/** What the drawings are, for those who have them read out: headings, paragraphs, tables by row and cell, pictures. */
class Tags {
  private open: { readonly key: string; readonly element: Element | null } | null = null
  private table: { readonly number: number; readonly element: Element } | null = null
  private row: { readonly number: number; readonly element: Element } | null = null
  private picture: { readonly number: number; readonly element: Element } | null = null

  constructor(
    private readonly document: PDFDocument,
    private readonly longTables: ReadonlySet<number>,
  ) {}

  begin(part: PagePart): void {
    const key = this.keyOf(part)
    // What belongs together is one passage: the lines of a cell, the marks of a chart.
    if (this.open !== null && key !== null && this.open.key === key) return
    this.close()
    if (part.kind !== 'picture') this.endPicture()
    if (part.kind !== 'cell' && part.kind !== 'artifact') this.endTable()
    switch (part.kind) {
      case 'artifact':
        this.document.markContent('Artifact', { type: 'Layout' })
        this.open = { key: 'artifact', element: null }
        return
      case 'heading':
        this.passage(key, `H${part.level}`, null)
        return
      case 'paragraph':
        this.passage(key, 'P', null)
        return
      case 'picture': {
        if (this.picture?.number !== part.number) {
          this.endPicture()
          this.picture = { number: part.number, element: this.added('Figure', part.words) }
        }
        const content = this.document.markStructureContent('Figure')
        this.picture.element.add(content)
        this.open = { key: key ?? '', element: null }
        return
      }
      case 'cell': {
        if (this.table?.number !== part.table) {
          this.endTable()
          this.table = {
            number: part.table,
            element: this.added(this.longTables.has(part.table) ? 'Div' : 'Table'),
          }
        }
        if (this.longTables.has(part.table)) {
          this.passage(key, 'P', this.table.element)
          return
        }
        if (this.row?.number !== part.row) {
          this.row?.element.end()
          this.row = { number: part.row, element: this.within(this.table.element, 'TR') }
        }
        this.passage(key, part.head ? 'TH' : 'TD', this.row.element)
        return
      }
    }
  }

  /** A passage ends with its page; a table and a picture may go on. */
  endPage(): void {
    this.close()
  }

  end(): void {
    this.close()
    this.endPicture()
    this.endTable()
  }

  /** null for what never goes together with the mark before. */
  private keyOf(part: PagePart): string | null {
    switch (part.kind) {
      case 'artifact':
        return 'artifact'
      case 'picture':
        return `picture ${part.number}`
      case 'cell':
        return this.longTables.has(part.table) ? `table ${part.table}` : null
      case 'heading':
      case 'paragraph':
        return null
    }
  }

  private added(type: string, words?: string): Element {
    const element = this.document.struct(type, words === undefined ? {} : { alt: words })
    this.document.addStructure(element)
    return element
  }

  private within(parent: Element, type: string): Element {
    const element = this.document.struct(type)
    parent.add(element)
    return element
  }

  private passage(key: string | null, type: string, parent: Element | null): void {
    const element = parent === null ? this.added(type) : this.within(parent, type)
    element.add(this.document.markStructureContent(type))
    this.open = { key: key ?? '', element }
  }

  private close(): void {
    if (this.open === null) return
    this.document.endMarkedContent()
    this.open.element?.end()
    this.open = null
  }

  private endPicture(): void {
    this.picture?.element.end()
    this.picture = null
  }

  private endTable(): void {
    this.row?.element.end()
    this.table?.element.end()
    this.row = null
    this.table = null
  }
}
