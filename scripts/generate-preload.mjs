import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

/**
 * Writes preload/channels.ts: one named function a channel of the contract. The preload must not load the
 * contract itself, since zod would come with it.
 * `node scripts/generate-preload.mjs` writes it, `--check` only says whether it is fresh.
 */

const root = fileURLToPath(new URL('..', import.meta.url))
const target = join(root, 'preload', 'channels.ts')

/** @param {readonly string[]} names */
export function generatedChannels(names) {
  const lines = names.map((name) => `    '${name}': (callId, input) => invoke('${name}', callId, input),`)
  return `// Generated from analytics/contract/channels.ts by scripts/generate-preload.mjs; run it after a change there.
import type { DesktopBridge } from '../analytics/contract/bridge'
import type { ChannelName, ChannelOutput } from '../analytics/contract/channels'
import type { Result } from '../analytics/contract/result'

export type Invoke = <C extends ChannelName>(
  channel: C,
  callId: string,
  input: unknown,
) => Promise<Result<ChannelOutput<C>>>

export function namedCalls(invoke: Invoke): DesktopBridge['calls'] {
  return {
${lines.join('\n')}
  }
}
`
}

async function contractChannels() {
  const { module } = await runnerImport(join(root, 'analytics', 'contract', 'channels.ts'), {
    root,
    configFile: false,
    logLevel: 'error',
  })
  return /** @type {typeof import('../analytics/contract/channels')} */ (module).channelNames
}

async function main() {
  const text = generatedChannels(await contractChannels())
  if (!process.argv.includes('--check')) {
    await writeFile(target, text)
    return
  }
  const present = await readFile(target, 'utf8').catch(() => '')
  if (present === text) return
  process.stderr.write('preload/channels.ts is stale: run node scripts/generate-preload.mjs\n')
  process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
