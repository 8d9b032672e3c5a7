import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../fixtures/app'
import { violations, violationsInBothThemes } from '../fixtures/axe'
import { finops } from '../fixtures/program'
import { restate, writeSmallBill } from '../fixtures/small-bill'
import { Shell } from '../pages/shell'
import { SourcesPage } from '../pages/sources'

test.use({ filled: false })

interface Listed {
  readonly budgets: readonly { readonly actual: string; readonly state: string }[]
}

test('a budget is made by keyboard, and a month that comes again raises its alert once', async ({ app }) => {
  test.setTimeout(180_000)
  const { page } = app
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const folder = await mkdtemp(join(tmpdir(), 'finops-bill-'))
  try {
    const bill = await writeSmallBill(folder)
    const shell = new Shell(page)
    const sources = new SourcesPage(page)
    const alerts = page.getByRole('list', { name: 'Budget alerts' })
    await shell.goTo('sources')
    await sources.import(bill.root)
    await expect(sources.results).toContainText('1 period read', { timeout: 60_000 })

    await shell.goTo('budgets')
    await page.getByRole('button', { name: 'New budget' }).press('Enter')
    const form = page.getByRole('form', { name: 'New budget' })
    await expect(form.getByLabel('Name')).toBeFocused()
    await page.keyboard.type('October')
    await form.getByLabel('Amount').fill('none')
    await page.keyboard.press('Enter')
    await expect(form).toContainText('An amount is a number such as 1,500.50.')
    await expect(form.getByLabel('Amount')).toBeFocused()
    // More than has come in; what the month comes to is told by the terminal to the last digit.
    await form.getByLabel('Amount').fill('100,000,000')
    await form.getByLabel('From').fill('2026-10-01')
    await form.getByLabel('Alert at percent spent').fill('100')
    await form.getByLabel('Cost basis').selectOption('billed')
    expect(await violationsInBothThemes(page, 'form')).toEqual([])
    await form.getByLabel('Amount').focus()
    await page.keyboard.press('Enter')
    const table = page.getByRole('table', { name: 'Budgets' })
    await expect(table).toContainText('on track')
    const asking = ['query', '--measure', 'billed', '--from', '2026-10-01', '--to', '2026-11-01'] as const
    const [before, asked] = (await Promise.all([
      finops(app.home, 'budgets'),
      finops(app.home, ...asking),
    ])) as [Listed, { readonly total: { readonly billed: string } }]
    const whole = before.budgets[0]?.actual ?? ''
    expect(whole).toBe(asked.total.billed)
    expect(await violations(page, 'list')).toEqual([])

    // Exactly what has come in is spent, and only a tenth of it goes: the threshold lies between.
    const half = `${BigInt(whole.split('.')[0] ?? '0') / 2n}`
    await table.getByRole('button', { name: 'October, detail' }).press('Enter')
    const panel = page.getByRole('dialog', { name: 'October' })
    await expect(panel.getByRole('application', { name: 'Spend against October' })).toBeVisible()
    expect(await violationsInBothThemes(page, 'detail')).toEqual([])
    await panel.getByRole('button', { name: 'Change' }).press('Enter')
    await page.getByRole('form', { name: 'Change October' }).getByLabel('Amount').fill(half)
    await page.keyboard.press('Enter')
    await expect(table).toContainText('over')
    await expect(alerts).toBeHidden()

    await restate(bill)
    await shell.goTo('sources')
    await sources.import(bill.root)
    await expect(sources.results).toContainText('Replaced an older version', { timeout: 60_000 })
    await expect(page.getByText(/^October: 100\s%/).first()).toBeVisible({ timeout: 30_000 })
    await shell.tasksButton.click()
    await expect(alerts.getByRole('listitem')).toHaveCount(1)
    expect(await violations(page, 'alert in the task centre', '[role=dialog]')).toEqual([])
    await alerts.getByRole('link', { name: 'October' }).press('Enter')
    await shell.expectArea('budgets')

    // Told once: neither another look at a start nor the same month again repeats it.
    await app.restart()
    const again = new Shell(app.page)
    await again.goTo('budgets')
    const kept = app.page.getByRole('list', { name: 'Budget alerts' })
    await expect(kept.getByRole('listitem')).toHaveCount(1)
    await kept.getByRole('button', { name: /^Put away/ }).press('Enter')
    await expect(kept).toBeHidden()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
