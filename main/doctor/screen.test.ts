import { chmod, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolders } from '../testing/temporary-folder'
import { describeScreen } from './screen'

const newFolder = temporaryFolders('screen')

describe('what shows the screens', () => {
  it('is the browser that is found on the path', async () => {
    const [empty, full] = [await newFolder(), await newFolder()]
    await writeFile(join(full, 'firefox'), '#!/bin/sh\n')
    await chmod(join(full, 'firefox'), 0o755)
    const check = await describeScreen('cli', { PATH: [empty, full].join(delimiter) }, 'linux')
    expect(check).toEqual({
      name: 'screen',
      ok: true,
      detail: `${join(full, 'firefox')} can show the screens: finops serve`,
    })
  })

  it('is missed when there is none, and when there is no path', async () => {
    for (const env of [{ PATH: await newFolder() }, { PATH: '' }, {}]) {
      const check = await describeScreen('cli', env, 'linux')
      expect(check).toMatchObject({ name: 'screen', ok: false })
      expect(check.detail).toMatch(/^No browser was found/)
    }
  })

  it('is taken for granted where every machine has a browser', async () => {
    for (const platform of ['darwin', 'win32'] as const) {
      expect(await describeScreen('cli', { PATH: '' }, platform)).toMatchObject({ ok: true })
    }
  })

  it('is not asked for by the web door, which somebody is looking at', async () => {
    expect(await describeScreen('web', { PATH: '' })).toMatchObject({ ok: true })
  })
})
