import { expect, type Locator, type Page } from '@playwright/test'

const figureNames = [
  'figure-month-to-date',
  'figure-same-days',
  'figure-last-month',
  'figure-year-to-date',
  'figure-savings-rate',
] as const
export type FigureName = (typeof figureNames)[number]
export type Figures = Readonly<Record<FigureName, string>>

export class OverviewPage {
  readonly chart: Locator
  readonly movers: Locator
  readonly fillButton: Locator
  /** The titles of the parts in sight, in their order. */
  readonly parts: Locator

  constructor(private readonly page: Page) {
    this.chart = page.getByTestId('chart-services')
    this.movers = page.getByTestId('movers')
    this.parts = page.getByRole('main').getByRole('heading', { level: 2 })
    this.fillButton = page.getByRole('main').getByRole('button', { name: 'Fill with sample data' })
  }

  async arrange(how: (page: Page) => Promise<void>): Promise<void> {
    await this.page.getByRole('button', { name: 'Arrange' }).click()
    await how(this.page)
    await this.page.getByRole('button', { name: 'Done' }).click()
  }

  figure(name: FigureName): Locator {
    return this.page.getByTestId(name)
  }

  async expectFilled(timeout = 15_000): Promise<void> {
    await expect(this.figure('figure-month-to-date')).toBeVisible({ timeout })
    await expect(this.chart).toBeVisible({ timeout })
  }

  /** The exact figures, as they came from the engine. */
  async figures(): Promise<Figures> {
    const values = await Promise.all(
      figureNames.map(
        async (name) => [name, (await this.figure(name).getAttribute('data-value')) ?? ''] as const,
      ),
    )
    return Object.fromEntries(values) as Figures
  }
}
