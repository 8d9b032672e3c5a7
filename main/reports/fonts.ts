import PDFDocument from 'pdfkit'
import regular from '../../resources/fonts/IBMPlexSans-Regular.ttf?inline'
import semibold from '../../resources/fonts/IBMPlexSans-SemiBold.ttf?inline'

export type Weight = 'regular' | 'semibold'

/** Figures of these are all equally wide, so that they stand under each other. */
const files: Readonly<Record<Weight, string>> = { regular, semibold }

function fontBytes(weight: Weight): Buffer {
  const address = files[weight]
  return Buffer.from(address.slice(address.indexOf(',') + 1), 'base64')
}

/** A document with the fonts of reports; nothing is read from anywhere else. */
export function openDocument(info: Readonly<Record<string, string | Date>>): PDFDocument {
  const document = new PDFDocument({
    autoFirstPage: false,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    // Without it, it reads a font of its own from its folder.
    font: '',
    info,
  })
  return document
    .registerFont('regular', fontBytes('regular'))
    .registerFont('semibold', fontBytes('semibold'))
}

/**
 * Measures what a text will take on paper, by the fonts of the document that it is for: opening them takes longer
 * than a page of text.
 */
export class TypeCase {
  private readonly characters = new Map<string, boolean>()
  private readonly widths: Readonly<Record<Weight, Map<string, number>>> = {
    regular: new Map(),
    semibold: new Map(),
  }
  private weight: Weight | null = null
  private replaced = false

  constructor(private readonly document: PDFDocument = openDocument({})) {
    document.fontSize(1_000)
  }

  /** A character had to be replaced because the font does not have it. */
  get hasReplaced(): boolean {
    return this.replaced
  }

  width(text: string, size: number, weight: Weight = 'regular'): number {
    if (this.weight !== weight) this.document.font(weight)
    this.weight = weight
    return (this.document.widthOfString(text) * size) / 1_000
  }

  /** The font has Latin, Cyrillic and Greek; what it does not have is shown as such and not as nothing. */
  printable(text: string): string {
    let printed = ''
    for (const character of text) {
      let known = this.characters.get(character)
      if (known === undefined) {
        if (this.weight === null) this.width('', 1)
        known = this.document._font.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)
        this.characters.set(character, known)
      }
      if (!known) this.replaced = true
      printed += known ? character : '\ufffd'
    }
    return printed
  }

  /** Lines no wider than `width`: broken at spaces, after what joins words in names, and else wherever it must. */
  lines(text: string, size: number, width: number, weight: Weight = 'regular'): readonly string[] {
    if (this.width(text, size, weight) <= width) return [text]
    const lines: string[] = []
    let line = ''
    for (const piece of text.match(/[^\s/_.:,-]*(?:[\s/_.:,-]+|$)/g) ?? []) {
      if (piece === '') continue
      if (this.width((line + piece).trimEnd(), size, weight) <= width) {
        line += piece
        continue
      }
      if (line !== '') lines.push(line.trimEnd())
      line = ''
      // One by one they are a little wider than together: what is added up fits for certain.
      let taken = 0
      for (const character of piece) {
        const own = this.characterWidth(character, size, weight)
        if (line !== '' && taken + own > width) {
          lines.push(line)
          line = ''
          taken = 0
        }
        line += character
        taken += own
      }
    }
    if (line.trimEnd() !== '') lines.push(line.trimEnd())
    return lines
  }

  private characterWidth(character: string, size: number, weight: Weight): number {
    const known = this.widths[weight].get(character) ?? this.width(character, 1, weight)
    this.widths[weight].set(character, known)
    return known * size
  }

  /** As much of it as fits in one line. */
  oneLine(text: string, size: number, width: number, weight: Weight = 'regular'): string {
    if (this.width(text, size, weight) <= width) return text
    let kept = [...text]
    while (kept.length > 0 && this.width(`${kept.join('').trimEnd()}…`, size, weight) > width) {
      kept = kept.slice(0, Math.min(kept.length - 1, Math.floor(kept.length * 0.95)))
    }
    return `${kept.join('').trimEnd()}…`
  }
}
