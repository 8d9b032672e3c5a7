/**
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} notes what the numbers alone do not say
 */

/** @type {Count} */
export const onePassed = { passed: 1, failed: 0, notes: [] }

/**
 * @param {string} note
 * @returns {Count}
 */
export function oneFailed(note) {
  return { passed: 0, failed: 1, notes: [note] }
}

/**
 * @typedef {{ status: string, fullName: string }} VitestCase
 * @typedef {{ name: string, status: string, message?: string, assertionResults: readonly VitestCase[] }} VitestFile
 * @typedef {{ testResults: readonly VitestFile[] }} VitestReport
 */

/**
 * What Vitest's report counts to. A test that did not run did not pass, and a file that could not be loaded holds
 * no test that could fail.
 * @param {VitestReport} report
 * @param {number} code
 * @returns {Count}
 */
export function countVitest(report, code) {
  let passed = 0
  let failed = 0
  /** @type {string[]} */
  const notes = []
  for (const file of report.testResults) {
    const failedBefore = failed
    for (const test of file.assertionResults) {
      if (test.status === 'passed') passed += 1
      else {
        failed += 1
        if (test.status !== 'failed') notes.push(`not run (${test.status}): ${test.fullName} in ${file.name}`)
      }
    }
    if (file.status !== 'passed' && failed === failedBefore) {
      failed += 1
      notes.push(`could not be run: ${file.name}`)
    }
  }
  return withExitCode({ passed, failed, notes }, code)
}

/**
 * @typedef {{ status: string, projectName: string }} PlaywrightTest
 * @typedef {{ title: string, file: string, tests: readonly PlaywrightTest[] }} PlaywrightSpec
 * @typedef {{ specs?: readonly PlaywrightSpec[], suites?: readonly PlaywrightSuite[] }} PlaywrightSuite
 * @typedef {{ suites: readonly PlaywrightSuite[], errors: readonly { message?: string }[] }} PlaywrightReport
 */

/**
 * What Playwright's report counts to, by the same rule.
 * @param {PlaywrightReport} report
 * @param {number} code
 * @returns {Count}
 */
export function countPlaywright(report, code) {
  let passed = 0
  let failed = report.errors.length
  const notes = report.errors.map(
    (error) => `outside any test: ${error.message ?? 'an error without a message'}`,
  )
  /** @param {PlaywrightSuite} suite */
  const visit = (suite) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const name = `${spec.title} (${test.projectName}, ${spec.file})`
        if (test.status === 'expected' || test.status === 'flaky') passed += 1
        else failed += 1
        if (test.status === 'flaky') notes.push(`passed at the second try: ${name}`)
        if (test.status === 'skipped') notes.push(`not run (skipped): ${name}`)
      }
    }
    suite.suites?.forEach(visit)
  }
  report.suites.forEach(visit)
  return withExitCode({ passed, failed, notes }, code)
}

/**
 * @param {Count} count
 * @param {number} code
 * @returns {Count}
 */
function withExitCode(count, code) {
  if (count.passed + count.failed === 0) return oneFailed('No test was found.')
  if (code === 0 || count.failed > 0) return count
  return { ...count, failed: 1, notes: [...count.notes, `ended with code ${code} though no test failed`] }
}

/**
 * @param {readonly Count[]} counts
 */
export function totalLine(counts) {
  const passed = counts.reduce((sum, count) => sum + count.passed, 0)
  const failed = counts.reduce((sum, count) => sum + count.failed, 0)
  return `${passed} passed, ${failed} failed`
}
