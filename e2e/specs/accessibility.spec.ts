import { expect, test } from '../fixtures/app'
import { type Violation, violations } from '../fixtures/axe'
import { OverviewPage } from '../pages/overview'
import { areaNames, Shell } from '../pages/shell'

for (const theme of ['light', 'dark'] as const) {
  test(`every screen and every layer is free of WCAG violations, ${theme}`, async ({ app }) => {
    test.setTimeout(180_000)
    const { page } = app
    const shell = new Shell(page)
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await expect(shell.root).toHaveAttribute('data-theme', theme)
    await new OverviewPage(page).expectFilled()
    const found: Violation[] = []
    for (const area of areaNames) {
      await shell.goTo(area)
      await shell.expectSettled()
      found.push(...(await violations(page, area)))
    }
    await shell.openPalette()
    found.push(...(await violations(page, 'commands')))
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(shell.keyboardMap).toBeVisible()
    found.push(...(await violations(page, 'keyboard')))
    await page.keyboard.press('Escape')
    await shell.tasksButton.click()
    await expect(page.getByRole('dialog', { name: 'Tasks' })).toBeVisible()
    found.push(...(await violations(page, 'tasks')))
    expect(found).toEqual([])
  })

  test.describe('in an empty workspace', () => {
    test.use({ filled: false })

    test(`the first screens are free of WCAG violations, ${theme}`, async ({ app }) => {
      const { page } = app
      const shell = new Shell(page)
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      const found: Violation[] = []
      for (const area of ['overview', 'sources'] as const) {
        await shell.goTo(area)
        await shell.expectSettled()
        found.push(...(await violations(page, `empty ${area}`)))
      }
      expect(found).toEqual([])
    })
  })
}
