import { expect, type Locator, type Page } from '@playwright/test'

export class ExplorerPage {
  readonly question: Locator
  readonly chart: Locator
  readonly table: Locator
  readonly crumbs: Locator
  readonly lines: Locator
  readonly viewsButton: Locator

  constructor(private readonly page: Page) {
    this.question = page.getByTestId('question')
    this.chart = page.getByTestId('chart-spend')
    this.table = page.getByTestId('table-spend')
    this.crumbs = page.getByRole('navigation', { name: 'Drill' })
    this.lines = page.getByRole('dialog', { name: 'Line items' })
    this.viewsButton = page.getByRole('button', { name: /^(Saved views|.* · changed)$/ })
  }

  async expectShown(): Promise<void> {
    await expect(this.chart).toBeVisible()
    await expect(this.table).toBeVisible()
    await this.expectSettled()
  }

  async expectSettled(): Promise<void> {
    await expect(this.page.locator('[aria-busy="true"]')).toHaveCount(0)
  }

  part(name: string): Locator {
    return this.question.getByRole('button', { name: new RegExp(`^${name}: `) })
  }

  /** The exact total of a column, as it came from the engine. */
  async total(column: string): Promise<string> {
    const cell = this.table.locator(`[data-total="${column}"] [data-value]`)
    return (await cell.getAttribute('data-value')) ?? ''
  }

  row(name: string): Locator {
    return this.table.locator('tbody tr', { hasText: name })
  }

  menuItem(name: string): Locator {
    return this.page.getByRole('menuitem', { name, exact: true })
  }
}
