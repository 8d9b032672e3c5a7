import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { describe, expect, it } from 'vitest'
import { underKeyring } from './keyring.mjs'
import { run } from './run.mjs'

describe('a command under a keyring of its own', () => {
  it('keeps its arguments, its exit code and nothing afterwards', async () => {
    const script = 'console.log(process.argv[1]); process.exit(5)'
    const session = await underKeyring([process.execPath, '-e', script, 'two words'], process.env)
    const ran = await run(session.command, { env: session.env })
    expect(ran.code).toBe(5)
    expect(ran.output).toContain('two words\n')
    await session.end()
    if (process.platform === 'linux') expect(existsSync(session.env.XDG_DATA_HOME ?? '')).toBe(false)
  })

  if (process.platform === 'linux') {
    it('has private folders and still finds its display', async () => {
      const around = { ...process.env, XDG_RUNTIME_DIR: '/run/user/1000', WAYLAND_DISPLAY: 'wayland-0' }
      const { env, end } = await underKeyring(['true'], around)
      for (const folder of [env.XDG_DATA_HOME ?? '', env.XDG_RUNTIME_DIR ?? '']) {
        expect(isAbsolute(folder)).toBe(true)
        expect((await stat(folder)).mode & 0o777).toBe(0o700)
      }
      expect(env.WAYLAND_DISPLAY).toBe('/run/user/1000/wayland-0')
      await end()
    })
  }
})
