import type { Filter } from '../../../analytics/contract/dimensions'
import type { Overview } from '../../../analytics/contract/overview'
import { writeRoute } from '../../app/route'
import { writeAddress } from '../explorer/address'
import { type ExplorerState, startState } from '../explorer/state'

/** The way from a figure to the question that it answers. */
function explorerDoor(question: Partial<ExplorerState>): string {
  return writeRoute('explorer', writeAddress({ ...startState, ...question }))
}

const is = (dimension: string, value: string): Filter => ({ dimension, operator: '=', value })

export const monthDoor = explorerDoor({ period: { preset: 'month-to-date' }, compare: 'previous' })
export const lastMonthDoor = explorerDoor({ period: { preset: 'last-month' } })
export const yearDoor = explorerDoor({ period: { preset: 'year-to-date' }, compare: 'year', grain: 'month' })
export const savingsDoor = explorerDoor({
  measures: ['savings', 'savings-rate', 'effective', 'list'],
  period: { preset: 'month-to-date' },
})
export const forecastDoor = writeRoute('forecast')
export const budgetsDoor = writeRoute('budgets')

export function sameDaysDoor({ before }: Overview): string {
  return explorerDoor({ period: before })
}

export function ownerDoor(tag: string): string {
  return explorerDoor({ by: [tag], period: { preset: 'month-to-date' } })
}

/** What moved of one thing, by what it is made of. */
export function moverDoor(dimension: 'service' | 'account', value: string): string {
  return explorerDoor({
    by: [dimension === 'service' ? 'usage-type' : 'service'],
    where: [is(dimension, value)],
    period: { preset: 'month-to-date' },
    compare: 'previous',
    sort: [{ column: 'change', direction: 'descending' }],
  })
}

export function usageTypeDoor(dimension: 'service' | 'account', value: string, usageType: string): string {
  return explorerDoor({
    by: ['resource'],
    where: [is(dimension, value), is('usage-type', usageType)],
    period: { preset: 'month-to-date' },
    compare: 'previous',
  })
}

export function anomalyDoor(id: string): string {
  return writeRoute('anomalies', { anomaly: id })
}
