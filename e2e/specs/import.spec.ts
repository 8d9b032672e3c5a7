import { expect, test } from '../fixtures/app'
import { askTotal } from '../fixtures/asked'
import { sampleExport } from '../fixtures/sample'
import { Shell } from '../pages/shell'
import { SourcesPage } from '../pages/sources'

test('a path that holds no billing export is answered with what to do', async ({ app }) => {
  const shell = new Shell(app.page)
  const sources = new SourcesPage(app.page)
  await shell.goTo('sources')
  await sources.import('/no/such/folder')
  await expect(app.page.getByRole('main').getByRole('alert').first()).toContainText('/no/such/folder')
})

test.describe('what was imported already', () => {
  test.use({ startsAt: 'about' })

  test('changes nothing when its path is imported again', async ({ app }) => {
    test.setTimeout(180_000)
    const sources = new SourcesPage(app.page)
    const before = await askTotal(app.home)
    await new Shell(app.page).goTo('sources')
    await sources.import(sampleExport())
    await sources.expectImported(14)
    await expect(sources.results.getByText('Unchanged')).toHaveCount(14)
    expect(await askTotal(app.home)).toEqual(before)
  })
})
