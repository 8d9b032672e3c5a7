import { expect, type Locator, type Page } from '@playwright/test'

export class SourcesPage {
  readonly path: Locator
  readonly importButton: Locator
  readonly files: Locator
  readonly folder: Locator
  /** Over the screen while files hang over it. */
  readonly dropTarget: Locator
  /** What the last import did. */
  readonly results: Locator

  constructor(readonly page: Page) {
    this.path = page.getByLabel('Path of a billing export')
    this.importButton = page.getByRole('main').getByRole('button', { name: 'Import', exact: true })
    this.files = page.getByLabel('Files of a billing export')
    this.folder = page.getByLabel('Folder of a billing export')
    this.dropTarget = page.getByTestId('drop-target')
    this.results = page.getByRole('region', { name: 'Result of the import' }).first()
  }

  async import(path: string): Promise<void> {
    await this.path.fill(path)
    await this.importButton.click()
  }

  async expectImported(periods: number): Promise<void> {
    await expect(this.results).toContainText(`${periods} periods read`, { timeout: 120_000 })
  }
}
