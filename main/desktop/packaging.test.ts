import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { extractAll, getRawHeader, listPackage } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fuseDifferences, fusesOf } from '../../scripts/check-fuses.mjs'
import { ensureBuilt } from '../../scripts/steps/build.mjs'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')

/** The table of fuses of a released program; what is on and off is a decision, so it stands here once more. */
const release = {
  runAsNode: false,
  enableCookieEncryption: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
  resetAdHocDarwinSignature: false,
}

/** Marks the fuse wire inside Electron's binary, followed by version, length and one character a fuse. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const asElectronComes = '101100011'

/** What electron-builder looks for in Electron's folder. It is not Electron: only the fuse wire is as there. */
async function stubElectron(folder: string): Promise<void> {
  const version = JSON.parse(await readFile(join(root, 'node_modules/electron/package.json'), 'utf8')).version
  await mkdir(join(folder, 'resources'), { recursive: true })
  await mkdir(join(folder, 'locales'))
  const wire = Buffer.concat([
    Buffer.from(sentinel),
    Buffer.from([1, asElectronComes.length]),
    Buffer.from(asElectronComes),
  ])
  await writeFile(join(folder, 'electron'), Buffer.concat([Buffer.from('stub '), wire, Buffer.alloc(16)]), {
    mode: 0o755,
  })
  await writeFile(join(folder, 'version'), version)
  await writeFile(join(folder, 'LICENSE'), 'stub')
  await writeFile(join(folder, 'LICENSES.chromium.html'), 'stub')
  await writeFile(join(folder, 'chrome-sandbox'), 'stub', { mode: 0o755 })
  await writeFile(join(folder, 'locales', 'en-US.pak'), 'stub')
}

let work = ''
let unpacked = ''
let archive = ''
let names: readonly string[] = []

async function pack(): Promise<string> {
  const cli = join(root, 'node_modules/electron-builder/cli.js')
  const values = [
    ...['--linux', 'dir', '--publish', 'never', '--config', 'electron-builder.yml'],
    `-c.electronDist=${join(work, 'electron')}`,
    `-c.directories.output=${join(work, 'release')}`,
  ]
  try {
    await run(process.execPath, [cli, ...values], { cwd: root, maxBuffer: 64 * 1024 * 1024 })
  } catch (cause) {
    // What went wrong is on its standard output, which the message of a failed command leaves out.
    const said = cause instanceof Error && 'stdout' in cause ? String(cause.stdout) : ''
    throw new Error(`electron-builder failed.\n${said}`, { cause })
  }
  return join(work, 'release', 'linux-unpacked')
}

function unpackedIn(node: object, way: string): string[] {
  if (!('files' in node) || typeof node.files !== 'object' || node.files === null) {
    return 'unpacked' in node && node.unpacked === true ? [way] : []
  }
  return Object.entries(node.files).flatMap(([name, child]) => unpackedIn(child, `${way}/${name}`))
}

beforeAll(async () => {
  await ensureBuilt()
  work = await mkdtemp(join(tmpdir(), 'finops-packaging-'))
  await mkdir(join(work, 'electron'))
  await stubElectron(join(work, 'electron'))
  unpacked = await pack()
  archive = join(unpacked, 'resources', 'app.asar')
  names = listPackage(archive, { isPack: false })
}, 240_000)

afterAll(() => rm(work, { recursive: true, force: true }))

describe('the packed program', () => {
  it.each([
    '/package.json',
    '/out/main/desktop.js',
    '/out/main/engine.js',
    '/out/main/web.js',
    '/out/main/cli.js',
    '/out/preload/index.cjs',
    '/out/renderer/index.html',
    '/node_modules/zod/package.json',
    '/node_modules/commander/package.json',
    '/node_modules/@duckdb/node-api/package.json',
    '/node_modules/@duckdb/node-bindings/package.json',
    '/node_modules/@napi-rs/keyring/package.json',
    '/resources/aws-service-categories.csv',
  ])('holds %s', (name) => {
    expect(names).toContain(name)
  })

  it.each([
    ['sources', /^\/(analytics|main|preload|renderer|e2e|scripts|docs|shared)(\/|$)/],
    ['tests', /^\/(?!node_modules\/).*\.(test|spec)\./],
    ['source maps', /^\/out\/.*\.map$/],
    ['the stamp of the build', /\/\.stamp$/],
    [
      'configuration of tools',
      /^\/(tsconfig|biome|vitest|playwright|electron-builder|electron\.vite|package-lock)/,
    ],
    [
      'tools',
      /^\/node_modules\/(vite|vitest|typescript|electron|electron-builder|@playwright|knip|@biomejs)(\/|$)/,
    ],
    ['what the screens have bundled', /^\/node_modules\/(react|react-dom|d3-shape|tailwindcss)(\/|$)/],
    ['an updater', /electron-updater|app-update\.yml/],
  ])('holds no %s', (_what, pattern) => {
    expect(names.filter((name) => pattern.test(name))).toEqual([])
    expect(existsSync(join(unpacked, 'resources', 'app-update.yml'))).toBe(false)
  })

  it('starts with the desktop door', async () => {
    await mkdir(join(work, 'read'))
    extractAll(archive, join(work, 'read'))
    const description = JSON.parse(await readFile(join(work, 'read', 'package.json'), 'utf8'))
    expect(description).toMatchObject({ main: 'out/main/desktop.js', type: 'module' })
    expect(description.desktopName).toBe('finops-autopilot.desktop')
  })

  it('has its native files beside the archive, where the system can load them', () => {
    const { header } = getRawHeader(archive)
    const outside = unpackedIn(header, '')
    const native = names.filter((name) => /\.(node|so|dylib|dll)$/.test(name))
    expect(native.some((name) => name.endsWith('/duckdb.node'))).toBe(true)
    expect(native.some((name) => name.endsWith('/libduckdb.so'))).toBe(process.platform === 'linux')
    expect(native.some((name) => /keyring.*\.node$/.test(name))).toBe(true)
    expect(native.filter((name) => !outside.includes(name))).toEqual([])
    for (const name of native) expect(existsSync(join(`${archive}.unpacked`, name))).toBe(true)
  })

  it('brings every module that its own modules need', async () => {
    const folder = join(work, 'read')
    const script = `
      import { DuckDBInstance } from '@duckdb/node-api'
      import { Entry } from '@napi-rs/keyring'
      import { Command } from 'commander'
      import { z } from 'zod'
      const connection = await (await DuckDBInstance.create(':memory:')).connect()
      const rows = (await connection.runAndReadAll('SELECT 42 AS answer')).getRowsJson()
      console.log(JSON.stringify([rows, typeof Entry, typeof Command, z.string().parse('read')]))
    `
    await writeFile(join(folder, 'smoke.mjs'), script)
    const { stdout } = await run(process.execPath, ['smoke.mjs'], { cwd: folder })
    expect(JSON.parse(stdout)).toEqual([[[42]], 'function', 'function', 'read'])
  })
})

describe('the fuses', () => {
  const wireOf = async (folder: string) => {
    const program = await readFile(join(folder, 'finops-autopilot'))
    const start = program.indexOf(sentinel) + sentinel.length + 2
    return program.subarray(start, start + asElectronComes.length).toString()
  }

  it('are decided in the configuration as in the table', async () => {
    expect(fusesOf(await readFile(join(root, 'electron-builder.yml'), 'utf8'))).toEqual(release)
  })

  it('are blown into the program', async () => {
    expect(await wireOf(unpacked)).toBe('000011001')
  })

  it('are read back by the check, which names what differs', async () => {
    const check = join(root, 'scripts/check-fuses.mjs')
    const { stdout } = await run(process.execPath, [check, join(unpacked, 'finops-autopilot')])
    expect(stdout).toBe('The fuses are as they should be.\n')
    await expect(run(process.execPath, [check, join(work, 'electron', 'electron')])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('runAsNode is on and should be off.'),
    })
    expect(fuseDifferences(release, {})).toHaveLength(8)
  })

  it('let a debugger in only where end-to-end tests drive a packed program', async () => {
    const text = await readFile(join(root, 'electron-builder.e2e.yml'), 'utf8')
    expect(text).toMatch(/^extends: \.\/electron-builder\.yml$/m)
    expect(text.split('electronFuses:\n')[1]).toBe('  enableNodeCliInspectArguments: true\n')
  })
})

describe('the configuration', () => {
  const text = async () => await readFile(join(root, 'electron-builder.yml'), 'utf8')

  it('publishes nothing and updates nothing', async () => {
    expect(await text()).toMatch(/^publish: null$/m)
    const description = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    const used = Object.keys({ ...description.dependencies, ...description.devDependencies })
    expect(used.filter((name) => /updater|sentry|telemetry/.test(name))).toEqual([])
  })

  it('signs with keys of the environment, never with keys of its own', async () => {
    expect(await text()).toMatch(/^ {2}hardenedRuntime: true$/m)
    expect(await text()).toMatch(/^ {2}notarize: true$/m)
    expect(await text()).not.toMatch(/cscLink|cscKeyPassword|certificate|password|identity/i)
  })

  it('prefers a deb on Linux and never switches the sandbox off', async () => {
    expect(await text()).toMatch(/^linux:\n(.*\n)* {2}target:\n {4}- deb\n/m)
    expect(await text()).not.toMatch(/no-sandbox|executableArgs/)
  })
})
