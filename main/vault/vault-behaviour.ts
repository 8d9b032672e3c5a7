import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SecretVault, vaultFailureCodes } from './secret-vault'

/** What every vault does, whatever keeps the secrets. Run against each of them. */
export function behavesLikeAVault(what: string, open: () => SecretVault): void {
  describe(what, () => {
    it('says that it is ready', async () => {
      expect(await open().status()).toMatchObject({ kind: 'ready' })
    })

    it('gives back what was put, replaces it, and forgets it once', async () => {
      const vault = open()
      const name = freshName()
      expect(await vault.get(name)).toEqual({ ok: true, value: null })
      expect(await vault.put(name, 'first')).toEqual({ ok: true, value: undefined })
      expect(await vault.get(name)).toEqual({ ok: true, value: 'first' })
      expect(await vault.put(name, 'second')).toEqual({ ok: true, value: undefined })
      expect(await vault.get(name)).toEqual({ ok: true, value: 'second' })
      expect(await vault.forget(name)).toEqual({ ok: true, value: true })
      expect(await vault.get(name)).toEqual({ ok: true, value: null })
      expect(await vault.forget(name)).toEqual({ ok: true, value: false })
    })

    it('keeps names apart', async () => {
      const vault = open()
      const [one, other] = [freshName(), freshName()]
      await vault.put(one, 'of one')
      await vault.put(other, 'of the other')
      expect(await vault.forget(one)).toEqual({ ok: true, value: true })
      expect(await vault.get(other)).toEqual({ ok: true, value: 'of the other' })
      await vault.forget(other)
    })

    it('answers many calls at once, each with its own secret', async () => {
      const vault = open()
      const names = Array.from({ length: 20 }, freshName)
      await Promise.all(names.map((name) => vault.put(name, `secret of ${name}`)))
      const read = await Promise.all(names.map((name) => vault.get(name)))
      expect(read).toEqual(names.map((name) => ({ ok: true, value: `secret of ${name}` })))
      await Promise.all(names.map((name) => vault.forget(name)))
    })

    it('keeps any text as it is', async () => {
      const vault = open()
      const name = freshName()
      const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      await fc.assert(
        fc.asyncProperty(text, async (secret) => {
          fc.pre(!secret.includes('\0'))
          await vault.put(name, secret)
          expect(await vault.get(name)).toEqual({ ok: true, value: secret })
        }),
        { numRuns: 25 },
      )
      await vault.forget(name)
    })

    it.each([
      ['', vaultFailureCodes.invalidName],
      ['a\0b', vaultFailureCodes.invalidName],
      ['a\nb', vaultFailureCodes.invalidName],
      ['n'.repeat(201), vaultFailureCodes.invalidName],
    ])('refuses the name %j', async (name, code) => {
      const vault = open()
      expect(await vault.put(name, 'secret')).toMatchObject({ ok: false, failure: { code } })
      expect(await vault.get(name)).toMatchObject({ ok: false, failure: { code } })
      expect(await vault.forget(name)).toMatchObject({ ok: false, failure: { code } })
    })

    it('refuses a secret that is empty, holds a NUL or is as long as a file, and does not repeat it', async () => {
      const vault = open()
      for (const secret of ['', 'top-secret\0', 'top-secret'.repeat(10_000)]) {
        const put = await vault.put(freshName(), secret)
        expect(put).toMatchObject({ ok: false, failure: { code: vaultFailureCodes.invalidSecret } })
        expect(JSON.stringify(put)).not.toContain('top-secret')
      }
    })

    it('does not show a secret when it is printed', async () => {
      const vault = open()
      const name = freshName()
      await vault.put(name, 'top-secret')
      expect(inspect(vault, { depth: 10, showHidden: true })).not.toContain('top-secret')
      expect(JSON.stringify(vault)).not.toContain('top-secret')
      await vault.forget(name)
    })
  })
}

function freshName(): string {
  return `test ${crypto.randomUUID()}`
}
