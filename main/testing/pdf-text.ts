import { inflateSync } from 'node:zlib'

/** The text of a PDF as a reader extracts it: by the fonts' own maps from glyphs to characters, a line a passage. */
export function pdfText(bytes: Uint8Array): readonly string[] {
  const objects = objectsOf(Buffer.from(bytes))
  const fonts = new Map<string, ReadonlyMap<number, string>>()
  for (const { head } of objects.values()) {
    const [, list = ''] = /\/Font\s*<<(.*?)>>/s.exec(head) ?? []
    for (const [, name = '', reference = ''] of list.matchAll(/\/(F\d+)\s+(\d+) 0 R/g)) {
      const [, map = ''] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(reference)?.head ?? '') ?? []
      if (!fonts.has(name)) fonts.set(name, charactersOf(objects.get(map)?.content ?? ''))
    }
  }
  return [...objects.values()].flatMap(({ content }) =>
    /\bBT\b/.test(content) ? passages(content, fonts) : [],
  )
}

interface PdfObject {
  readonly head: string
  /** Unpacked; empty for what is no stream. */
  readonly content: string
}

function objectsOf(file: Buffer): ReadonlyMap<string, PdfObject> {
  const text = file.toString('latin1')
  const objects = new Map<string, PdfObject>()
  for (const found of text.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const [whole, number = ''] = found
    const start = found.index + whole.length
    const end = text.indexOf('endobj', start)
    const body = text.slice(start, end)
    const stream = body.indexOf('stream\n')
    if (stream < 0) {
      objects.set(number, { head: body, content: '' })
      continue
    }
    const head = body.slice(0, stream)
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0)
    const data = file.subarray(start + stream + 7, start + stream + 7 + length)
    const isText = head.includes('/FlateDecode') && !/\/Subtype|\/Length1/.test(head)
    objects.set(number, { head, content: isText ? inflateSync(data).toString('latin1') : '' })
  }
  return objects
}

function charactersOf(map: string): ReadonlyMap<number, string> {
  const characters = new Map<number, string>()
  for (const [, first = '', list = ''] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[(.*?)\]/gs)) {
    for (const [at, [, code = '']] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
      characters.set(
        Number.parseInt(first, 16) + at,
        Buffer.from(code.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
      )
    }
  }
  return characters
}

function passages(
  content: string,
  fonts: ReadonlyMap<string, ReadonlyMap<number, string>>,
): readonly string[] {
  let font: ReadonlyMap<number, string> = new Map()
  const found: string[] = []
  for (const [, name, list] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = fonts.get(name) ?? new Map()
    if (list === undefined) continue
    const glyphs = [...list.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
    found.push(glyphs.map((glyph) => font.get(Number.parseInt(glyph, 16)) ?? '?').join(''))
  }
  return found
}
