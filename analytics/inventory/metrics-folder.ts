import { join } from 'node:path'

/** Points by account and day, and which time of which metric they were asked for. */
export function metricsFolder(home: string): string {
  return join(home, 'metrics')
}
