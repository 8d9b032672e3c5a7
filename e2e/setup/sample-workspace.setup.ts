import { writeFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { finops } from '../fixtures/program'
import { sampleHome, sampleReportFile, sampleReportSchema, sampleSeed, sampleUntil } from '../fixtures/sample'

test('finops demo fills a workspace with fourteen months of the sample organisation', async () => {
  const answer = await finops(sampleHome(), 'demo', '--until', sampleUntil, '--seed', sampleSeed)
  await writeFile(sampleReportFile(), JSON.stringify(answer))
  // Found once for all specs: each of their windows looks for alerts at its start.
  await finops(sampleHome(), 'anomalies')
  const report = sampleReportSchema.parse(answer)
  expect(report.imports).toHaveLength(14)
  expect(report.warnings).toEqual([])
  for (const period of report.imports) {
    expect(period).toMatchObject({ state: 'new', rejected: 0 })
    expect(period.checks.filter(({ ok }) => !ok)).toEqual([])
  }
})
