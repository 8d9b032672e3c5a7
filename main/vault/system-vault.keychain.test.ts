import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SystemVault } from './system-vault'
import { behavesLikeAVault } from './vault-behaviour'

/** Not the name the application files its entries under: the store may be that of the person at the machine. */
const service = 'FinOps Autopilot test'
const root = join(import.meta.dirname, '..', '..')

describe('the store of this machine', () => {
  it('is there (on Linux: an unlocked Secret Service, which `npm test` starts for itself)', async () => {
    const status = await new SystemVault({ service }).status()
    expect(status).toEqual({ kind: 'ready', backend: expect.any(String) })
  })

  it('keeps a secret for another opening of the vault', async () => {
    const name = `test ${crypto.randomUUID()}`
    await new SystemVault({ service }).put(name, 'kept')
    expect(await new SystemVault({ service }).get(name)).toEqual({ ok: true, value: 'kept' })
    expect(await new SystemVault({ service: `${service} other` }).get(name)).toEqual({
      ok: true,
      value: null,
    })
    expect(await new SystemVault({ service }).forget(name)).toEqual({ ok: true, value: true })
  })
})

behavesLikeAVault('the vault on the store of this machine', () => new SystemVault({ service }))

// What a session bus without a keyring answers can only be asked where there is such a bus.
if (process.platform === 'linux') {
  describe('a Linux process', () => {
    let folder: string
    let probe: string

    beforeAll(async () => {
      // Inside the checkout, so that the built file finds the native module where the program finds it.
      await mkdir(join(root, 'node_modules', '.cache'), { recursive: true })
      folder = await mkdtemp(join(root, 'node_modules', '.cache', 'vault-probe-'))
      const entry = join(folder, 'probe.ts')
      await writeFile(
        entry,
        `import { SystemVault } from ${JSON.stringify(join(import.meta.dirname, 'system-vault.ts'))}
const vault = new SystemVault({ service: ${JSON.stringify(service)} })
const steps = {
  status: () => vault.status(),
  put: () => vault.put('probe', 'top-secret'),
  get: () => vault.get('probe'),
  forget: () => vault.forget('probe'),
}
const answers = {}
for (const step of process.argv.slice(2)) answers[step] = await steps[step]()
process.stdout.write(JSON.stringify(answers))`,
      )
      await build({
        configFile: false,
        logLevel: 'silent',
        root: folder,
        build: {
          ssr: entry,
          outDir: join(folder, 'built'),
          target: 'node20',
          rollupOptions: { output: { entryFileNames: 'probe.mjs' } },
        },
      })
      probe = join(folder, 'built', 'probe.mjs')
    })

    afterAll(() => rm(folder, { recursive: true, force: true }))

    /** Runs the probe in an environment of its own, so that nothing of the session around the tests is seen. */
    async function answersUnder(home: string, command: readonly string[]): Promise<unknown> {
      const [file = '', ...args] = command
      const { stdout } = await promisify(execFile)(file, args, {
        env: {
          PATH: process.env.PATH,
          HOME: home,
          XDG_DATA_HOME: join(home, 'data'),
          XDG_RUNTIME_DIR: join(home, 'runtime'),
        },
      })
      expect(stdout.replaceAll('"value":"top-secret"', '')).not.toContain('top-secret')
      return JSON.parse(stdout)
    }

    async function inPrivate<T>(work: (home: string) => Promise<T>): Promise<T> {
      const home = await mkdtemp(join(tmpdir(), 'finops-vault-'))
      try {
        for (const part of ['data', 'runtime']) {
          await mkdir(join(home, part))
          await chmod(join(home, part), 0o700)
        }
        return await work(home)
      } finally {
        await rm(home, { recursive: true, force: true })
      }
    }

    const node = (steps = ['status', 'put', 'get', 'forget']) => [process.execPath, probe, ...steps]
    const unlocking = (password: string, steps?: string[]) => [
      'dbus-run-session',
      '--',
      'bash',
      '-c',
      `printf %s ${password} | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"`,
      'bash',
      ...node(steps),
    ]
    const refusedWith = (code: string) => ({ ok: false, failure: { code, hint: expect.any(String) } })

    it('without a session bus is told that there is no store', async () => {
      const answers = await inPrivate((home) => answersUnder(home, node()))
      const refused = refusedWith('vault-no-store')
      expect(answers).toMatchObject({
        status: { kind: 'no-store' },
        put: refused,
        get: refused,
        forget: refused,
      })
    })

    it('with a bus and a store but no default keyring is told that there is no store, not that it is empty', async () => {
      const answers = await inPrivate((home) => answersUnder(home, ['dbus-run-session', '--', ...node()]))
      const refused = refusedWith('vault-no-store')
      expect(answers).toMatchObject({
        status: { kind: 'no-store', reason: expect.stringContaining('default keyring') },
        put: refused,
        get: refused,
        forget: refused,
      })
    })

    it('with a locked keyring is told that it is locked, and finds its secrets again once it is not', async () => {
      await inPrivate(async (home) => {
        const kept = { get: { ok: true, value: 'top-secret' } }
        expect(await answersUnder(home, unlocking('right', ['put', 'get']))).toMatchObject(kept)
        const refused = refusedWith('vault-locked')
        expect(
          await answersUnder(home, unlocking('wrong', ['status', 'get', 'put', 'forget'])),
        ).toMatchObject({
          status: { kind: 'locked' },
          put: refused,
          get: refused,
          forget: refused,
        })
        expect(await answersUnder(home, unlocking('right', ['get']))).toMatchObject(kept)
      })
    })
  })
}
