import { writeRoute } from '../../app/route'
import { writeAddress } from '../explorer/address'
import { startState } from '../explorer/state'
import type { By } from './forecast-choice'

/** The month so far of one part against the month before, by what it is made of; null for what no bill has. */
export function driverDoor(by: By, part: string): string | null {
  if (by === 'none' || /^\(.*\)$/.test(part)) return null
  const state = {
    ...startState,
    by: [by === 'service' ? 'usage-type' : 'service'],
    where: [{ dimension: by, operator: '=' as const, value: part }],
    period: { preset: 'month-to-date' as const },
    compare: 'previous' as const,
    sort: [{ column: 'change', direction: 'descending' as const }],
  }
  return writeRoute('explorer', writeAddress(state))
}
