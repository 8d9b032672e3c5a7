import { cp, readdir, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ImportReport } from '../../contract/imports'
import type { Result } from '../../contract/result'
import type { BillFormatName } from '../../sample/formats/write-format'
import { createRandom } from '../../sample/random'
import { amountOf, amountText } from './exact-amount'
import { mutateBill } from './mutations'
import { type StrictLine, strictlyRead } from './strict-bill'

/** A bill as it was written, before anything goes wrong with it. */
export interface WholeBill {
  readonly format: BillFormatName
  readonly root: string
  readonly files: readonly string[]
}

export interface FuzzOutcome {
  readonly format: string
  readonly seed: number
  readonly done: string
  readonly outcome: 'refused' | 'imported' | 'imported with rejects'
  /** What does not hold; null when all is well. */
  readonly wrong: string | null
}

export type BringIn = (path: string) => Promise<Result<ImportReport>>

const limitMs = 60_000

/** Damages a copy of a bill by the seed, imports it, and judges what came of it. */
export async function fuzzOnce(
  bill: WholeBill,
  seed: number,
  folder: string,
  bringIn: BringIn,
): Promise<FuzzOutcome> {
  const random = createRandom(seed * 7_919 + hash(bill.format))
  const root = join(folder, basename(bill.root))
  await rm(root, { recursive: true, force: true })
  await cp(bill.root, root, { recursive: true })
  const files = bill.files.map((file) => join(root, file.slice(bill.root.length + 1)))
  const done = await mutateBill(root, files, random)
  const result = await within(bringIn(root))
  const case_ = { format: bill.format, seed, done }
  if (result === 'late') return { ...case_, outcome: 'refused', wrong: `took more than ${limitMs} ms` }
  if (!result.ok) {
    const { code, message } = result.failure
    const named =
      code === 'missing-files' ||
      message.includes(root) ||
      files.some((file) => message.includes(basename(file)))
    const wrong =
      code === 'unexpected' || !named
        ? `refused without a plain reason: ${code}: ${message} ${result.failure.details ?? ''}`
        : null
    return { ...case_, outcome: 'refused', wrong }
  }
  const rejected = result.value.imports.reduce((sum, one) => sum + one.rejected, 0)
  const outcome = rejected > 0 ? 'imported with rejects' : 'imported'
  return { ...case_, outcome, wrong: await judge(result.value, await countedFiles(root, files)) }
}

async function within<T>(work: Promise<T>): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), limitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Files of the delivery that count: those their manifest still names, where there is one. */
async function countedFiles(root: string, files: readonly string[]): Promise<readonly string[]> {
  const names = await readdir(root, { recursive: true })
  const there = names
    .filter((name) => files.some((file) => stem(file) === stem(join(root, name))))
    .map((name) => join(root, name))
  const told: string[] = []
  for (const name of names.filter((one) => /manifest\.json$/i.test(one)))
    told.push(await readFile(join(root, name), 'utf8'))
  if (told.length === 0) return there
  return there.filter((file) =>
    told.some(
      (text) =>
        text.includes(basename(file)) ||
        text.includes(`${basename(file)}.gz`) ||
        text.includes(`${basename(file)}.zip`),
    ),
  )
}

function stem(path: string): string {
  return path.replace(/(\.(csv|gz|zip|parquet|snappy|txt))+$/i, '')
}

/** The import against what the strict reader makes of the same bytes; null when they agree. */
async function judge(report: ImportReport, files: readonly string[]): Promise<string | null> {
  const lines: StrictLine[] = []
  for (const file of files) {
    // What was left out with a word about it is in no total.
    if (report.warnings.some((warning) => warning.code === 'not-a-bill' && warning.file === file)) continue
    const read = await strictlyRead(file)
    if (read === null) {
      if (report.imports.length === 0) return null
      return `imported, though ${basename(file)} cannot be read`
    }
    lines.push(...read)
  }
  const main = new Map<string, string>()
  for (const { payer, period, currency } of report.imports) main.set(`${payer} ${period}`, currency)
  const countedValue = ({ billed, currency, payer, period }: StrictLine): bigint =>
    (main.get(`${payer} ${period}`) ?? currency) === currency ? billed : 0n
  const sure = lines.filter(({ verdict }) => verdict === 'taken')
  const odd = lines.filter(({ verdict }) => verdict === 'odd')
  const got = {
    rows: report.imports.reduce((sum, { rows }) => sum + rows, 0),
    rejected: report.imports.reduce((sum, { rejected }) => sum + rejected, 0),
    billed: report.imports.reduce((sum, { billed }) => sum + (amountOf(billed) ?? 0n), 0n),
  }
  const base = sure.reduce((sum, line) => sum + countedValue(line), 0n)
  const size = sure.reduce((sum, { billed }) => sum + (billed < 0n ? -billed : billed), 0n)
  // Parquet has doubles, and a double has its own last digit.
  const slack = files.some((file) => file.endsWith('.parquet'))
    ? size / 1_000_000_000n + BigInt(lines.length)
    : 0n
  const taken = got.rows - sure.length
  const told = `${got.rows} rows, ${got.rejected} rejected, ${amountText(got.billed)} of ${sure.length} sure (${amountText(base)}), ${odd.length} odd, ${lines.length} lines`
  if (taken < 0 || taken > odd.length) return `other rows than the strict reader: ${told}`
  if (got.rows + got.rejected !== lines.length) return `lines went missing: ${told}`
  const values = odd.map(countedValue)
  if (values.length > 14) return null
  for (let choice = 0; choice < 2 ** values.length; choice += 1) {
    const chosen = values.filter((_, index) => choice & (1 << index))
    if (chosen.length !== taken) continue
    const total = base + chosen.reduce((sum, value) => sum + value, 0n)
    const apart = total > got.billed ? total - got.billed : got.billed - total
    if (apart <= slack) return null
  }
  return `another total than the strict reader: ${told}`
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7)
}
