import { readFile } from 'node:fs/promises'
import { expect, test } from '../fixtures/app'
import { violations } from '../fixtures/axe'
import { Shell } from '../pages/shell'

test.use({ startsAt: 'about' })

test('a report is chosen, looked at and saved by keyboard, and kept with its figures', async ({
  app,
  door,
}) => {
  test.setTimeout(120_000)
  const { page } = app
  await new Shell(page).goTo('reports')
  await page.getByRole('button', { name: 'Report: Executive' }).press('Enter')
  await page.getByRole('menuitemradio', { name: 'Monthly close' }).press('Enter')
  await expect(page.getByRole('img', { name: /^Page 1 of \d+: Monthly close/ })).toBeVisible({
    timeout: 60_000,
  })
  expect(await violations(page, 'reports')).toEqual([])
  // The desktop asks in a dialog where to save; a browser just saves.
  if (door === 'desktop') return
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as PDF' }).press('Enter')
  const file = await readFile(await (await saving).path())
  expect(file.subarray(0, 8).toString()).toBe('%PDF-1.7')
  const kept = page.getByTestId('kept-reports')
  await expect(kept).toContainText('As the data says')
  await kept.getByRole('button', { name: 'Check Monthly close' }).press('Enter')
  await expect(kept).toContainText('As the data says')
})
