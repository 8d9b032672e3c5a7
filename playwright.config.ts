import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig, type Project } from '@playwright/test'
import type { DoorOptions } from './e2e/fixtures/app'
import { chromiumLaunch } from './e2e/fixtures/chromium'
import { electronBinary } from './scripts/steps/electron.mjs'

// Workers inherit the environment: all of them copy the one sample workspace that the `sample` project fills.
process.env.FINOPS_E2E_SAMPLE ??= join(tmpdir(), `finops-e2e-sample-${process.pid}`)

function doorProject(door: DoorOptions['door'], testMatch: readonly string[]): Project<DoorOptions> {
  return { name: door, testDir: 'e2e', use: { door }, testMatch: [...testMatch], dependencies: ['sample'] }
}

export default defineConfig<DoorOptions>({
  outputDir: 'test-results/output',
  globalTeardown: './e2e/setup/remove-sample.ts',
  forbidOnly: process.env.CI !== undefined,
  // A window waits for its engine a good part of the time.
  workers: 3,
  fullyParallel: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    launchOptions: chromiumLaunch(),
    screenshot: 'only-on-failure',
    // A trace films every page: a fifth of the time of all.
    trace: process.env.FINOPS_TRACE ? 'retain-on-failure' : 'off',
  },
  projects: [
    { name: 'sample', testDir: 'e2e/setup', testMatch: '*.setup.ts', timeout: 240_000 },
    doorProject('web', ['specs/*.spec.ts', 'web/*.spec.ts']),
    ...(electronBinary() === null ? [] : [doorProject('desktop', ['specs/*.spec.ts'])]),
    { name: 'stand-in', testDir: 'e2e/electron-stand-in' },
  ],
})
