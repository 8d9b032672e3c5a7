import { describe, expect, it } from 'vitest'
import { readRoute } from '../../app/route'
import { readAddress } from '../explorer/address'
import { explorerLink } from './explorer-link'

const anomaly = {
  scope: [
    { dimension: 'account', value: '1' },
    { dimension: 'service', value: 'Amazon EC2' },
  ],
  start: '2026-09-20',
  end: '2026-09-22',
}

const opened = (link: string) => {
  const { area, view } = readRoute(link)
  expect(area).toBe('explorer')
  const { state, unread } = readAddress(view)
  expect(unread).toEqual([])
  return state
}

describe('the way to Explorer', () => {
  it('shows the days around it with the filters it was found with', () => {
    expect(opened(explorerLink(anomaly))).toMatchObject({
      by: ['region'],
      grain: 'day',
      period: { from: '2026-09-06', to: '2026-10-06' },
      where: [
        { dimension: 'charge-category', operator: '=', value: 'Usage' },
        { dimension: 'account', operator: '=', value: '1' },
        { dimension: 'service', operator: '=', value: 'Amazon EC2' },
      ],
    })
  })

  it('narrows to a cause, and not twice to the same dimension', () => {
    const usageType = { dimension: 'usage-type', value: 'BoxUsage:p4d' }
    expect(opened(explorerLink(anomaly, usageType)).where.at(-1)).toEqual({ ...usageType, operator: '=' })
    expect(opened(explorerLink(anomaly, { dimension: 'account', value: '1' })).where).toHaveLength(3)
  })
})
