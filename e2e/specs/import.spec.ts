import { expect, test } from '../fixtures/app'
import { askFigures } from '../fixtures/asked'
import { sampleExport } from '../fixtures/sample'
import { OverviewPage } from '../pages/overview'
import { Shell } from '../pages/shell'
import { SourcesPage } from '../pages/sources'

test('a path that holds no billing export is answered with what to do', async ({ app }) => {
  const shell = new Shell(app.page)
  const sources = new SourcesPage(app.page)
  await shell.goTo('sources')
  await sources.import('/no/such/folder')
  await expect(app.page.getByRole('main').getByRole('alert').first()).toContainText('/no/such/folder')
})

test('an export that was imported already changes nothing when its path is imported again', async ({
  app,
}) => {
  test.setTimeout(180_000)
  const shell = new Shell(app.page)
  const overview = new OverviewPage(app.page)
  const sources = new SourcesPage(app.page)
  await overview.expectFilled()
  const figures = await overview.figures()
  const before = await askFigures(app.home)

  await shell.goTo('sources')
  await sources.import(await sampleExport())
  await sources.expectImported(14)
  await expect(sources.results.getByText('Unchanged')).toHaveCount(14)
  await shell.goTo('overview')
  await shell.expectSettled()
  expect(await overview.figures()).toEqual(figures)
  expect(await askFigures(app.home)).toEqual(before)
})
