import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { electronBinary, failedLately, rememberFailureFor, whyNoWindow } from './electron.mjs'

describe('whether a window can be shown', () => {
  it('asks Linux for a display and a user that is not root', () => {
    expect(whyNoWindow('linux', {}, 1000)).toMatch(/no display/)
    expect(whyNoWindow('linux', { DISPLAY: '' }, 1000)).toMatch(/no display/)
    expect(whyNoWindow('linux', { DISPLAY: ':0' }, 0)).toMatch(/\broot\b/)
    expect(whyNoWindow('linux', { DISPLAY: ':0' }, 1000)).toBeNull()
    expect(whyNoWindow('linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000)).toBeNull()
  })

  it('asks nothing of macOS and Windows', () => {
    expect(whyNoWindow('darwin', {}, 501)).toBeNull()
    expect(whyNoWindow('win32', {}, undefined)).toBeNull()
  })
})

describe('the binary of Electron', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'electron package '))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('is missing from the package alone, and where the download was not unpacked', async () => {
    expect(electronBinary(folder, {})).toBeNull()
    await writeFile(join(folder, 'path.txt'), 'electron')
    expect(electronBinary(folder, {})).toBeNull()
  })

  it('is found where the package says, or in the folder named instead', async () => {
    await writeFile(join(folder, 'path.txt'), 'electron')
    for (const part of ['dist', 'elsewhere']) {
      await mkdir(join(folder, part))
      await writeFile(join(folder, part, 'electron'), '')
    }
    expect(electronBinary(folder, {})).toBe(join(folder, 'dist', 'electron'))
    const elsewhere = join(folder, 'elsewhere')
    expect(electronBinary(folder, { ELECTRON_OVERRIDE_DIST_PATH: elsewhere })).toBe(
      join(elsewhere, 'electron'),
    )
  })
})

describe('a download that failed', () => {
  const memory = { version: '45.4.1', failedAt: 1_000_000 }

  it('is not tried again for a week', () => {
    expect(failedLately(memory, '45.4.1', 1_000_000)).toBe(true)
    expect(failedLately(memory, '45.4.1', 1_000_000 + rememberFailureFor - 1)).toBe(true)
    expect(failedLately(memory, '45.4.1', 1_000_000 + rememberFailureFor)).toBe(false)
  })

  it('is tried again for another version, when the clock was set back, and when nothing readable is kept', () => {
    expect(failedLately(memory, '45.4.2', 1_000_000)).toBe(false)
    expect(failedLately(memory, '45.4.1', 999_999)).toBe(false)
    for (const unreadable of [null, 'text', {}, { version: '45.4.1', failedAt: 'lately' }]) {
      expect(failedLately(unreadable, '45.4.1', 1_000_000)).toBe(false)
    }
  })
})
