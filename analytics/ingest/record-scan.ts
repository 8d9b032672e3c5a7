/** Longest line read, in bytes: far beyond any bill, far below what memory can hold. */
export const longestLine = 4 * 1024 * 1024

export class LineTooLongError extends Error {
  constructor() {
    super('a line exceeds the maximum line size')
    this.name = 'LineTooLongError'
  }
}

export const faults = {
  open: 'a quote in the line is not closed',
  quote: 'something follows the closing quote of a field',
  fields: 'the line has more or fewer fields than there are headings',
  bytes: 'the line is not written in UTF-8',
} as const
export type Fault = (typeof faults)[keyof typeof faults]

/** Is told where a record, or the rest of it, lies in the chunk that is scanned, and on which line it began. */
export type OnRecord = (from: number, to: number, fault: Fault | null, line: number) => void

const quote = 0x22
const comma = 0x2c
const newline = 0x0a
const carriageReturn = 0x0d

/** In a field: nothing of it yet, plain text, between quotes, behind the closing quote. */
const empty = 0
const plain = 1
const quoted = 2
const closed = 3

/**
 * Where the records of a CSV end and whether they have as many fields as the headings, by RFC 4180 and byte by byte.
 * DuckDB does not count them reliably: it lets some lines with too many fields pass, fails on others itself, and
 * loses lines where the line ends are mixed. So it is given only text that this has found sound.
 */
export class RecordScan {
  /** Records that are no line of a bill. */
  faulty = 0
  /** Fields of the headings. */
  width = 0
  private state = empty
  private fields = 1
  private broken = false
  private afterReturn = false
  private readonly endings = new Set<'\n' | '\r' | '\r\n'>()
  /** Of the text, counted from 1: where the record began, and where the scan is. */
  private first = 1
  private line = 1
  private length = 0
  /** Where in the last chunk the record began that goes on in the next. */
  begun = 0

  constructor(private readonly onRecord: OnRecord = () => undefined) {}

  /** Would a reader that expects one kind of line end throughout take the text for what it is? */
  get steady(): boolean {
    return this.endings.size <= 1 && !this.endings.has('\r')
  }

  see(chunk: Uint8Array): void {
    let { state } = this
    let at = 0
    this.begun = 0
    if (this.afterReturn && chunk.length > 0) {
      this.afterReturn = false
      this.endings.add(chunk[0] === newline ? '\r\n' : '\r')
      if (chunk[0] === newline) at = this.begun = 1
    }
    for (; at < chunk.length; at += 1) {
      let byte = chunk[at]
      if (state === quoted) {
        while (byte !== quote && byte !== undefined) {
          if (byte === newline) this.line += 1
          at += 1
          byte = chunk[at]
        }
        if (byte === quote) state = closed
        continue
      }
      if (byte === undefined) break
      if (byte > comma) {
        if (state === closed) this.broken = true
        state = plain
        continue
      }
      switch (byte) {
        case comma:
          this.fields += 1
          state = empty
          break
        case quote:
          // Behind a closing quote it is the second of a doubled one.
          if (state !== plain) state = quoted
          break
        case newline:
        case carriageReturn: {
          let next = at + 1
          if (byte === newline) this.endings.add('\n')
          else if (next === chunk.length) this.afterReturn = true
          else if (chunk[next] === newline) {
            this.endings.add('\r\n')
            next += 1
          } else this.endings.add('\r')
          this.length += at - this.begun
          this.end(at, state)
          this.begun = next
          at = next - 1
          state = empty
          break
        }
        default:
          if (state === closed) this.broken = true
          state = plain
      }
    }
    this.state = state
    this.length += chunk.length - this.begun
    if (this.length > longestLine) throw new LineTooLongError()
  }

  /** What stands behind the last line end is a record too. */
  finish(): void {
    if (this.length > 0) this.end(this.begun, this.state)
  }

  private end(to: number, state: number): void {
    if (this.length > longestLine) throw new LineTooLongError()
    // Empty lines are none.
    if (this.fields > 1 || state !== empty) {
      const fault =
        state === quoted
          ? faults.open
          : this.broken
            ? faults.quote
            : this.width !== 0 && this.fields !== this.width
              ? faults.fields
              : null
      if (this.width === 0) this.width = this.fields
      if (fault !== null) this.faulty += 1
      this.onRecord(this.begun, to, fault, this.first)
    }
    this.fields = 1
    this.broken = false
    this.length = 0
    this.line += 1
    this.first = this.line
  }
}
