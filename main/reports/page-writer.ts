import type { PageMark, PagePart, ReportPage, ReportStyle } from '../../analytics/contract/report-files'
import type { TypeCase, Weight } from './fonts'

export const ink = { text: '#1b1f24', quiet: '#5b6570', hairline: '#d5dae0', wash: '#f4f6f8' } as const

const papers: Readonly<Record<ReportStyle['paper'], readonly [width: number, height: number]>> = {
  a4: [595.28, 841.89],
  letter: [612, 792],
}

const margin = { side: 48, top: 62, bottom: 58 } as const

export interface TextStyle {
  readonly size: number
  readonly weight?: Weight
  readonly colour?: string
  readonly part?: PagePart
  /** Where in the given width it stands. */
  readonly align?: 'left' | 'right'
}

/** Pages from top to bottom: what is drawn stands where the last thing ended, or on a new page. */
export class PageWriter {
  readonly pages: { readonly width: number; readonly height: number; readonly marks: PageMark[] }[] = []
  y = 0
  private tables = 0
  private pictures = 0
  private readonly paper: readonly [number, number]

  constructor(
    readonly type: TypeCase,
    paper: ReportStyle['paper'],
  ) {
    this.paper = papers[paper]
    this.newPage()
  }

  get pageNumber(): number {
    return this.pages.length
  }

  get left(): number {
    return margin.side
  }

  get width(): number {
    return this.page.width - 2 * margin.side
  }

  get bottom(): number {
    return this.page.height - margin.bottom
  }

  /** How much room a page has from top to bottom. */
  get pageRoom(): number {
    return this.bottom - margin.top
  }

  get isAtTop(): boolean {
    return this.y <= margin.top
  }

  private get page() {
    const page = this.pages.at(-1)
    if (page === undefined) throw new Error('there is no page to write on')
    return page
  }

  newPage(way: 'upright' | 'across' = 'upright'): void {
    const [short, long] = this.paper
    const [width, height] = way === 'upright' ? [short, long] : [long, short]
    this.pages.push({ width, height, marks: [] })
    this.y = margin.top
  }

  /** Wide tables turn the page; what follows them stands upright again. */
  get isAcross(): boolean {
    return this.page.width > this.page.height
  }

  /** Begins a new page when so much does not fit on this one any more. */
  need(height: number): void {
    if (this.y + height > this.bottom && !this.isAtTop) this.newPage(this.isAcross ? 'across' : 'upright')
  }

  nextTable(): number {
    this.tables += 1
    return this.tables
  }

  nextPicture(): number {
    this.pictures += 1
    return this.pictures
  }

  mark(mark: PageMark): void {
    this.page.marks.push(mark)
  }

  /** One line of text in a box that begins at x and is `width` wide; y is its upper edge. */
  text(
    text: string,
    x: number,
    y: number,
    width: number,
    style: TextStyle,
  ): PageMark & { readonly kind: 'text' } {
    const {
      size,
      weight = 'regular',
      colour = ink.text,
      part = { kind: 'paragraph' },
      align = 'left',
    } = style
    const printed = this.type.printable(text)
    const taken = this.type.width(printed, size, weight)
    const mark = {
      kind: 'text',
      x: align === 'left' ? x : x + width - taken,
      y,
      text: printed,
      size,
      weight,
      colour,
      width: taken,
      part,
    } as const
    if (printed.trim() !== '') this.mark(mark)
    return mark
  }

  rule(x: number, y: number, width: number, colour: string = ink.hairline, thickness = 0.5): void {
    this.mark({
      kind: 'rect',
      x,
      y: y - thickness / 2,
      width,
      height: thickness,
      fill: colour,
      opacity: 1,
      part: { kind: 'artifact' },
    })
  }

  /** Text over as many lines as it takes, and the room it took. */
  paragraph(text: string, style: TextStyle & { readonly gap?: number }): void {
    const { size, weight = 'regular', gap = 6 } = style
    const lines = this.type.lines(this.type.printable(text), size, this.width, weight)
    this.need(Math.min(lines.length, 3) * size * lineHeight)
    for (const line of lines) {
      this.need(size * lineHeight)
      this.text(line, this.left, this.y, this.width, style)
      this.y += size * lineHeight
    }
    this.y += gap
  }

  /** What stands on each page beside its contents, once all are known. */
  finish(decorate: (page: PageEdge) => readonly PageMark[]): readonly ReportPage[] {
    return this.pages.map(({ width, height, marks }, at) => ({
      width,
      height,
      marks: [...decorate({ width, height, number: at + 1, of: this.pages.length }), ...marks],
    }))
  }
}

export interface PageEdge {
  readonly width: number
  readonly height: number
  readonly number: number
  readonly of: number
}

export const lineHeight = 1.35
export const sideMargin = margin.side
