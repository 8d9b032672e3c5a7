import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, type DoorOptions, expect, test } from '../fixtures/app'
import { violationsInBothThemes } from '../fixtures/axe'
import { plain, sum } from '../fixtures/decimal'
import { writeSmallBill } from '../fixtures/small-bill'
import { ExplorerPage } from '../pages/explorer'
import { Shell } from '../pages/shell'
import { SourcesPage } from '../pages/sources'

test.describe('from an import', () => {
  test.use({ filled: false })

  test('a question is asked, drilled into to a line item, saved, found again and exported', walk)
})

async function walk({ app, door }: { readonly app: App; readonly door: DoorOptions['door'] }): Promise<void> {
  test.setTimeout(180_000)
  const shell = new Shell(app.page)
  const folder = await mkdtemp(join(tmpdir(), 'finops-bill-'))
  const { root } = await writeSmallBill(folder)
  const sources = new SourcesPage(app.page)
  await shell.goTo('sources')
  await sources.import(root)
  await expect(sources.results).toContainText('1 period read', { timeout: 60_000 })
  await rm(folder, { recursive: true, force: true })
  await shell.goTo('explorer')
  const explorer = new ExplorerPage(app.page)
  // The bill is of one month: whole months before it there are none.
  await app.page.getByRole('button', { name: 'Show all time' }).click()
  await explorer.expectShown()

  await explorer.part('Group by').click()
  await app.page.getByRole('option', { name: /^Account/ }).click()
  await app.page.keyboard.press('Escape')
  await expect(explorer.part('Group by')).toHaveAccessibleName('Group by: service, account')
  await explorer.expectSettled()

  const grouped = app.page.url()
  await explorer.row('Amazon S3').first().locator('td').last().click()
  await explorer.menuItem('Break down by').press('ArrowRight')
  await explorer.menuItem('Resource').press('Enter')
  await expect(explorer.crumbs).toContainText('service is Amazon S3')
  await explorer.expectSettled()
  const drilled = await explorer.total('effective')

  await explorer.table.locator('tbody th').nth(1).click()
  await explorer.menuItem('Show line items').click()
  await expect(explorer.lines.getByTestId('table-lines').locator('tbody tr').first()).toContainText(
    'Amazon S3',
  )
  await app.page.keyboard.press('Escape')
  await expect(explorer.lines).toBeHidden()

  // Back through the closed line items, the open ones and the drill, each a step of its own.
  const step = (by: -1 | 1) => app.page.evaluate(`history.go(${by})`)
  await step(-1)
  await expect(explorer.lines).toBeVisible()
  await step(-1)
  await expect(explorer.lines).toBeHidden()
  await expect(explorer.crumbs).toContainText('service is Amazon S3')
  await step(-1)
  await expect(explorer.crumbs).toBeHidden()
  expect(app.page.url()).toBe(grouped)
  await expect(explorer.part('Group by')).toHaveAccessibleName('Group by: service, account')
  await step(1)
  await expect(explorer.crumbs).toContainText('service is Amazon S3')
  await explorer.expectSettled()
  expect(await explorer.total('effective')).toBe(drilled)

  await app.page.getByRole('button', { name: 'Saved views' }).click()
  await app.page.getByLabel('Name of the view').fill('Buckets')
  await app.page.keyboard.press('Enter')
  await expect(app.page.getByRole('button', { name: 'Buckets' })).toBeVisible()
  await app.page.getByRole('button', { name: 'Buckets' }).click()
  await app.page.getByRole('button', { name: 'Pin Buckets' }).click()
  await app.page.keyboard.press('Escape')
  await expect(shell.areas.getByRole('link', { name: 'Buckets' })).toBeVisible()

  await app.restart()
  const again = new ExplorerPage(app.page)
  await new Shell(app.page).areas.getByRole('link', { name: 'Buckets' }).click()
  await again.expectShown()
  await expect(again.crumbs).toContainText('service is Amazon S3')
  expect(await again.total('effective')).toBe(drilled)

  // The desktop asks in a dialog of the system, which no page can answer.
  if (door === 'web') {
    await app.page.getByRole('button', { name: 'Export' }).click()
    const download = app.page.waitForEvent('download')
    await app.page.getByRole('menuitem', { name: /^CSV… / }).click()
    const [head = '', ...lines] = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n')
    const at = head.split(',').indexOf('effective (USD)')
    const amounts = lines.map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)[at] ?? '')
    expect(sum(amounts)).toBe(plain(drilled))
    expect(lines.length).toBeGreaterThan(1)
  }
}

test.use({ startsAt: 'about' })

test('Explorer is used by keyboard alone and free of WCAG violations', async ({ app }) => {
  test.setTimeout(180_000)
  const { page } = app
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await new Shell(page).expectSettled()
  await page.keyboard.press('g')
  await page.keyboard.press('e')
  const explorer = new ExplorerPage(page)
  await explorer.expectShown()
  expect(await violationsInBothThemes(page, 'explorer')).toEqual([])

  await page.keyboard.press('t')
  await page.keyboard.press('l')
  await expect(explorer.part('Period')).toHaveAccessibleName('Period: last month')
  await page.keyboard.press('v')
  await expect(explorer.part('Comparison')).toHaveAccessibleName('Comparison: vs previous period')
  await explorer.expectSettled()

  await page.keyboard.press('/')
  await page.keyboard.type('region')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: 'Values' }).getByRole('listitem').first()).toBeVisible()
  expect(await violationsInBothThemes(page, 'filter', '[role=dialog]')).toEqual([])
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^Change filter: region is/ })).toBeVisible()
  await explorer.expectSettled()

  await explorer.table.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(explorer.menuItem('Filter to this')).toBeVisible()
  expect(await violationsInBothThemes(page, 'drill menu', '[role=menu]')).toEqual([])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(explorer.crumbs).toContainText('service is')
  await expect(explorer.table).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(explorer.crumbs).toBeHidden()

  await page.keyboard.press('l')
  await expect(explorer.lines.getByTestId('table-lines')).toBeVisible()
  expect(await violationsInBothThemes(page, 'line items', '[role=dialog]')).toEqual([])
  await page.keyboard.press('Escape')
  await expect(explorer.lines).toBeHidden()
  await page.keyboard.press('e')
  const computed = page.getByRole('dialog', { name: 'How this is computed' })
  await expect(computed.getByText('Deliveries it reads')).toBeVisible()
  expect(await violationsInBothThemes(page, 'how computed', '[role=dialog]')).toEqual([])
  await page.keyboard.press('Escape')
  await expect(computed).toBeHidden()
  await page.keyboard.press('s')
  await expect(page.getByLabel('Name of the view')).toBeVisible()
  expect(await violationsInBothThemes(page, 'saved views', '[role=dialog]')).toEqual([])
})

test('an address that nobody can read gives a view all the same, and says so', async ({ app }) => {
  await new Shell(app.page).expectSettled()
  const explorer = new ExplorerPage(app.page)
  await app.page.evaluate('location.hash = \'#/explorer?period=1999&by=[[&where=[["service","=","nobody"]]\'')
  await expect(app.page.getByRole('status').filter({ hasText: 'could not be read' })).toContainText(
    'by, period',
  )
  await expect(app.page.getByRole('heading', { name: 'The filters leave nothing' })).toBeVisible()
  await app.page.getByRole('button', { name: 'Clear filters' }).click()
  await explorer.expectShown()
})
