import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { expect, test } from '../fixtures/app'
import { billed, writeBill, writeBillExport } from '../fixtures/bill'
import { finops } from '../fixtures/program'
import { Shell } from '../pages/shell'
import { SourcesPage } from '../pages/sources'

test.use({ filled: false })

let folder: string
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'finops-drop-'))
})
test.afterEach(async () => {
  await rm(folder, { recursive: true })
})

/** A drag from the desktop, as Chromium makes one: the page sees real files and folders. */
async function drag(page: Page, paths: readonly string[]) {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  const step = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', { type, x: 640, y: 500, data })
  await step('dragEnter')
  await step('dragOver')
  return step
}

const sourcesSchema = z.object({
  sources: z.array(
    z.object({
      name: z.string(),
      origin: z.string(),
      periods: z.array(z.object({ period: z.string(), billed: z.string(), verified: z.boolean() })),
    }),
  ),
})

async function sourcesOf(home: string) {
  const { sources } = sourcesSchema.parse(await finops(home, 'sources'))
  return sources.map(({ name, origin, periods }) => ({ name, origin, periods }))
}

const september = (verified: boolean) => [{ period: '2026-09', billed, verified }]

test('a folder that is dropped is imported with its manifest, and kept once', async ({ app }) => {
  const root = await writeBillExport(folder, 'my-cur')
  const sources = new SourcesPage(app.page)
  await new Shell(app.page).goTo('sources')
  await expect(sources.path).toBeVisible()
  const step = await drag(app.page, [root])
  await expect(sources.dropTarget).toContainText('Drop to import')
  await step('drop')
  await expect(sources.dropTarget).toBeHidden()
  await expect(sources.results).toContainText('1 period read')
  await expect(sources.results).toContainText('3.75')
  expect(await sourcesOf(app.home)).toEqual([
    { name: 'my-cur', origin: 'Dropped: my-cur', periods: september(true) },
  ])
  expect(await readdir(join(app.home, 'incoming'))).toEqual([])

  // The same export by its path is the same source, and nothing is read again.
  await sources.import(root)
  await expect(sources.results).toContainText('Unchanged')
  expect(await sourcesOf(app.home)).toHaveLength(1)
})

test('files and folders can be chosen without dragging', async ({ app }) => {
  const sources = new SourcesPage(app.page)
  await new Shell(app.page).goTo('sources')
  await sources.files.setInputFiles(await writeBill(folder, 'september.csv'))
  await expect(sources.results).toContainText('september')
  await sources.folder.setInputFiles(await writeBillExport(folder, 'whole'))
  await expect(sources.results).toContainText('whole')
  expect(await sourcesOf(app.home)).toEqual([
    { name: 'september', origin: 'Dropped: september.csv', periods: september(false) },
    { name: 'whole', origin: 'Dropped: whole', periods: september(true) },
  ])
})

test('what holds no bill is named as it was dropped, and nothing of it stays', async ({ app }) => {
  const sources = new SourcesPage(app.page)
  await new Shell(app.page).goTo('sources')
  await sources.files.setInputFiles({
    name: 'page.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('<!doctype html><title>Error</title>'),
  })
  const alert = app.page.getByRole('main').getByRole('alert').first()
  await expect(alert).toContainText('page.csv is a web page')
  await expect(alert).not.toContainText('incoming')
  expect(await readdir(join(app.home, 'incoming'))).toEqual([])
})

test('a drag that goes elsewhere, and a drop on another screen, change nothing', async ({ app }) => {
  const bill = await writeBill(folder, 'bill.csv')
  const shell = new Shell(app.page)
  const sources = new SourcesPage(app.page)
  await shell.goTo('sources')
  await expect(sources.path).toBeVisible()
  await drag(app.page, [bill])
  await expect(sources.dropTarget).toBeVisible()
  // Driven from outside, Chromium ends a drag without the word that it gives a person's.
  await app.page.evaluate("window.dispatchEvent(new DragEvent('dragleave'))")
  await expect(sources.dropTarget).toBeHidden()
  await shell.goTo('about')
  const stray = await drag(app.page, [bill])
  await stray('drop')
  await shell.expectArea('about')
  expect(await sourcesOf(app.home)).toEqual([])
})
