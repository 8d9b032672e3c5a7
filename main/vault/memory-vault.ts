import { type Result, succeed } from '../../analytics/contract/result'
import { refusedName, refusedSecret } from './entry-rules'
import type { SecretVault, VaultStatus } from './secret-vault'
import { failureOf, type StoreTrouble, statusOf } from './store-trouble'

/** The vault for tests: forgets everything with the process, and can play a store that is missing or locked. */
export class MemoryVault implements SecretVault {
  readonly #secrets = new Map<string, string>()
  readonly #trouble: StoreTrouble | null

  constructor(trouble: 'no-store' | 'locked' | null = null) {
    this.#trouble = trouble === null ? null : { kind: trouble }
  }

  async status(): Promise<VaultStatus> {
    return this.#trouble === null ? { kind: 'ready', backend: 'Secret Service' } : statusOf(this.#trouble)
  }

  async put(name: string, secret: string): Promise<Result<void>> {
    return this.#answer(refusedName(name) ?? refusedSecret(secret), () => {
      this.#secrets.set(name, secret)
    })
  }

  async get(name: string): Promise<Result<string | null>> {
    return this.#answer(refusedName(name), () => this.#secrets.get(name) ?? null)
  }

  async forget(name: string): Promise<Result<boolean>> {
    return this.#answer(refusedName(name), () => this.#secrets.delete(name))
  }

  #answer<T>(refused: ReturnType<typeof refusedName>, value: () => T): Result<T> {
    const failure = refused ?? (this.#trouble === null ? null : failureOf(this.#trouble))
    return failure === null ? succeed(value()) : { ok: false, failure }
  }
}
