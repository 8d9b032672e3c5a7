import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../fixtures/app'
import { violations, violationsInBothThemes } from '../fixtures/axe'
import { finops } from '../fixtures/program'
import { restate, writeSmallBill } from '../fixtures/small-bill'
import { Shell } from '../pages/shell'
import { SourcesPage } from '../pages/sources'

test.use({ filled: false })

test('a month is measured against its invoice, and what changed after its close is told', async ({
  app,
  door,
}) => {
  test.setTimeout(180_000)
  const { page } = app
  const folder = await mkdtemp(join(tmpdir(), 'finops-bill-'))
  try {
    const bill = await writeSmallBill(folder)
    const shell = new Shell(page)
    const sources = new SourcesPage(page)
    await shell.goTo('sources')
    await sources.import(bill.root)
    await expect(sources.results).toContainText('1 period read', { timeout: 60_000 })

    // By keyboard alone: into the detail, along its parts, and back to where it was opened.
    const opener = page.getByRole('button', { name: 'October 2026, detail' })
    await opener.focus()
    await page.keyboard.press('Enter')
    const panel = page.getByRole('dialog', { name: 'October 2026' })
    const table = panel.getByRole('table', { name: 'From usage to invoices, October 2026' })
    await expect(table).toContainText('not measured')
    const invoice = panel.getByLabel(/^Amount of invoice/).first()
    await invoice.focus()
    await page.keyboard.type('USD 1.00')
    await page.keyboard.press('Enter')
    await expect(table).not.toContainText('not measured')
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    expect(await violationsInBothThemes(page, 'bridge', '[role=dialog]')).toEqual([])
    await page.keyboard.press('Escape')
    await expect(panel).toBeHidden()
    await expect(opener).toBeFocused()

    await restate(bill)
    await sources.import(bill.root)
    await expect(sources.results).toContainText('Replaced an older version', { timeout: 60_000 })
    await expect(page.getByText('restated', { exact: true }).first()).toBeVisible()
    await page.getByRole('button', { name: 'Changed after close' }).press('Enter')
    const changes = page.getByRole('list', { name: 'Changed after close' })
    await expect(changes).toContainText('October 2026')
    expect(await violations(page, 'changed after close')).toEqual([])
    await changes.getByRole('button', { name: /^All deliveries/ }).press('Enter')
    await expect(panel.getByRole('list', { name: 'Deliveries' }).getByRole('listitem')).toHaveCount(2)
    expect(await violations(page, 'deliveries', '[role=dialog]')).toEqual([])

    await panel.getByRole('button', { name: 'Rejected', exact: true }).press('Enter')
    await expect(panel).toContainText('1 line is in no total.')
    // The desktop asks in a dialog of the system, which no page can answer.
    if (door === 'web') {
      const download = page.waitForEvent('download')
      await panel.getByRole('button', { name: 'Export as CSV…' }).press('Enter')
      const file = await (await download).path()
      expect(await readFile(file, 'utf8')).toMatch(/the cost is not a number/)
    }
    const asked = await finops(app.home, 'sources', 'bridge', '--period', bill.period)
    expect(asked).toMatchObject({ bridges: [{ period: bill.period, issued: '1.000000000000' }] })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
