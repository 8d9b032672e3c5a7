import type { Random } from '../../sample/random'

const newline = 0x0a

/** What people, programs and broken disks put where an amount belongs. */
const noAmounts = [
  'one dollar',
  '$5.00',
  '1,234.56',
  '12,5',
  '1.2.3',
  '--5',
  '0x10',
  'NaN',
  'Infinity',
  '-inf',
  '1e30',
  '9'.repeat(40),
  `-${'9'.repeat(27)}`,
  '1e-400',
  '1E+9999',
  '5 USD',
  '½',
  '١٢',
  ' 12 ',
  '1_000',
  '#REF!',
  'true',
  '99999999999999999999999999',
  '2026-01-01',
] as const

const moneyColumn = /cost|commitment|fee|amount/i

/** Damages the text of a bill in one way. */
export function mutateText(text: Buffer, random: Random): { readonly bytes: Buffer; readonly done: string } {
  const kind = random.pick([
    'bits',
    'cut',
    'duplicate lines',
    'lose lines',
    'reorder lines',
    'repeat a block',
    'lose a block',
    'rename a heading',
    'swap headings',
    'swap columns',
    'put in NUL',
    'put in bytes that are no UTF-8',
    'put in a quote',
    'no amount',
    'no amount',
    'no amount',
    'join lines',
    'carriage returns',
    'another separator',
    'empty a field',
  ])
  return { bytes: apply(kind, text, random), done: kind }
}

function apply(kind: string, text: Buffer, random: Random): Buffer {
  const at = () => random.integer(0, Math.max(0, text.length - 1))
  switch (kind) {
    case 'bits': {
      const bytes = Buffer.from(text)
      for (let flip = random.integer(1, 8); flip > 0; flip -= 1) {
        const where = at()
        bytes[where] = (bytes[where] ?? 0) ^ (1 << random.integer(0, 7))
      }
      return bytes
    }
    case 'cut':
      return text.subarray(0, at())
    case 'repeat a block': {
      const from = at()
      const to = from + random.integer(1, 2_000)
      return Buffer.concat([text.subarray(0, to), text.subarray(from)])
    }
    case 'lose a block': {
      const from = at()
      return Buffer.concat([text.subarray(0, from), text.subarray(from + random.integer(1, 2_000))])
    }
    case 'put in NUL':
      return insert(text, at(), Buffer.from([0]))
    case 'put in bytes that are no UTF-8':
      return insert(
        text,
        at(),
        random.pick([Buffer.from([0xff]), Buffer.from([0xc3, 0x28]), Buffer.from([0x80])]),
      )
    case 'put in a quote':
      return insert(text, at(), Buffer.from('"'))
    case 'carriage returns':
      return Buffer.from(text.toString('latin1').replaceAll('\n', '\r\n'), 'latin1')
    case 'another separator':
      return Buffer.from(text.toString('latin1').replaceAll(',', ';'), 'latin1')
    default:
      return ofLines(kind, text, random)
  }
}

function ofLines(kind: string, text: Buffer, random: Random): Buffer {
  const [header = '', ...lines] = linesOf(text)
  if (lines.length === 0) return text
  const some = () => random.integer(0, lines.length - 1)
  const columns = splitFields(header)
  switch (kind) {
    case 'duplicate lines': {
      const from = some()
      lines.splice(some(), 0, ...lines.slice(from, from + random.integer(1, 20)))
      break
    }
    case 'lose lines':
      lines.splice(some(), random.integer(1, 20))
      break
    case 'reorder lines':
      lines.unshift(...lines.splice(some()))
      break
    case 'join lines': {
      const where = some()
      lines[where] = (lines[where] ?? '').replace(/\n$/, '')
      break
    }
    case 'rename a heading': {
      const where = random.integer(0, columns.length - 1)
      const renamed = columns.map((name, index) => (index === where ? `x${random.hex(4)}` : name))
      return joined([`${renamed.join(',')}\n`, ...lines])
    }
    case 'swap headings':
    case 'swap columns': {
      const a = random.integer(0, columns.length - 1)
      const b = random.integer(0, columns.length - 1)
      const rows = kind === 'swap columns' ? lines.map((line) => swapped(line, a, b)) : lines
      return joined([swapped(header, a, b), ...rows])
    }
    case 'no amount':
    case 'empty a field': {
      const money = columns.flatMap((name, index) => (moneyColumn.test(name) ? [index] : []))
      const any = kind === 'empty a field' ? columns.map((_, index) => index) : money
      const where = any[random.integer(0, Math.max(0, any.length - 1))] ?? 0
      const value = kind === 'empty a field' ? '' : `"${random.pick(noAmounts)}"`
      for (let count = random.integer(1, 6); count > 0; count -= 1) {
        const line = some()
        const fields = splitFields(lines[line] ?? '')
        if (fields.length === columns.length) {
          fields[where] = value
          lines[line] = `${fields.join(',')}\n`
        }
      }
      break
    }
  }
  return joined([header, ...lines])
}

function insert(text: Buffer, at: number, more: Buffer): Buffer {
  return Buffer.concat([text.subarray(0, at), more, text.subarray(at)])
}

/** Lines with their ends, as bytes in disguise, so that what is no text survives. */
function linesOf(text: Buffer): readonly string[] {
  const lines: string[] = []
  let from = 0
  while (from < text.length) {
    const end = text.indexOf(newline, from)
    const to = end < 0 ? text.length : end + 1
    lines.push(text.subarray(from, to).toString('latin1'))
    from = to
  }
  return lines
}

function joined(lines: readonly string[]): Buffer {
  return Buffer.from(lines.join(''), 'latin1')
}

function splitFields(line: string): string[] {
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (const letter of line.replace(/\r?\n$/, '')) {
    if (letter === '"') quoted = !quoted
    if (letter === ',' && !quoted) {
      fields.push(field)
      field = ''
    } else field += letter
  }
  return [...fields, field]
}

function swapped(line: string, a: number, b: number): string {
  const fields = splitFields(line)
  const [first, second] = [fields[a], fields[b]]
  if (first === undefined || second === undefined) return line
  fields[a] = second
  fields[b] = first
  return `${fields.join(',')}\n`
}
