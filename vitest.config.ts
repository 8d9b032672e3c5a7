import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

/** Puts another module in the place of one of Node's, which only works where nobody has read it yet. */
const replacing = 'main/sync/mirror.test.ts'
/** Use the one keyring of the session: its daemon has ended under the calls of two files at once. */
const keychain = 'main/**/*.keychain.test.ts'
const apart = [replacing, keychain]

const common = {
  environment: 'node',
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // The machine may be busy: what is waited for comes, but not within a second.
  expect: { poll: { timeout: 30_000 } },
} as const

export default defineConfig({
  test: {
    // Many tests wait for a process of their own: half as many again as there are cores keep these at work.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    projects: [
      {
        test: {
          ...common,
          name: 'node',
          // No test here changes what modules hold: they are read once and not for each of two hundred files.
          isolate: false,
          include: ['{analytics,main,preload,scripts}/**/*.test.ts'],
          exclude: apart,
        },
      },
      // One file at a time, when the others are through.
      { test: { ...common, name: 'apart', include: apart, maxWorkers: 1, sequence: { groupOrder: 1 } } },
      {
        plugins: [react()],
        test: {
          name: 'renderer',
          environment: 'jsdom',
          // As above; each test clears the page and the stores it used.
          isolate: false,
          include: ['renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['renderer/test-setup.ts'],
        },
      },
    ],
  },
})
