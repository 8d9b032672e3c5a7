import { describe, expect, it } from 'vitest'
import { readRoute, writeRoute } from './route'

describe('route', () => {
  it.each([
    ['', { area: 'overview', view: {} }],
    ['#/', { area: 'overview', view: {} }],
    ['#/about', { area: 'about', view: {} }],
    ['#/nowhere?view=table', { area: 'overview', view: { view: 'table' } }],
    [
      '#/overview?highlight=AWS+Lambda&view=table',
      { area: 'overview', view: { highlight: 'AWS Lambda', view: 'table' } },
    ],
  ])('reads %s', (hash, route) => {
    expect(readRoute(hash)).toEqual(route)
  })

  it('reads what it wrote, whatever is in it, and leaves out what is empty', () => {
    const view = { highlight: 'a&b=c?d#e/ü', view: '' }
    expect(readRoute(writeRoute('overview', view))).toEqual({
      area: 'overview',
      view: { highlight: view.highlight },
    })
    expect(writeRoute('sources', { focus: '' })).toBe('#/sources')
  })
})
