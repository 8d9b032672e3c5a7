/** The part of pdfkit that reports are written with; it ships no types. */
declare module 'pdfkit' {
  import type { Readable } from 'node:stream'

  interface StructureContent {
    readonly marking: 'structure content'
  }

  interface StructureElement {
    add(child: StructureElement | StructureContent): StructureElement
    end(): void
  }

  interface Outline {
    addItem(title: string): Outline
  }

  interface PDFDocument extends Readable {}

  class PDFDocument {
    constructor(options: {
      readonly autoFirstPage: false
      readonly pdfVersion: '1.7'
      readonly tagged: boolean
      readonly lang: string
      readonly displayTitle: boolean
      readonly font: ''
      readonly info: Readonly<Record<string, string | Date>>
    })
    /** What the font in use is made of; there is no other way to ask whether it has a character. */
    readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } }
    readonly outline: Outline
    addPage(options: { readonly size: readonly [number, number]; readonly margin: number }): this
    registerFont(name: string, source: Buffer): this
    font(name: string): this
    fontSize(size: number): this
    widthOfString(text: string): number
    text(
      text: string,
      x: number,
      y: number,
      options: { readonly lineBreak: false; readonly baseline?: 'alphabetic' },
    ): this
    fillColor(colour: string): this
    fillOpacity(opacity: number): this
    strokeColor(colour: string): this
    lineWidth(width: number): this
    dash(length: number, options: { readonly space: number }): this
    undash(): this
    rect(x: number, y: number, width: number, height: number): this
    moveTo(x: number, y: number): this
    lineTo(x: number, y: number): this
    closePath(): this
    fill(colour: string): this
    stroke(): this
    save(): this
    restore(): this
    image(source: string, x: number, y: number, options: { readonly fit: readonly [number, number] }): this
    struct(type: string, options?: { readonly alt?: string }): StructureElement
    addStructure(element: StructureElement): this
    markStructureContent(type: string): StructureContent
    markContent(type: 'Artifact', options?: { readonly type: 'Pagination' | 'Layout' }): this
    endMarkedContent(): this
    end(): void
  }

  export = PDFDocument
}
