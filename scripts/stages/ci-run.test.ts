import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { root } from '../steps/root.mjs'
import { run } from '../steps/run.mjs'

// The script is for Bash; where there is none, nobody runs it.
if (process.platform !== 'win32') {
  describe('.ci/run', () => {
    let folder: string
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'finops ci '))
    })
    afterEach(() => rm(folder, { recursive: true, force: true }))

    /** Runs it with an npm that does only this. */
    async function withNpm(script: string) {
      const npm = join(folder, 'npm')
      await writeFile(npm, `#!/usr/bin/env bash\n${script}\n`)
      await chmod(npm, 0o755)
      const path = [folder, process.env.PATH].join(delimiter)
      const ran = await run([join(root, '.ci', 'run')], { env: { ...process.env, PATH: path } })
      return { code: ran.code, lines: ran.output.trimEnd().split('\n') }
    }

    it('passes on what npm test says and how it ended', async () => {
      const ran = await withNpm('echo "npm $* in CI=$CI"; echo "3 passed, 0 failed"')
      expect(ran).toEqual({ code: 0, lines: ['npm test in CI=true', '3 passed, 0 failed'] })
    })

    it('ends with the line also when npm has the last word, and fails when npm does', async () => {
      const ran = await withNpm('echo "3 passed, 1 failed"; echo "npm error Test failed" >&2; exit 1')
      expect(ran.code).toBe(1)
      expect(ran.lines.at(-1)).toBe('3 passed, 1 failed')
    })

    it('counts a run that never came to its end as failed, whatever code it gave', async () => {
      expect(await withNpm('exit 4')).toMatchObject({ code: 4, lines: ['0 passed, 1 failed'] })
      expect(await withNpm('exit 0')).toMatchObject({ code: 1, lines: ['0 passed, 1 failed'] })
    })
  })
}
