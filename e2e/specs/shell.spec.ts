import { expect, test } from '../fixtures/app'
import { DoctorPage } from '../pages/doctor'
import { OverviewPage } from '../pages/overview'
import { areaNames, Shell } from '../pages/shell'

test('the rail leads to every area, and palette and keys lead there too', async ({ app }) => {
  const shell = new Shell(app.page)
  await expect(shell.areas.getByRole('link')).toHaveCount(areaNames.length)
  for (const area of areaNames) await shell.goTo(area)

  await shell.run('Data sources')
  await shell.expectArea('sources')
  await shell.openPalette()
  await app.page.keyboard.press('Escape')
  await expect(shell.palette).toBeHidden()
  await shell.expectArea('sources')

  await app.page.keyboard.press('?')
  await expect(shell.keyboardMap).toBeVisible()
  await expect(shell.keyboardMap).toContainText('Show commands')
  await app.page.keyboard.press('Escape')
  await expect(shell.keyboardMap).toBeHidden()
  await app.page.keyboard.press('g')
  await app.page.keyboard.press('a')
  await shell.expectArea('about')
})

test('theme, density of rows and the parts of Overview are chosen, and the choices outlive a restart', async ({
  app,
}) => {
  const { root } = new Shell(app.page)
  await app.page.emulateMedia({ colorScheme: 'dark' })
  await expect(root).toHaveAttribute('data-theme', 'dark')
  await app.page.emulateMedia({ colorScheme: 'light' })
  await expect(root).toHaveAttribute('data-theme', 'light')
  await new Shell(app.page).run('Theme: dark')
  await expect(root).toHaveAttribute('data-theme', 'dark')

  await expect(root).toHaveAttribute('data-density', 'comfortable')
  await app.page.keyboard.press('d')
  await expect(root).toHaveAttribute('data-density', 'compact')

  const parts = ['What moved', 'Spend by service', 'Anomalies to judge']
  const overview = new OverviewPage(app.page)
  await overview.arrange(async (page) => {
    await page.getByRole('button', { name: 'Hide Data', exact: true }).press('Enter')
    await page.getByRole('button', { name: 'Move What moved' }).press('ArrowUp')
  })
  await expect(overview.parts).toHaveText(parts)

  await app.restart()
  const again = new Shell(app.page)
  await expect(again.root).toHaveAttribute('data-theme', 'dark')
  await expect(again.root).toHaveAttribute('data-density', 'compact')
  await expect(new OverviewPage(app.page).parts).toHaveText(parts)
})

test('long work is seen in the task centre and can be cancelled there, without a trace in the figures', async ({
  app,
}) => {
  const shell = new Shell(app.page)
  const overview = new OverviewPage(app.page)
  await overview.expectFilled()
  const before = await overview.figures()
  await shell.run('Fill with sample data')
  await shell.expectWorkBegun()
  await shell.tasksButton.click()
  const tasks = app.page.getByRole('dialog', { name: 'Tasks' }).getByRole('listitem')
  const task = tasks.filter({ hasText: 'sample' })
  await expect(task.getByRole('progressbar')).toBeVisible()
  await task.getByRole('button', { name: 'Cancel' }).click()
  await expect(task).toContainText(/cancelled/i)
  await expect(shell.tasksButton).toHaveAccessibleName('Tasks')
  await app.page.keyboard.press('Escape')
  await shell.expectSettled()
  expect(await overview.figures()).toEqual(before)
})

test.describe('in an empty workspace', () => {
  test.use({ filled: false })

  test('About says what runs where and whether it is well, and looks again when asked', async ({ app }) => {
    const about = new DoctorPage(app.page)
    await new Shell(app.page).goTo('about')
    await expect(app.page.getByRole('main')).toContainText(app.home)
    await expect(about.checks.filter({ hasText: 'engine' })).toContainText('ok')
    await about.runAgain.click()
    await expect(about.runAgain).toBeEnabled()
    await expect(about.checks.filter({ hasText: 'engine' })).toContainText('ok')
  })
})
