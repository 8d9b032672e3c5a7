import { expect, type Locator, type Page } from '@playwright/test'

const areaTitles = {
  overview: 'Overview',
  explorer: 'Explorer',
  allocation: 'Allocation',
  units: 'Unit economics',
  tags: 'Tags',
  reports: 'Reports',
  budgets: 'Budgets',
  forecast: 'Forecast',
  anomalies: 'Anomalies',
  recommendations: 'Recommendations',
  commitments: 'Commitments',
  approvals: 'Approvals',
  sources: 'Data sources',
  connections: 'Connections',
  inventory: 'Inventory',
  about: 'About',
} as const
export type AreaName = keyof typeof areaTitles
export const areaNames = Object.keys(areaTitles) as readonly AreaName[]

/** What is around every screen. */
export class Shell {
  readonly areas: Locator
  readonly heading: Locator
  readonly palette: Locator
  readonly keyboardMap: Locator
  readonly tasksButton: Locator
  readonly root: Locator

  constructor(private readonly page: Page) {
    this.areas = page.getByRole('navigation', { name: 'Areas' })
    this.heading = page.getByRole('main').getByRole('heading', { level: 1 })
    this.palette = page.getByRole('dialog', { name: 'Commands' })
    this.keyboardMap = page.getByRole('dialog', { name: 'Keyboard' })
    this.tasksButton = page.getByRole('button', { name: /^Tasks/ })
    this.root = page.locator('html')
  }

  link(area: AreaName): Locator {
    return this.areas.getByRole('link', { name: areaTitles[area], exact: true })
  }

  async goTo(area: AreaName): Promise<void> {
    await this.link(area).click()
    await this.expectArea(area)
    await expect(this.page).toHaveURL(new RegExp(`#/${area}(\\?|$)`))
  }

  async expectArea(area: AreaName): Promise<void> {
    await expect(this.heading).toHaveText(areaTitles[area])
    await expect(this.link(area)).toHaveAttribute('aria-current', 'page')
  }

  async openPalette(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k')
    await expect(this.palette).toBeVisible()
  }

  /** Types into the palette and runs the command that is left first. */
  async run(words: string): Promise<void> {
    await this.openPalette()
    await this.page.keyboard.type(words)
    await expect(this.palette.getByRole('option').first()).toContainText(words)
    await this.page.keyboard.press('Enter')
    await expect(this.palette).toBeHidden()
  }

  async expectWorkBegun(): Promise<void> {
    await expect(this.tasksButton).toHaveAccessibleName(/1 running/)
  }

  async expectWorkDone(timeout: number): Promise<void> {
    await expect(this.tasksButton).toHaveAccessibleName('Tasks', { timeout })
  }

  /** Nothing is being loaded or computed any more, as far as a person can see. */
  async expectSettled(): Promise<void> {
    await expect(this.heading).toBeVisible()
    // What stands in for a screen or an answer says nothing of its own.
    const waiting = this.page.locator('[aria-busy="true"], [data-skeleton]')
    await expect(waiting).toHaveCount(0, { timeout: 120_000 })
  }
}
