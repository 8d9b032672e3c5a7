import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { runnerImport } from 'vite'
import { ensureBuilt } from './steps/build.mjs'
import { root } from './steps/root.mjs'

/**
 * `npm run bench:report`: reports of the built command line as PDF, beginning with the start of the engine: the
 * executive one of the sample organisation, and one table of 4 000 resources. Prints one JSON document.
 */
const rows = 4_000

/** @template T @param {string} path @returns {Promise<T>} */
async function source(path) {
  return /** @type {T} */ ((await runnerImport(join(root, path))).module)
}

/** The most memory that the process had so far; null where the system does not tell. @param {number} pid */
function peakMegabytes(pid) {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1_024)
  } catch {
    return null
  }
}

/** @param {string} home @param {readonly string[]} words */
async function finops(home, ...words) {
  const start = performance.now()
  const child = spawn(process.execPath, [join(root, 'out/main/cli.js'), ...words, '--home', home, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let answer = ''
  child.stdout.on('data', (text) => {
    answer += text
  })
  /** @type {number | null} */
  let megabytes = null
  const watch = setInterval(() => {
    megabytes = peakMegabytes(child.pid ?? 0) ?? megabytes
  }, 20)
  const code = await new Promise((resolve) => child.once('close', resolve))
  clearInterval(watch)
  if (code !== 0) throw new Error(`finops ${words.join(' ')} ended with ${code}: ${answer}`)
  return { seconds: Number(((performance.now() - start) / 1_000).toFixed(2)), megabytes }
}

await ensureBuilt()
const folder = mkdtempSync(join(tmpdir(), 'finops-bench-report-'))
try {
  const sample = join(folder, 'sample')
  await finops(sample, 'demo')
  const executive = join(folder, 'executive.pdf')
  // The first one finds the anomalies of new data, which are kept from then on.
  const first = await finops(sample, 'report', 'executive', '--out', executive)
  const again = await finops(sample, 'report', 'executive', '--out', executive)

  /** @type {typeof import('../analytics/testing/bill-rows')} */
  const { usage } = await source('analytics/testing/bill-rows.ts')
  /** @type {typeof import('../analytics/testing/export-tree')} */
  const { writeDelivery } = await source('analytics/testing/export-tree.ts')
  const bill = join(folder, 'bill')
  const lines = Array.from({ length: rows }, (_, at) =>
    usage(`${at}.25`, { line_item_resource_id: `arn:aws:ec2:eu-west-1:444455556666:instance/i-${at}` }),
  )
  await writeDelivery(bill, { period: '2026-09', chunks: [lines] })
  const long = join(folder, 'long')
  await finops(long, 'import', bill)
  const table = join(folder, 'table.pdf')
  const words = ['--sections', 'resources', '--resource-rows', String(rows), '--out', table]
  const large = await finops(
    long,
    'report',
    'executive',
    '--from',
    '2026-09-01',
    '--to',
    '2026-10-01',
    ...words,
  )
  const bytes = (/** @type {string} */ path) => statSync(path).size
  process.stdout.write(
    `${JSON.stringify({ executive: { first, again, bytes: bytes(executive) }, table: { rows, ...large, bytes: bytes(table) } }, null, 2)}\n`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
