import { arch, platform, release } from 'node:os'
import type { About, Door } from '../analytics/contract/application'
import packageJson from '../package.json'

export function describeAbout(door: Door, home: string, duckdb: string): About {
  return {
    name: packageJson.productName,
    version: packageJson.version,
    door,
    home,
    platform: `${platform()} ${release()} ${arch()}`,
    node: process.versions.node,
    electron: process.versions.electron ?? null,
    chromium: process.versions.chrome ?? null,
    duckdb,
  }
}
