import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../steps/root.mjs'
import { run } from '../steps/run.mjs'
import { toolCommand as tool } from '../steps/tools.mjs'
import { oneFailed, onePassed } from './counts.mjs'

const limit = 5 * 60_000

/**
 * What is checked without running the program: each a name and the commands that have to end well. The longest
 * come first, so that two at a time end together.
 * @type {readonly { name: string, commands: () => readonly (readonly string[])[] }[]}
 */
export const staticChecks = [
  { name: 'type-check', commands: () => [[...tool('typescript-native', 'tsc'), '-p', '.']] },
  {
    name: 'type-check of the renderer',
    commands: () => [[...tool('typescript-native', 'tsc'), '-p', 'renderer']],
  },
  {
    name: 'dependency direction',
    commands: () => [
      [...tool('dependency-cruiser', 'depcruise'), 'analytics', 'main', 'preload', 'renderer', 'e2e'],
    ],
  },
  { name: 'unused code', commands: () => [[...tool('knip', 'knip'), '--no-progress']] },
  { name: 'lint and format', commands: () => [[...tool('@biomejs/biome', 'biome'), 'ci', '.']] },
  {
    name: 'generated files',
    commands: () => generators().map((file) => [process.execPath, join('scripts', file), '--check']),
  },
]

/** Every generator answers `--check` with whether what it wrote is fresh. */
function generators() {
  return readdirSync(join(root, 'scripts')).filter((file) => /^generate-.*\.mjs$/.test(file))
}

/** @param {typeof staticChecks[number]} check */
export async function runStatic(check) {
  for (const command of check.commands()) {
    const ran = await run(command, { cwd: root, limit })
    if (ran.late) return oneFailed(`took more than ${limit / 60_000} minutes`)
    if (ran.code !== 0) return oneFailed(ran.output)
  }
  return onePassed
}
