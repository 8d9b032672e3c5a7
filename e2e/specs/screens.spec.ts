import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/app'
import { contrastViolations, type Violation, violations } from '../fixtures/axe'
import { root } from '../fixtures/program'
import { OverviewPage } from '../pages/overview'
import { areaNames, Shell } from '../pages/shell'

const wide = { width: 1920, height: 1080 }
const narrow = { width: 1280, height: 800 }

/** What fits does so in every theme. */
const themes = [
  { theme: 'light', sizes: [wide, narrow], violationsOf: violations },
  { theme: 'dark', sizes: [narrow], violationsOf: contrastViolations },
] as const

async function expectNoSidewaysScroll(page: Page, area: string): Promise<void> {
  const overflow = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  expect(overflow, `${area} does not scroll sideways`).toBe(0)
}

for (const { theme, sizes, violationsOf } of themes) {
  test(`every screen fits its window, and all is free of WCAG violations, ${theme}`, async ({ app }) => {
    test.setTimeout(180_000)
    const { page } = app
    const shell = new Shell(page)
    const found: Violation[] = []
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await expect(shell.root).toHaveAttribute('data-theme', theme)
    await new OverviewPage(page).expectFilled()
    for (const area of areaNames) {
      await shell.goTo(area)
      for (const { width, height } of sizes) {
        await page.setViewportSize({ width, height })
        await shell.expectSettled()
        const path = join(root, 'test-results', 'screens', `${width}x${height}-${theme}`, `${area}.png`)
        await page.screenshot({ path, animations: 'disabled' })
        await expectNoSidewaysScroll(page, area)
      }
      found.push(...(await violationsOf(page, area)))
    }
    await shell.openPalette()
    found.push(...(await violationsOf(page, 'commands')))
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(shell.keyboardMap).toBeVisible()
    found.push(...(await violationsOf(page, 'keyboard')))
    await page.keyboard.press('Escape')
    await shell.tasksButton.click()
    await expect(page.getByRole('dialog', { name: 'Tasks' })).toBeVisible()
    found.push(...(await violationsOf(page, 'tasks')))
    expect(found).toEqual([])
  })
}

test.describe('in an empty workspace', () => {
  test.use({ filled: false })

  test('the first screens are free of WCAG violations', async ({ app }) => {
    const { page } = app
    const shell = new Shell(page)
    const found: Violation[] = []
    for (const area of ['overview', 'sources'] as const) {
      await shell.goTo(area)
      for (const { theme, violationsOf } of themes) {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
        await expect(shell.root).toHaveAttribute('data-theme', theme)
        await shell.expectSettled()
        found.push(...(await violationsOf(page, `empty ${area}, ${theme}`)))
      }
    }
    expect(found).toEqual([])
  })
})
