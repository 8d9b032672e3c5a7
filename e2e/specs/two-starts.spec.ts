import { expect, test } from '../fixtures/app'
import { askFigures } from '../fixtures/asked'
import { startProgram, untilProgramEnds } from '../fixtures/program'
import { OverviewPage } from '../pages/overview'

test('a second start on an open workspace is told so, and the first goes on undisturbed', async ({ app }) => {
  const overview = new OverviewPage(app.page)
  await overview.expectFilled()
  const before = await overview.figures()
  const figures = await askFigures(app.home)

  const second = await untilProgramEnds(startProgram('web.js', ['--no-open'], app.home))
  expect(second.code).toBe(3)
  expect(second.stdout).toBe('')
  expect(second.stderr).toContain(app.home)
  expect(second.stderr).toContain('already open')

  const forProgram = await untilProgramEnds(startProgram('web.js', ['--no-open', '--json'], app.home))
  expect(forProgram.code).toBe(3)
  expect(JSON.parse(forProgram.stdout)).toMatchObject({ error: { code: 'workspace-in-use' } })

  await app.page.reload()
  await overview.expectFilled()
  expect(await overview.figures()).toEqual(before)
  expect(await askFigures(app.home)).toEqual(figures)
})
