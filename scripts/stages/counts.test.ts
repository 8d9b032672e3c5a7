import { describe, expect, it } from 'vitest'
import { countPlaywright, countVitest, oneFailed, onePassed, totalLine } from './counts.mjs'
import { fewAtATime, outcomeLine } from './stage.mjs'

const file = (status: string, ...tests: readonly string[]) => ({
  name: 'x.test.ts',
  status,
  assertionResults: tests.map((state, index) => ({ status: state, fullName: `test ${index}` })),
})

describe("the count of Vitest's report", () => {
  it('adds up the tests of all files', () => {
    const report = { testResults: [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed')] }
    expect(countVitest(report, 1)).toEqual({ passed: 3, failed: 1, notes: [] })
  })

  it('counts a test that did not run as failed and names it', () => {
    const report = { testResults: [file('passed', 'passed', 'skipped', 'todo')] }
    const count = countVitest(report, 0)
    expect(count).toMatchObject({ passed: 1, failed: 2 })
    expect(count.notes).toEqual([
      'not run (skipped): test 1 in x.test.ts',
      'not run (todo): test 2 in x.test.ts',
    ])
  })

  it('counts a file that could not be loaded', () => {
    const report = { testResults: [file('passed', 'passed'), file('failed')] }
    expect(countVitest(report, 1)).toEqual({ passed: 1, failed: 1, notes: ['could not be run: x.test.ts'] })
  })

  it('believes the exit code when no test failed, and does not take nothing for success', () => {
    expect(countVitest({ testResults: [file('passed', 'passed')] }, 1)).toMatchObject({
      passed: 1,
      failed: 1,
    })
    expect(countVitest({ testResults: [] }, 0)).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe("the count of Playwright's report", () => {
  const spec = (title: string, ...states: readonly string[]) => ({
    title,
    file: 'x.spec.ts',
    tests: states.map((status) => ({ status, projectName: 'web' })),
  })

  it('adds up the tests of all suites and projects', () => {
    const inner = { specs: [spec('b', 'expected', 'unexpected')] }
    const report = { errors: [], suites: [{ specs: [spec('a', 'expected')], suites: [inner] }, {}] }
    expect(countPlaywright(report, 1)).toEqual({ passed: 2, failed: 1, notes: [] })
  })

  it('counts a test that did not run as failed, and names it and what passed at the second try', () => {
    const count = countPlaywright({ errors: [], suites: [{ specs: [spec('a', 'skipped', 'flaky')] }] }, 0)
    expect(count).toMatchObject({ passed: 1, failed: 1 })
    expect(count.notes).toEqual([
      'not run (skipped): a (web, x.spec.ts)',
      'passed at the second try: a (web, x.spec.ts)',
    ])
  })

  it('counts an error outside any test', () => {
    const report = { errors: [{ message: 'No browser' }], suites: [{ specs: [spec('a', 'expected')] }] }
    expect(countPlaywright(report, 1)).toEqual({
      passed: 1,
      failed: 1,
      notes: ['outside any test: No browser'],
    })
  })
})

describe('the summary', () => {
  it('ends with the sum of all stages', () => {
    const counts = [onePassed, oneFailed('why'), { passed: 40, failed: 2, notes: [] }]
    expect(totalLine(counts)).toBe('41 passed, 3 failed')
  })

  it('gives a stage of tests its numbers and any stage its time', () => {
    expect(outcomeLine({ name: 'lint', count: onePassed, seconds: 1.25 })).toMatch(
      /^passed {2}lint +1\.[23] s$/,
    )
    const tests = { name: 'tests', count: { passed: 3, failed: 1, notes: [] }, seconds: 2 }
    expect(outcomeLine(tests)).toMatch(/^FAILED {2}tests +2\.0 s {2}3 passed, 1 failed$/)
  })

  it('keeps the order of the stages however long each takes', async () => {
    let running = 0
    let most = 0
    const work = (answer: string, turns: number) => async () => {
      running += 1
      most = Math.max(most, running)
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      return answer
    }
    expect(await fewAtATime([work('a', 9), work('b', 1), work('c', 3)], 2)).toEqual(['a', 'b', 'c'])
    expect(most).toBe(2)
  })
})
