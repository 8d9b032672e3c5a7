import { expect, test } from '../fixtures/app'
import { violations } from '../fixtures/axe'
import { finops } from '../fixtures/program'
import { Shell } from '../pages/shell'

interface Told {
  readonly total: { readonly unitCost: string }
}

const csv = (lines: readonly string[]) => ({
  name: 'orders.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(lines.join('\n')),
})

test.use({ startsAt: 'about' })

test('a driver is brought in, and untagged spend leads to itself in Explorer, by keyboard', async ({
  app,
}) => {
  test.setTimeout(120_000)
  const { page } = app
  const shell = new Shell(page)
  const freeOfViolations = async (at: string) => expect(await violations(page, at)).toEqual([])

  await shell.goTo('units')
  await page.getByRole('button', { name: 'Bring in a driver' }).press('Enter')
  const form = page.getByRole('form', { name: 'New driver' })
  await expect(form.getByLabel('Name')).toBeFocused()
  await page.keyboard.type('Orders')
  await form.getByLabel('One of it is a').fill('order')
  await form
    .getByLabel('File of the driver')
    .setInputFiles(csv(['date,value', '2026-10-01,5', '2026-10-32,5', 'x,1']))
  await form.getByLabel('One of it is a').press('Enter')
  await expect(form.getByRole('alert')).toContainText('orders.csv, line 3: "2026-10-32" is no date')
  await expect(form.getByRole('alert')).toContainText('orders.csv, line 4: "x" is no date')
  await freeOfViolations('refused driver')
  const days = Array.from({ length: 31 }, (_, at) => `2026-10-${String(at + 1).padStart(2, '0')},7`)
  await form.getByLabel('File of the driver').setInputFiles(csv(['date,value', ...days.slice(0, 30)]))
  await form.getByLabel('One of it is a').press('Enter')
  const table = page.getByRole('table', { name: 'Cost per order' })
  await expect(table.getByRole('row', { name: /October 2026/ })).toContainText('1 of 31 days without a value')
  const shown = (await finops(app.home, 'units', 'show', 'Orders', '--last', '1m')) as Told
  await expect(table.getByTitle(`${shown.total.unitCost} USD`).first()).toBeVisible()
  await freeOfViolations('units')
  await page.getByRole('button', { name: 'Containers' }).press('Enter')
  await expect(page.getByTestId('split-nodes')).toContainText('Total')
  await freeOfViolations('containers')

  await shell.goTo('tags')
  await page.getByTestId('tag-coverage').getByRole('button', { name: 'team', exact: true }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Without team, by account' })).toBeVisible()
  await shell.expectSettled()
  const untagged = page.getByTestId('untagged')
  const account = untagged.getByRole('link').first()
  const name = (await account.textContent()) ?? ''
  const amount =
    (await untagged.getByRole('row', { name }).getByTitle(/ USD$/).first().getAttribute('title')) ?? ''
  await page.getByRole('button', { name: 'Spellings' }).press('Enter')
  await expect(page.getByRole('table', { name: 'Values spelt in several ways' })).toContainText(
    'capital letters',
  )
  await freeOfViolations('spellings')
  await page.getByRole('button', { name: 'Coverage', exact: true }).press('Enter')
  await untagged.getByRole('link', { name, exact: true }).press('Enter')
  await shell.expectArea('explorer')
  await expect(page.getByTitle(amount).first()).toBeVisible()
})
