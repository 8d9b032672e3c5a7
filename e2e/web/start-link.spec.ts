import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from '@playwright/test'
import { expect, test } from '../fixtures/app'
import { startProgram, untilProgramEnds } from '../fixtures/program'
import { DoctorPage } from '../pages/doctor'
import { OverviewPage } from '../pages/overview'
import { Shell } from '../pages/shell'

/** The link that a second start prints: a fresh one, to the program that is open. */
async function freshLink(home: string): Promise<string> {
  const { stderr } = await untilProgramEnds(startProgram('web.js', ['--no-open'], home))
  const link = /http:\/\/127\.0\.0\.1:\d+\/start\?token=[\w-]+/.exec(stderr)?.[0]
  if (link === undefined) throw new Error(`There is no link in: ${stderr}`)
  return link
}

test.use({ filled: false })

test('a second start prints a link that opens a second window, once, and also from elsewhere', async ({
  app,
}) => {
  const browser = app.page.context().browser()
  if (browser === null) throw new Error('The web door is looked at with a browser.')
  const link = await freshLink(app.home)
  const other = await browser.newContext()
  const page = await other.newPage()
  await page.goto(link)
  await expect(new OverviewPage(page).fillButton).toBeVisible()
  expect(page.url()).not.toContain('token')
  await other.close()

  const late = await browser.newContext()
  const refused = await late.newPage()
  const answer = await refused.goto(link)
  expect(answer?.status()).toBe(401)
  await expect(refused.getByRole('heading')).toHaveText('This window needs a fresh link')
  await late.close()

  // A link on another site, and on another port of the same address.
  for (const host of ['localhost', '127.0.0.1']) await opensFrom(host, browser, await freshLink(app.home))
})

async function opensFrom(host: string, browser: Browser, link: string): Promise<void> {
  const elsewhere = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end(`<!doctype html><title>Elsewhere</title><a href="${link}">Open</a>`)
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, host, resolve))
  const { port } = elsewhere.address() as AddressInfo
  const context = await browser.newContext()
  const page = await context.newPage()
  const overview = new OverviewPage(page)
  await page.goto(`http://${host}:${port}/`)
  await page.getByRole('link', { name: 'Open' }).click()
  await expect(overview.fillButton).toBeVisible()
  await page.reload()
  await expect(overview.fillButton).toBeVisible()
  await context.close()
  elsewhere.close()
}

test('a window whose session is gone says how to get a fresh link', async ({ app }) => {
  app.console.expect(/401/)
  const about = new DoctorPage(app.page)
  await new Shell(app.page).goTo('about')
  await expect(about.checks.first()).toBeVisible()
  await app.page.context().clearCookies()
  await about.runAgain.click()
  await expect(app.page.getByRole('heading', { name: 'This page is no longer signed in' })).toBeVisible()
})
