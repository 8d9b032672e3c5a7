import { expect, test } from '../fixtures/app'
import { violations } from '../fixtures/axe'
import { finops } from '../fixtures/program'
import { ExplorerPage } from '../pages/explorer'
import { Shell } from '../pages/shell'

interface Shown {
  readonly total: string
  readonly unallocated: string
  readonly values: readonly { readonly value: string; readonly amount: string }[]
}

test.use({ startsAt: 'about' })

test('rules are written with their figures beside them, saved, and asked for in Explorer', async ({
  app,
}) => {
  test.setTimeout(180_000)
  const { page } = app
  const shell = new Shell(page)
  await shell.goTo('allocation')
  await page.getByRole('button', { name: 'New set of rules' }).press('Enter')
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.type('team')
  await page.keyboard.press('Enter')

  const rules = page.getByRole('list', { name: 'Rules' })
  await page.getByRole('button', { name: 'Add a rule' }).press('Enter')
  await page.getByRole('button', { name: 'Filter', exact: true }).press('Enter')
  await page.keyboard.type('Charge category')
  await page.keyboard.press('Enter')
  await page.getByRole('checkbox', { name: 'Tax' }).press('Space')
  await page.getByRole('button', { name: 'Apply filter' }).press('Enter')
  await page.getByRole('combobox', { name: 'Value' }).fill('Overhead')
  await expect(rules.getByRole('listitem').first()).toContainText('charge category is Tax → Overhead')

  await page.getByRole('button', { name: 'Add a rule' }).press('Enter')
  await page.getByRole('button', { name: 'The value of a tag' }).press('Enter')
  await page.getByRole('button', { name: /^Tag or dimension/ }).press('Enter')
  // The tags come with their spend: a moment after the menu.
  await expect(page.getByRole('option', { name: /^team\b/ })).toBeVisible()
  await page.keyboard.type('team')
  await page.keyboard.press('Enter')
  const values = page.getByRole('table', { name: 'Values' })
  await expect(values).toContainText('storefront')
  await expect(values).toContainText('Overhead')

  await page.getByRole('button', { name: 'Divide a shared cost' }).press('Enter')
  await page.getByRole('combobox', { name: 'What is given to' }).fill('Overhead')
  await expect(values).toContainText('Rule 1 (Overhead')
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await expect(shell.root).toHaveAttribute('data-theme', theme)
    expect(await violations(page, `editor, ${theme}`)).toEqual([])
  }
  const previewed = await page.getByTestId('allocation-unallocated').getAttribute('data-value')
  await page.getByRole('button', { name: 'Save version' }).press('Enter')
  await page.getByLabel('Why (optional)').fill('first rules')
  await page.keyboard.press('Enter')
  await expect(page.getByText('version 1', { exact: true })).toBeVisible()

  // What the screen showed before it was saved is what a terminal says of it afterwards, to the last digit.
  const shown = (await finops(app.home, 'allocation')) as Shown
  expect(shown.unallocated).toBe(previewed)

  await shell.goTo('explorer')
  const explorer = new ExplorerPage(page)
  await explorer.expectShown()
  await explorer.part('Group by').click()
  await page.getByRole('option', { name: 'team', exact: true }).first().click()
  await page.keyboard.press('Escape')
  await expect(explorer.part('Group by')).toHaveAccessibleName('Group by: service, allocation team')
  await explorer.expectSettled()
  await expect(explorer.row('storefront').first()).toBeVisible()
})
