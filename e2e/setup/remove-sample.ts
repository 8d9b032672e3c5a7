import { rm } from 'node:fs/promises'
import { sampleHome } from '../fixtures/sample'

// biome-ignore lint/style/noDefaultExport: the only form of a teardown that Playwright loads
export default async function removeSample(): Promise<void> {
  await rm(sampleHome(), { recursive: true, force: true })
}
