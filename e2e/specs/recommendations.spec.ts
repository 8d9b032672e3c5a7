import { expect, test } from '../fixtures/app'
import { violations } from '../fixtures/axe'
import { finops } from '../fixtures/program'
import { Shell } from '../pages/shell'

interface Told {
  readonly recommendations: readonly {
    readonly rule: string
    readonly resource: string
    readonly state: string
  }[]
}

test.use({ startsAt: 'about' })

test('the planted waste is listed, adds up, and is snoozed with a reason', async ({ app }) => {
  test.setTimeout(120_000)
  const { page } = app
  const shell = new Shell(page)
  await shell.goTo('recommendations')
  const rows = page.getByTestId('recommendations').locator('tbody tr')
  await expect(rows).toHaveCount(40, { timeout: 30_000 })
  expect(await violations(page, 'recommendations')).toEqual([])

  const open = (await page.getByTestId('open-total').textContent())?.match(/[\d,.]+\d/)?.[0] ?? 'none'
  await page.getByLabel('Select all').check()
  await expect(page.getByTestId('selection-total')).toContainText(open)
  await page.getByLabel('Select all').uncheck()

  const first = rows.first()
  const title = (await first.getByRole('button').textContent()) ?? ''
  await first.getByRole('button').click()
  const detail = page.getByRole('dialog', { name: title })
  await expect(detail.getByRole('heading', { name: 'Evidence' })).toBeVisible()
  await detail.getByRole('button', { name: 'Snooze' }).click()
  await detail.getByLabel('Reason').fill('after the move')
  await detail.getByRole('button', { name: 'Snooze it' }).click()
  await expect(rows).toHaveCount(39)

  const told = (await finops(app.home, 'recommend')) as Told
  expect(told.recommendations.filter(({ state }) => state === 'snoozed')).toHaveLength(1)
  await detail.getByRole('button', { name: 'Open again' }).click()
  await expect(rows).toHaveCount(40)
})
