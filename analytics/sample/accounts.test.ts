import { describe, expect, it } from 'vitest'
import { accountsOfDivision, payer } from './accounts'

describe('accountsOfDivision', () => {
  it('gives every division up to the largest scale twelve ids of its own', () => {
    const ids = Array.from({ length: 200 }, (_, division) =>
      Object.values(accountsOfDivision(division)).map((account) => account.id),
    ).flat()
    expect(new Set([...ids, payer.id]).size).toBe(200 * 12 + 1)
    expect(ids.every((id) => /^\d{12}$/.test(id))).toBe(true)
  })
})
