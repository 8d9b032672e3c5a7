import { describe, expect, it } from 'vitest'
import { MemoryVault } from './memory-vault'
import { vaultFailureCodes } from './secret-vault'
import type { OpenEntry } from './system-store'
import { SystemVault } from './system-vault'
import { behavesLikeAVault } from './vault-behaviour'

function storeOf(secrets: Map<string, string>): OpenEntry {
  return (service, name) => {
    const key = `${service}/${name}`
    return {
      setPassword: async (secret) => {
        secrets.set(key, secret)
      },
      getPassword: async () => secrets.get(key) ?? null,
      deletePassword: async () => secrets.delete(key),
    }
  }
}

const vaultOn = (open: OpenEntry, timeLimit = 30_000) =>
  new SystemVault({ service: 'test', backend: 'Secret Service', load: async () => open, timeLimit })

behavesLikeAVault('the vault in memory', () => new MemoryVault())
behavesLikeAVault('the vault on a store that is played', () => vaultOn(storeOf(new Map())))

describe('a vault without a working store', () => {
  it('tells no store from no entry when the store cannot even be opened', async () => {
    const vault = vaultOn(() => {
      throw new Error('Platform failure: DBus error: autolaunch was disabled, set DBUS_SESSION_BUS_ADDRESS')
    })
    expect(await vault.status()).toMatchObject({ kind: 'no-store' })
    for (const answer of [await vault.put('a', 'b'), await vault.get('a'), await vault.forget('a')]) {
      expect(answer).toMatchObject({ ok: false, failure: { code: vaultFailureCodes.noStore } })
    }
  })

  it('does not believe "nothing there" of a store that cannot be written to', async () => {
    const readsAsEmpty = (message: string): OpenEntry => {
      return () => ({
        setPassword: async () => {
          throw new Error(message)
        },
        getPassword: async () => null,
        deletePassword: async () => false,
      })
    }
    const withoutKeyring = vaultOn(readsAsEmpty('Secret Service: no result found'))
    expect(await withoutKeyring.status()).toMatchObject({ kind: 'no-store' })
    expect(await withoutKeyring.get('a')).toMatchObject({ failure: { code: vaultFailureCodes.noStore } })
    expect(await withoutKeyring.forget('a')).toMatchObject({ failure: { code: vaultFailureCodes.noStore } })

    const locked = vaultOn(readsAsEmpty('Secret Service: unlock prompt was dismissed'))
    expect(await locked.status()).toMatchObject({ kind: 'locked' })
    expect(await locked.get('a')).toMatchObject({ failure: { code: vaultFailureCodes.locked } })
  })

  it('says so when a store loses what it is given', async () => {
    const forgetful = vaultOn(() => ({
      setPassword: async () => undefined,
      getPassword: async () => null,
      deletePassword: async () => true,
    }))
    expect(await forgetful.status()).toMatchObject({ kind: 'no-store' })
    expect(await forgetful.get('a')).toMatchObject({ failure: { code: vaultFailureCodes.refused } })
  })

  it('says so when the native module cannot be loaded, and tries again at the next call', async () => {
    let loads = 0
    const vault = new SystemVault({
      service: 'test',
      load: async () => {
        loads += 1
        if (loads === 1) throw new Error('Cannot find native binding')
        return storeOf(new Map())
      },
    })
    expect(await vault.put('a', 'b')).toMatchObject({ failure: { code: vaultFailureCodes.noStore } })
    expect(await vault.put('a', 'b')).toEqual({ ok: true, value: undefined })
  })

  it('loads the native module at the first use and not before', async () => {
    let loads = 0
    const vault = new SystemVault({
      load: async () => {
        loads += 1
        return storeOf(new Map())
      },
    })
    expect(loads).toBe(0)
    await vault.put('a', 'b')
    await vault.get('a')
    expect(loads).toBe(1)
  })

  it('gives an answer while the store waits for a password, keeps one call waiting, and goes on afterwards', async () => {
    let calls = 0
    let answerPrompt = () => {}
    const open = storeOf(new Map())
    const vault = vaultOn((service, name) => {
      const entry = open(service, name)
      return {
        ...entry,
        setPassword: (secret) => {
          calls += 1
          if (calls > 1) return entry.setPassword(secret)
          return new Promise((resolve) => {
            answerPrompt = () => resolve(entry.setPassword(secret))
          })
        },
      }
    }, 20)
    const first = vault.put('a', 'b')
    const second = vault.put('c', 'd')
    expect(await first).toMatchObject({ failure: { code: vaultFailureCodes.locked } })
    expect(await second).toMatchObject({ failure: { code: vaultFailureCodes.locked } })
    expect(await vault.status()).toMatchObject({ kind: 'locked' })
    expect(calls).toBe(1)

    answerPrompt()
    await expect.poll(() => vault.status()).toMatchObject({ kind: 'ready' })
    expect(await vault.get('a')).toEqual({ ok: true, value: 'b' })
  })

  it('never repeats a secret in a failure, even where the store does', async () => {
    const vault = vaultOn(() => ({
      setPassword: async (secret) => {
        throw new Error(`cannot keep "${secret}": out of luck with ${secret}`)
      },
      getPassword: async () => null,
      deletePassword: async () => false,
    }))
    const put = await vault.put('a', 'top-secret')
    expect(put).toMatchObject({ ok: false, failure: { code: vaultFailureCodes.refused } })
    expect(JSON.stringify(put)).toContain('out of luck with [secret]')
    expect(JSON.stringify(put)).not.toContain('top-secret')
  })

  it('tells a secret that is too long for this system from a store that fails', async () => {
    const vault = vaultOn(() => ({
      setPassword: async () => {
        throw new Error("Attribute 'password encoded as UTF-16' is longer than platform limit of 2560 chars")
      },
      getPassword: async () => null,
      deletePassword: async () => false,
    }))
    expect(await vault.put('a', 'b')).toMatchObject({ failure: { code: vaultFailureCodes.invalidSecret } })
  })

  it('can be played missing or locked by the vault in memory', async () => {
    expect(await new MemoryVault('no-store').status()).toMatchObject({ kind: 'no-store' })
    expect(await new MemoryVault('locked').get('a')).toMatchObject({
      failure: { code: vaultFailureCodes.locked },
    })
  })
})
