import type { Locator, Page } from '@playwright/test'

/** About: what runs where, and whether it is well. */
export class DoctorPage {
  readonly runAgain: Locator
  readonly checks: Locator

  constructor(page: Page) {
    this.runAgain = page.getByRole('main').getByRole('button', { name: 'Run again' })
    this.checks = page.getByTestId('checks').getByRole('listitem')
  }
}
