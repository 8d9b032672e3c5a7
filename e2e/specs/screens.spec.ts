import { join } from 'node:path'
import { expect, test } from '../fixtures/app'
import { root } from '../fixtures/program'
import { OverviewPage } from '../pages/overview'
import { areaNames, Shell } from '../pages/shell'

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

for (const theme of ['light', 'dark'] as const) {
  for (const { width, height } of sizes) {
    test(`every screen fits ${width} by ${height}, ${theme}`, async ({ app }) => {
      test.setTimeout(180_000)
      const { page } = app
      const shell = new Shell(page)
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height })
      await new OverviewPage(page).expectFilled()
      const folder = join(root, 'test-results', 'screens', `${width}x${height}-${theme}`)
      for (const area of areaNames) {
        await shell.goTo(area)
        await shell.expectSettled()
        await page.screenshot({ path: join(folder, `${area}.png`), animations: 'disabled' })
        const overflow = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        )
        expect(overflow, `${area} does not scroll sideways`).toBe(0)
      }
    })
  }
}
