import { sourcesSchema } from '../../analytics/contract/imports'
import { expect, test } from '../fixtures/app'
import { type AskedFigures, askFigures } from '../fixtures/asked'
import { plain } from '../fixtures/decimal'
import { finops } from '../fixtures/program'
import { sampleHome, sampleUntil } from '../fixtures/sample'
import { type Figures, OverviewPage } from '../pages/overview'
import { Shell } from '../pages/shell'

test.use({ filled: false, startedOn: sampleUntil, keptAs: sampleHome() })

const asAsked = (shown: Figures): AskedFigures => ({
  monthToDate: plain(shown['figure-month-to-date']),
  sameDaysBefore: plain(shown['figure-same-days']),
  lastMonth: plain(shown['figure-last-month']),
  yearToDate: plain(shown['figure-year-to-date']),
})

/** The first walk of a person with the program; what it leaves is the workspace that the other specs start on. */
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

  const { sources } = sourcesSchema.parse(await finops(app.home, 'sources'))
  const periods = sources.flatMap((source) => source.periods)
  expect(periods).toHaveLength(14)
  for (const period of periods) {
    expect(period.rejected).toBe(0)
    expect(period.checks.filter(({ ok }) => !ok)).toEqual([])
  }
  const shown = await overview.figures()
  expect(asAsked(shown)).toEqual(await askFigures(app.home))
  expect(Number(shown['figure-savings-rate'])).toBeGreaterThan(0)
  expect(Number(shown['figure-savings-rate'])).toBeLessThan(100)

  await app.restart()
  overview = new OverviewPage(app.page)
  await overview.expectFilled()
  expect(await overview.figures()).toEqual(shown)
  expect(asAsked(shown)).toEqual(await askFigures(app.home))
})
