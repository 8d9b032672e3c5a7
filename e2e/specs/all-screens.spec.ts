import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/app'
import { type Violation, violationsInBothThemes } from '../fixtures/axe'
import { root } from '../fixtures/program'
import { OverviewPage } from '../pages/overview'
import { areaNames, Shell } from '../pages/shell'

const sizes = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 800 },
] as const

async function photograph(page: Page, area: string, theme: string): Promise<void> {
  const size = page.viewportSize()
  const folder = `${size?.width}x${size?.height}-${theme}`
  await page.screenshot({
    path: join(root, 'test-results', 'screens', folder, `${area}.png`),
    animations: 'disabled',
  })
}

async function expectNoSidewaysScroll(page: Page, area: string): Promise<void> {
  const overflow = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  expect(overflow, `${area} does not scroll sideways`).toBe(0)
}

async function showTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
}

/** The longest walk of all: in parts, so that they can be made side by side. */
const parts = [0, 1, 2].map((part) => areaNames.filter((_, at) => at % 3 === part))

for (const areas of parts) {
  test(`${areas.join(', ')} fit their window, free of WCAG violations in both themes`, async ({ app }) => {
    test.setTimeout(300_000)
    const { page } = app
    const shell = new Shell(page)
    const found: Violation[] = []
    for (const area of areas) {
      await shell.goTo(area)
      await showTheme(page, 'light')
      for (const size of sizes) {
        await page.setViewportSize(size)
        await shell.expectSettled()
        if (area === 'overview') await new OverviewPage(page).expectFilled()
        await photograph(page, area, 'light')
        await expectNoSidewaysScroll(page, area)
      }
      found.push(...(await violationsInBothThemes(page, area)))
      await photograph(page, area, 'dark')
    }
    expect(found).toEqual([])
  })
}

test.describe(() => {
  test.use({ startsAt: 'about', filled: false })

  test('commands, keys and tasks are free of WCAG violations in both themes', async ({ app }) => {
    const { page } = app
    const shell = new Shell(page)
    const found: Violation[] = []
    await showTheme(page, 'light')
    await shell.openPalette()
    found.push(...(await violationsInBothThemes(page, 'commands', '[role=dialog]')))
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(shell.keyboardMap).toBeVisible()
    found.push(...(await violationsInBothThemes(page, 'keyboard', '[role=dialog]')))
    await page.keyboard.press('Escape')
    await shell.tasksButton.click()
    await expect(page.getByRole('dialog', { name: 'Tasks' })).toBeVisible()
    found.push(...(await violationsInBothThemes(page, 'tasks', '[role=dialog]')))
    expect(found).toEqual([])
  })
})

test.describe('in an empty workspace', () => {
  test.use({ filled: false })

  test('the first screens are free of WCAG violations', async ({ app }) => {
    const { page } = app
    const shell = new Shell(page)
    const found: Violation[] = []
    await showTheme(page, 'light')
    for (const area of ['overview', 'sources'] as const) {
      await shell.goTo(area)
      await shell.expectSettled()
      found.push(...(await violationsInBothThemes(page, `empty ${area}`)))
    }
    expect(found).toEqual([])
  })
})
