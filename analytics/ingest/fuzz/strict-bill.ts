import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { fromBuffer } from 'yauzl'
import { quoteIdentifier, quoteLiteral } from '../../store/sql-text'
import { amountOf } from './exact-amount'
import { strictLines } from './strict-csv'

/** What is to become of a line: its cost, or that it cannot be read; `odd` lines may go either way. */
export interface StrictLine {
  readonly verdict: 'taken' | 'rejected' | 'odd'
  readonly billed: bigint
  readonly currency: string
  readonly period: string
  readonly payer: string
}

/** What other costs than the billed one are made of: a line with something else in there is not whole. */
const otherCosts = {
  cur: [
    'pricingpublicondemandcost',
    'savingsplansavingsplaneffectivecost',
    'savingsplannetsavingsplaneffectivecost',
    'savingsplantotalcommitmenttodate',
    'savingsplanusedcommitment',
    'reservationeffectivecost',
    'reservationneteffectivecost',
    'reservationunusedamortizedupfrontfeeforbillingperiod',
    'reservationnetunusedamortizedupfrontfeeforbillingperiod',
    'reservationunusedrecurringfee',
    'reservationnetunusedrecurringfee',
  ],
  focus: ['effectivecost', 'listcost', 'contractedcost'],
} as const

const nothing = new Set(['', 'NULL', 'null', 'None', '\\N'])

/** Names of what a total needs, by format family, without case and punctuation. */
const names = {
  cur: {
    payer: ['billpayeraccountid'],
    period: ['billbillingperiodstartdate'],
    day: ['lineitemusagestartdate'],
    type: ['lineitemlineitemtype'],
    cost: ['lineitemunblendedcost', 'unblendedcost'],
    net: ['lineitemnetunblendedcost', 'netunblendedcost'],
    currency: ['lineitemcurrencycode'],
    operation: ['lineitemoperation'],
    split: ['splitlineitemsplitcost'],
  },
  focus: {
    payer: ['billingaccountid'],
    period: ['billingperiodstart'],
    day: ['chargeperiodstart'],
    type: ['chargecategory'],
    cost: ['billedcost'],
    net: [],
    currency: ['billingcurrency'],
    operation: [],
    split: [],
  },
} as const
type Part = keyof (typeof names)['cur']
type Row = Readonly<Record<Part, string | null>>

/** A bill as a reader sees it that shares no line of code with the importer; null where it cannot be read at all. */
export async function strictlyRead(path: string): Promise<readonly StrictLine[] | null> {
  const bytes = await readFile(path)
  if (bytes.subarray(0, 4).toString('latin1') === 'PAR1') return await fromParquet(path)
  const plain = await unpacked(bytes)
  return plain === null ? null : fromText(plain)
}

async function unpacked(bytes: Buffer): Promise<Buffer | null> {
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes)
    if (bytes.subarray(0, 2).toString('latin1') === 'PK') return await firstMember(bytes)
    return bytes
  } catch {
    return null
  }
}

async function firstMember(bytes: Buffer): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error)
      zip.on('error', reject)
      zip.on('end', () => reject(new Error('no member')))
      zip.on('entry', (entry) => {
        if (!/\.csv$/i.test(entry.fileName)) return zip.readEntry()
        zip.openReadStream(entry, (trouble, stream) => {
          if (trouble) return reject(trouble)
          const parts: Buffer[] = []
          stream.on('data', (part: Buffer) => parts.push(part))
          stream.on('error', reject)
          stream.on('end', () => resolve(Buffer.concat(parts)))
        })
      })
      zip.readEntry()
    })
  })
}

function fromText(bytes: Buffer): readonly StrictLine[] | null {
  const lines = strictLines(bytes)
  const first = lines.next()
  if (first.done) return null
  const header = first.value.fields
  const places = placesOf(header)
  if (places === null) return null
  const read: StrictLine[] = []
  for (const { fields, odd } of lines) {
    if (fields.length !== header.length) {
      read.push({ ...unreadable, verdict: odd ? 'odd' : 'rejected' })
      continue
    }
    const row = rowOf(places, (at) => {
      const value = fields[at] ?? ''
      return nothing.has(value) ? null : value
    })
    const others = places.others.map((at) => fields[at] ?? '').filter((value) => !nothing.has(value))
    const judged = judge(row, places, others)
    read.push(odd && judged.verdict === 'taken' ? { ...judged, verdict: 'odd' } : judged)
  }
  return read
}

interface Places {
  readonly family: keyof typeof names
  readonly at: Readonly<Record<Part, number>>
  readonly others: readonly number[]
}

function placesOf(header: readonly string[]): Places | null {
  const plain = header.map((name) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
  const family = plain.includes('chargecategory') && plain.includes('billedcost') ? 'focus' : 'cur'
  const at = Object.fromEntries(
    Object.entries(names[family]).map(([part, spelled]) => [
      part,
      plain.findIndex((name) => (spelled as readonly string[]).includes(name)),
    ]),
  ) as Record<Part, number>
  if (at.cost < 0 || at.payer < 0 || at.period < 0 || at.day < 0 || at.type < 0) return null
  const wanted: readonly string[] = otherCosts[family]
  return { family, at, others: plain.flatMap((name, index) => (wanted.includes(name) ? [index] : [])) }
}

function rowOf({ at }: Places, read: (index: number) => string | null): Row {
  return Object.fromEntries(
    Object.entries(at).map(([part, index]) => [part, index < 0 ? null : read(index)]),
  ) as Row
}

const unreadable = { verdict: 'rejected', billed: 0n, currency: '', period: '', payer: '' } as const

/** Cost of a line by the rules that AWS gives, and whether the line can be put anywhere. */
function judge(row: Row, { family, at }: Places, others: readonly string[]): StrictLine {
  const cost = row.cost === null ? 0n : amountOf(row.cost)
  const net = row.net === null ? null : amountOf(row.net)
  const period = monthOf(row.period)
  const day = monthOf(row.day)
  const facts = {
    currency: row.currency ?? '',
    period: typeof period === 'string' ? period : '',
    payer: row.payer ?? '',
  }
  if (row.payer === null || row.type === null || row.period === null || row.day === null) {
    return { ...unreadable, ...facts }
  }
  // Shares of an instance that containers used: the instance itself is billed on a line of its own.
  const strange = others.filter((value) => amountOf(value) === null)
  const split = at.split >= 0 && (row.operation === 'ECSTask-EC2' || row.operation === 'EKSPod-EC2')
  const covered = row.type === 'SavingsPlanCoveredUsage' || row.type === 'SavingsPlanNegation'
  const free = family === 'cur' && (split || covered)
  const unclear = period === 'unclear' || day === 'unclear'
  const odd =
    unclear ||
    (row.cost !== null && cost === null && looksLikeNumber(row.cost)) ||
    (row.net !== null && net === null && looksLikeNumber(row.net)) ||
    strange.some(looksLikeNumber)
  const bad =
    strange.length > 0 ||
    cost === null ||
    (row.net !== null && net === null) ||
    period === null ||
    day === null
  const billed = free ? 0n : (net ?? cost ?? 0n)
  return { ...facts, billed, verdict: odd ? 'odd' : bad ? 'rejected' : 'taken' }
}

/** Not a number as files write them, but a reader may make one of it: blanks around it, a sign, underscores. */
function looksLikeNumber(text: string): boolean {
  return amountOf(text.trim().replaceAll('_', '')) !== null
}

/** The month of a time in one of the forms bills use; null when it is none, 'unclear' when it may be one. */
function monthOf(text: string | null): string | null {
  if (text === null) return null
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z| UTC|[+-]00(?::?00)?)?)?$/.exec(
      text,
    )
  if (match === null) return /\d/.test(text) || /^(epoch|-?infinity)$/i.test(text) ? 'unclear' : null
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0'] = match
  const real = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  if (real.getUTCMonth() !== Number(month) - 1 || real.getUTCDate() !== Number(day)) return null
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return 'unclear'
  return `${year}-${month}`
}

let reader: Promise<DuckDBConnection> | undefined

/** The columns as text from a bare engine; what that cannot decode is not readable. */
async function fromParquet(path: string): Promise<readonly StrictLine[] | null> {
  reader ??= DuckDBInstance.create(':memory:', { threads: '1' }).then((instance) => instance.connect())
  const connection = await reader
  const from = `read_parquet(${quoteLiteral(path)}, hive_partitioning = false)`
  try {
    await connection.run("SET TimeZone = 'UTC'")
    const columns = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`)).getRowObjects()
    const header = columns.map((column) => String(column.column_name))
    const places = placesOf(header)
    if (places === null) return null
    const wanted = Object.values(places.at).map((at) =>
      at < 0 ? 'NULL' : `CAST(${quoteIdentifier(header[at] ?? '')} AS VARCHAR)`,
    )
    wanted.push(...places.others.map((at) => `CAST(${quoteIdentifier(header[at] ?? '')} AS VARCHAR)`))
    const rows = (await connection.runAndReadAll(`SELECT ${wanted.join(', ')} FROM ${from}`)).getRows()
    const parts = Object.keys(places.at)
    return rows.map((cells) =>
      judge(
        Object.fromEntries(
          parts.map((part, index) => [
            part,
            cells[index] === null || cells[index] === '' ? null : String(cells[index]),
          ]),
        ) as Row,
        places,
        cells
          .slice(parts.length)
          .flatMap((cell) => (cell === null || nothing.has(String(cell)) ? [] : [String(cell)])),
      ),
    )
  } catch {
    return null
  }
}
