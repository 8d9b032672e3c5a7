import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { sourcesSchema } from '../../analytics/contract/imports'
import { type App, expect, test } from '../fixtures/app'
import { askTotal } from '../fixtures/asked'
import { sum } from '../fixtures/decimal'
import { finops } from '../fixtures/program'
import { sampleHome, shortSampleExport } from '../fixtures/sample'
import { OverviewPage } from '../pages/overview'
import { Shell } from '../pages/shell'
import { SourcesPage } from '../pages/sources'

async function killEngine(app: App): Promise<number> {
  const pid = app.enginePid()
  if (pid === null) throw new Error('No engine runs under the program.')
  process.kill(pid, 'SIGKILL')
  return pid
}

async function expectReportedAndBack(app: App, killed: number): Promise<void> {
  const notifications = app.page.getByRole('region', { name: 'Notifications' })
  await expect(notifications).toContainText(/engine stopped/i)
  await expect.poll(() => app.enginePid()).not.toBeNull()
  await expect.poll(() => app.enginePid()).not.toBe(killed)
  await expect(new Shell(app.page).tasksButton).toHaveAccessibleName(/1 failed/)
}

/** Far enough that files are being read, not merely asked for. */
async function untilWorkIsUnderWay(page: Page): Promise<void> {
  const shell = new Shell(page)
  await shell.expectWorkBegun()
  await shell.tasksButton.click()
  const bar = page.getByRole('dialog', { name: 'Tasks' }).getByRole('progressbar')
  await expect(bar).toHaveAttribute('aria-valuenow', /^[1-9]\d?$/, { timeout: 60_000 })
  await page.keyboard.press('Escape')
}

interface PeriodTotals {
  readonly period: string
  readonly rows: number
  readonly billed: string
  readonly effective: string
}

function totals(imports: readonly PeriodTotals[]): readonly PeriodTotals[] {
  return imports
    .map(({ period, rows, billed, effective }) => ({ period, rows, billed, effective }))
    .sort((left, right) => left.period.localeCompare(right.period))
}

/** The ledger of what was brought in. */
async function heldPeriods(home: string): Promise<readonly PeriodTotals[]> {
  const { sources } = z.parse(sourcesSchema, await finops(home, 'sources'))
  return totals(sources.flatMap((source) => source.periods))
}

/** Enough for a kill to fall into. */
const months = 4

test.describe('in an empty workspace', () => {
  test.use({ filled: false })

  test('an engine killed during an import is reported, is back, and leaves nothing half-imported', async ({
    app,
  }) => {
    test.setTimeout(240_000)
    const shell = new Shell(app.page)
    const overview = new OverviewPage(app.page)
    const sources = new SourcesPage(app.page)
    await shell.goTo('sources')
    const exported = await shortSampleExport(join(app.home, 'exported'), months)
    await sources.import(exported)
    await untilWorkIsUnderWay(app.page)
    await expectReportedAndBack(app, await killEngine(app))

    const whole = (await heldPeriods(sampleHome())).slice(-months)
    const kept = await heldPeriods(app.home)
    expect(kept.length).toBeLessThan(whole.length)
    expect(whole).toEqual(expect.arrayContaining([...kept]))
    expect(await askTotal(app.home)).toBe(sum(kept.map(({ effective }) => effective)))

    await shell.goTo('sources')
    await sources.import(exported)
    await sources.expectImported(months)
    expect(await heldPeriods(app.home)).toEqual(whole)
    await shell.goTo('overview')
    await overview.expectFilled()
  })
})
