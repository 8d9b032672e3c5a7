import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const sources = new Map<string, string>()

beforeAll(async () => {
  for (const room of ['analytics', 'main', 'preload', 'renderer']) {
    for (const entry of await readdir(join(root, room), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      if (!entry.isFile() || !/\.tsx?$/.test(path) || /\.test\.tsx?$|[\\/]testing[\\/]/.test(path)) continue
      sources.set(path.slice(root.length + 1).replaceAll('\\', '/'), await readFile(path, 'utf8'))
    }
  }
})

function filesWith(pattern: RegExp): string[] {
  return [...sources].filter(([, text]) => pattern.test(text)).map(([name]) => name)
}

/** Rules of the checklist that are kept by never doing something. */
describe('no source', () => {
  it('is missed', () => {
    expect([...sources.keys()]).toContain('main/desktop/run.ts')
    expect(sources.size).toBeGreaterThan(40)
  })

  it.each([
    ['opens an address outside the machine', /\bopenExternal\b/],
    ['opens a second window', /\bwindow\.open\(/],
    ['updates itself', /\bautoUpdater\b|electron-updater/],
    [
      'switches the sandbox or the isolation off',
      /no-sandbox|sandbox:\s*false|contextIsolation:\s*false|nodeIntegration:\s*true/,
    ],
    ['goes around the policy of content', /bypassCSP:\s*true|webSecurity:\s*false/],
    [
      'uses the deprecated ways to serve a scheme',
      /registerFileProtocol|interceptFileProtocol|registerStandardSchemes/,
    ],
    ['uses Electron to draw a PDF', /printToPDF/],
    ['uses the store of secrets that Electron 46 removes', /\bsafeStorage\.(?:encrypt|decrypt)String\b/],
    ['uploads a crash', /uploadToServer:\s*true/],
  ])('%s', (_what, pattern) => {
    expect(filesWith(pattern)).toEqual([])
  })

  it('takes Electron but the desktop door and the preload', () => {
    const strangers = filesWith(/from ['"]electron['"]/).filter(
      (name) => !/^(main\/desktop(\.ts|\/)|preload\/)/.test(name),
    )
    expect(strangers).toEqual([])
  })

  it('reads Electron at run time but the two thin entries', () => {
    const values = filesWith(/^import (?:\{[^}]*\}|\* as \w+|\w+) from ['"]electron['"]/m)
    expect(values.sort()).toEqual(['main/desktop.ts', 'preload/index.ts'])
  })
})

describe('the preload', () => {
  it('uses the three pieces of Electron that a sandboxed page may have, and not its clipboard', () => {
    expect(sources.get('preload/index.ts')).toContain(
      "import { contextBridge, ipcRenderer, webUtils } from 'electron'",
    )
    expect(filesWith(/\bclipboard\b.*from ['"]electron['"]/)).toEqual([])
  })
})
