import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Reads the fuses of a packed program back and holds them against electron-builder.yml:
 * `node scripts/check-fuses.mjs "dist/linux-unpacked/finops-autopilot"`.
 */

/** In the order of Electron's fuse wire. */
const wire = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
  'wasmTrapHandlers',
]

/** What electron-builder cannot set keeps Electron's default. */
const defaults = { wasmTrapHandlers: true }

/**
 * The block `electronFuses` of a configuration file.
 * @param {string} text
 * @returns {Readonly<Record<string, boolean>>}
 */
export function fusesOf(text) {
  const block = /^electronFuses:\n((?: {2}\w+: (?:true|false)\n)+)/m.exec(text)
  const lines = (block?.[1] ?? '').trim().split('\n')
  return Object.fromEntries(
    lines.map((line) => line.trim().split(': ')).map(([name, value]) => [name, value === 'true']),
  )
}

/**
 * What differs, one sentence each. `states` are the bytes of the wire: "1" is on, "0" is off, "r" was removed.
 * @param {Readonly<Record<string, boolean>>} wanted
 * @param {Readonly<Record<number, number>>} states
 */
export function fuseDifferences(wanted, states) {
  /** @type {Record<string, boolean>} */
  const all = { ...defaults, ...wanted }
  return wire.flatMap((name, place) => {
    const state = states[place]
    if (state === undefined) return name in defaults ? [] : [`${name} is missing in the program.`]
    const on = String.fromCharCode(state) === '1'
    return on === all[name] ? [] : [`${name} is ${on ? 'on' : 'off'} and should be ${on ? 'off' : 'on'}.`]
  })
}

async function main() {
  const program = process.argv[2]
  if (program === undefined) {
    process.stderr.write('Usage: node scripts/check-fuses.mjs PATH_OF_THE_PACKED_PROGRAM\n')
    process.exitCode = 2
    return
  }
  const { getCurrentFuseWire } = await import('@electron/fuses')
  const configuration = join(fileURLToPath(new URL('..', import.meta.url)), 'electron-builder.yml')
  const wanted = fusesOf(await readFile(configuration, 'utf8'))
  const differences = fuseDifferences(wanted, { ...(await getCurrentFuseWire(program)) })
  for (const difference of differences) process.stderr.write(`${difference}\n`)
  if (differences.length > 0) process.exitCode = 1
  else process.stdout.write('The fuses are as they should be.\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
