import { expect, test } from '../fixtures/app'
import { violationsInBothThemes } from '../fixtures/axe'
import { finops } from '../fixtures/program'
import { Shell } from '../pages/shell'

test.use({ startsAt: 'about' })

test('an anomaly is judged by keyboard and taken back, and a forecast has parts and a scenario', async ({
  app,
}) => {
  test.setTimeout(300_000)
  const { page } = app
  const shell = new Shell(page)
  await shell.goTo('anomalies')
  const inbox = page.getByRole('listbox', { name: 'Anomalies' })
  const entries = inbox.getByRole('option')
  await expect(entries.first()).toBeVisible({ timeout: 120_000 })
  await shell.expectSettled()

  // The newest days of the sample hold an anomaly: the first start after them tells of it.
  await page.getByRole('button', { name: /^Tasks/ }).click()
  const alert = page.getByRole('list', { name: 'Anomaly alerts' }).getByRole('link').first()
  await expect(alert).toBeVisible({ timeout: 60_000 })
  const told = new URL((await alert.getAttribute('href')) ?? '', 'app://x').hash.split('anomaly=')[1]
  await alert.click()
  await page.keyboard.press('Escape')
  await expect(page.locator(`#anomaly-${told}`)).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('link', { name: 'Open in Explorer' }).click()
  await expect(page.getByRole('heading', { name: 'Explorer', exact: true })).toBeVisible()
  await shell.goTo('anomalies')

  const first = await entries.first().getAttribute('id')
  await inbox.focus()
  await page.keyboard.press('ArrowDown')
  await expect(entries.nth(1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByTestId('causes')).toContainText('main cause')
  await expect(page.getByTestId('chart-anomaly').locator('circle').first()).toBeVisible()

  await page.keyboard.press('r')
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByTestId('track-record')).toContainText('100.0', { timeout: 60_000 })
  await expect(page.locator(`#${first}`)).toHaveCount(0)
  await page.keyboard.press('u')
  await expect(page.locator(`#${first}`)).toHaveAttribute('aria-selected', 'true', { timeout: 60_000 })
  await expect(page.getByTestId('track-record')).toContainText('Not known yet')

  await page.getByRole('button', { name: 'Plan it…' }).click()
  const form = page.getByRole('form', { name: 'Plan a cost' })
  await form.getByLabel('Name').fill('Agreed')
  expect(await violationsInBothThemes(page, 'planning', 'form')).toEqual([])
  await form.getByRole('button', { name: 'Plan it' }).click()
  await expect(page.getByRole('list', { name: 'Planned costs' })).toContainText('Agreed', { timeout: 60_000 })
  await expect(page.locator(`#${first}`)).toHaveCount(0, { timeout: 60_000 })

  await shell.goTo('forecast')
  await expect(page.getByTestId('chart-forecast').locator('svg').first()).toBeVisible({ timeout: 120_000 })
  await page.getByRole('button', { name: /^Apart by/ }).click()
  await page.getByRole('menuitemradio', { name: 'service', exact: true }).click()
  await expect(page.getByTestId('forecast-parts')).toContainText('Amazon EC2', { timeout: 120_000 })
  await page.getByLabel('Growth on top, percent a month').fill('5')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('forecast-months')).toContainText('Scenario adds', { timeout: 120_000 })

  // The command line is told the same by the same engine.
  const forecast = await finops(app.home, 'forecast', '--horizon', '90', '--by', 'service', '--growth', '5')
  expect(forecast).toMatchObject({
    projections: expect.arrayContaining([
      expect.objectContaining({
        period: 'month',
        total: await page.getByTestId('projection-month').getAttribute('data-value'),
      }),
    ]),
  })
})
