import { expect, test } from '../fixtures/app'
import { type AskedFigures, askFigures } from '../fixtures/asked'
import { plain } from '../fixtures/decimal'
import { type Figures, OverviewPage } from '../pages/overview'
import { Shell } from '../pages/shell'

test.use({ filled: false })

const asAsked = (shown: Figures): AskedFigures => ({
  monthToDate: plain(shown['figure-month-to-date']),
  sameDaysBefore: plain(shown['figure-same-days']),
  lastMonth: plain(shown['figure-last-month']),
  yearToDate: plain(shown['figure-year-to-date']),
})

test('from an empty workspace to figures that the command line agrees with, and that a restart keeps', async ({
  app,
}) => {
  test.setTimeout(300_000)
  let overview = new OverviewPage(app.page)
  const shell = new Shell(app.page)
  await shell.expectArea('overview')
  await expect(overview.figure('figure-month-to-date')).toHaveCount(0)
  await overview.fillButton.click()
  await shell.expectWorkBegun()
  await shell.expectWorkDone(200_000)
  await overview.expectFilled()
  await shell.expectSettled()

  const shown = await overview.figures()
  expect(asAsked(shown)).toEqual(await askFigures(app.home))
  expect(Number(shown['figure-savings-rate'])).toBeGreaterThan(0)
  expect(Number(shown['figure-savings-rate'])).toBeLessThan(100)

  await overview.arrange(async (page) => {
    await page.getByRole('button', { name: 'Hide Data', exact: true }).press('Enter')
    await page.getByRole('button', { name: 'Move What moved' }).press('ArrowUp')
  })
  await expect(overview.parts).toHaveText(['What moved', 'Spend by service', 'Anomalies to judge'])

  await app.restart()
  overview = new OverviewPage(app.page)
  await overview.expectFilled()
  await expect(overview.parts).toHaveText(['What moved', 'Spend by service', 'Anomalies to judge'])
  expect(await overview.figures()).toEqual(shown)
  expect(asAsked(shown)).toEqual(await askFigures(app.home))
})
