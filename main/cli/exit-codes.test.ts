import { describe, expect, it } from 'vitest'
import { failure } from '../../analytics/contract/result'
import { exitCodeOf } from './exit-codes'

describe('the exit code of a failure', () => {
  it.each([
    ['cancelled', 130],
    ['usage', 2],
    ['invalid-input', 2],
    ['unknown-channel', 2],
    ['empty-period', 2],
    ['unexpected', 1],
    ['engine-stopped', 1],
    ['engine-unavailable', 1],
    ['workspace-in-use', 3],
    ['path-not-found', 3],
    ['disk-full', 3],
    ['a code of tomorrow', 3],
  ])('%s is %i', (code, exit) => {
    expect(exitCodeOf(failure(code, 'It failed.'))).toBe(exit)
  })
})
