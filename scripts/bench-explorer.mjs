import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from '@playwright/test'
import { root } from './steps/root.mjs'

/**
 * `npm run bench:explorer [-- --home DIR]`: how long Explorer takes from another group-by to its new pixels, chart
 * and table, each question asked for the first time. Prints one JSON document; progress goes to stderr.
 */

const limitMilliseconds = 200
const groups = ['account', 'service', 'region', 'usage-type', 'charge-category', 'operation', 'tag:team']
const periods = ['last-3-months', 'last-month', 'last-12-months', 'month-to-date', 'last-6-months']

/** @param {string} message */
const say = (message) => process.stderr.write(`${message}\n`)

/** @param {readonly number[]} values @param {number} share */
function quantile(values, share) {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** @param {string} name @param {readonly string[]} args @param {string} home */
function startProgram(name, args, home) {
  return spawn(process.execPath, [join(root, 'out', 'main', name), ...args], {
    env: { ...process.env, FINOPS_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** @param {string} home */
async function fill(home) {
  say('Filling a workspace with the sample organisation')
  const child = startProgram('cli.js', ['demo', '--json', '--until', '2026-11-20', '--seed', '7'], home)
  child.stdout.resume()
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`finops demo ended with ${code}.`)
}

/**
 * Changes the address as a menu does, and notes the frame in which chart and table show the answer to it. It runs in
 * the page, so that the way there and back is not counted.
 * @param {import('@playwright/test').Page} page
 * @param {string} by
 * @param {string} period
 * @returns {Promise<number>}
 */
function switched(page, by, period) {
  const hash = `#/explorer?by=${by}&period=${period}&grain=month`
  return page.evaluate(`(async () => {
    const shown = () => ['chart-spend', 'table-spend'].every((id) =>
      document.querySelector('[data-testid="' + id + '"]')?.getAttribute('data-by') === ${JSON.stringify(by)}
    ) && document.querySelector('[aria-busy="true"]') === null
    const begun = performance.now()
    window.location.hash = ${JSON.stringify(hash)}
    do await new Promise((resolve) => requestAnimationFrame(resolve))
    while (!shown())
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    return performance.now() - begun
  })()`)
}

/**
 * The roll-ups are made in the seconds after a first start: what counts is a day of asking.
 * @param {import('@playwright/test').Page} page
 */
function rolledUp(page) {
  return page.evaluate(`(async () => {
    const body = JSON.stringify({ input: { measure: 'effective', period: 'last-month' } })
    for (;;) {
      const response = await fetch('/api/call/spend/explain', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      if ((await response.json()).value?.table === 'cost_months') return
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  })()`)
}

/** @param {import('@playwright/test').Page} page @param {string} url */
async function measure(page, url) {
  await page.goto(url)
  await page.getByTestId('chart-services').waitFor()
  await rolledUp(page)
  const times = []
  for (const period of periods) {
    // The first of a period is not counted: it changes more than the grouping.
    await switched(page, 'service,region', period)
    for (const by of groups) times.push({ by, period, milliseconds: await switched(page, by, period) })
  }
  return times
}

function chromiumPath() {
  if (process.env.FINOPS_CHROMIUM) return process.env.FINOPS_CHROMIUM
  return existsSync(chromium.executablePath()) ? undefined : '/usr/bin/chromium'
}

async function bench() {
  const at = process.argv.indexOf('--home')
  const given = at === -1 ? undefined : process.argv[at + 1]
  const home = given ?? (await mkdtemp(join(tmpdir(), 'finops-bench-')))
  const executablePath = chromiumPath()
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
  try {
    if (given === undefined) await fill(home)
    const child = startProgram('web.js', ['--no-open', '--json'], home)
    const ended = once(child, 'exit')
    try {
      const line = await new Promise((resolve) => {
        createInterface({ input: child.stdout }).once('line', resolve)
        ended.then(() => resolve(null))
      })
      if (typeof line !== 'string') throw new Error('The web door did not open.')
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      const times = await measure(page, JSON.parse(line).url)
      const all = times.map(({ milliseconds }) => milliseconds)
      const document = {
        switches: all.length,
        limitMilliseconds,
        median: Math.round(quantile(all, 0.5)),
        p95: Math.round(quantile(all, 0.95)),
        slowest: times
          .toSorted((left, right) => right.milliseconds - left.milliseconds)
          .slice(0, 5)
          .map((time) => ({ ...time, milliseconds: Math.round(time.milliseconds) })),
        withinLimits: quantile(all, 0.95) <= limitMilliseconds,
      }
      process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
      process.exitCode = document.withinLimits ? 0 : 1
    } finally {
      child.kill('SIGTERM')
      await ended
    }
  } finally {
    await browser.close()
    if (given === undefined) await rm(home, { recursive: true, force: true })
  }
}

await bench()
