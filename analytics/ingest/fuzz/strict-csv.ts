/** A line of a CSV as it was read. */
export interface CsvLine {
  readonly fields: readonly string[]
  /** Something in it that readers may take one way or another: an odd quote, a byte that is no text. */
  readonly odd: boolean
}

const quote = 0x22
const comma = 0x2c
const newline = 0x0a
const carriageReturn = 0x0d
const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Lines by RFC 4180 and no more lenient than that: an independent reader to compare with, byte by byte and slow.
 */
export function* strictLines(bytes: Buffer): Generator<CsvLine> {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (at < bytes.length) {
    const raw: Buffer[] = []
    let odd = false
    let open = false
    for (;;) {
      let field: Buffer
      if (bytes[at] === quote) {
        const parts: Buffer[] = []
        let start = at + 1
        let end = bytes.indexOf(quote, start)
        while (end >= 0 && bytes[end + 1] === quote) {
          parts.push(bytes.subarray(start, end + 1))
          start = end + 2
          end = bytes.indexOf(quote, start)
        }
        if (end < 0) {
          open = true
          end = bytes.length
        }
        parts.push(bytes.subarray(start, end))
        field = Buffer.concat(parts)
        at = end + 1
        if (!ends(bytes[at])) {
          odd = true
          const stop = nextEnd(bytes, at)
          field = Buffer.concat([field, bytes.subarray(at, stop)])
          at = stop
        }
      } else {
        const stop = nextEnd(bytes, at)
        field = bytes.subarray(at, stop)
        if (field.includes(quote)) odd = true
        at = stop
      }
      raw.push(field)
      if (bytes[at] !== comma) break
      at += 1
    }
    if (bytes[at] === carriageReturn && bytes[at + 1] === newline) at += 1
    else if (bytes[at] === carriageReturn) odd = true
    at += 1
    if (raw.length === 1 && raw[0]?.length === 0) continue
    yield lineOf(raw, odd || open)
  }
}

function lineOf(raw: readonly Buffer[], odd: boolean): CsvLine {
  try {
    const fields = raw.map((field) => text.decode(field))
    return { fields, odd: odd || fields.some((field) => field.includes('\0')) }
  } catch {
    // A reader that has no use for the column does not notice.
    return { fields: raw.map((field) => field.toString('latin1')), odd: true }
  }
}

function ends(byte: number | undefined): boolean {
  return byte === undefined || byte === comma || byte === newline || byte === carriageReturn
}

function nextEnd(bytes: Buffer, from: number): number {
  let at = from
  while (at < bytes.length && !ends(bytes[at])) at += 1
  return at
}
