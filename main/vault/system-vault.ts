import { randomUUID } from 'node:crypto'
import { type Result, succeed } from '../../analytics/contract/result'
import { refusedName, refusedSecret } from './entry-rules'
import { notYet, OneAtATime } from './one-at-a-time'
import type { SecretVault, VaultBackend, VaultStatus } from './secret-vault'
import { failureOf, type StoreTrouble, statusOf, troubleOf } from './store-trouble'
import { loadSystemStore, type OpenEntry, type StoreEntry, systemBackend } from './system-store'

export interface SystemVaultOptions {
  /** What the entries are filed under in the system's own password manager. */
  readonly service?: string
  readonly backend?: VaultBackend
  readonly load?: () => Promise<OpenEntry>
  /** How long a person may take to answer the system's password window before the call says so. */
  readonly timeLimit?: number
}

type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: StoreTrouble }

/** The vault on the operating system's own store. */
export class SystemVault implements SecretVault {
  readonly #service: string
  readonly #backend: VaultBackend
  readonly #load: () => Promise<OpenEntry>
  readonly #turns: OneAtATime
  #opener: Promise<OpenEntry> | null = null

  constructor(options: SystemVaultOptions = {}) {
    this.#service = options.service ?? 'FinOps Autopilot'
    this.#backend = options.backend ?? systemBackend()
    this.#load = options.load ?? loadSystemStore
    this.#turns = new OneAtATime(options.timeLimit ?? 30_000)
  }

  async status(): Promise<VaultStatus> {
    const trouble = await this.#probe()
    return trouble === null ? { kind: 'ready', backend: this.#backend } : statusOf(trouble)
  }

  async put(name: string, secret: string): Promise<Result<void>> {
    const refused = refusedName(name) ?? refusedSecret(secret)
    if (refused) return { ok: false, failure: refused }
    const answer = await this.#on(name, (entry) => entry.setPassword(secret), secret)
    return answer.ok ? succeed(undefined) : { ok: false, failure: failureOf(answer.trouble) }
  }

  async get(name: string): Promise<Result<string | null>> {
    const refused = refusedName(name)
    if (refused) return { ok: false, failure: refused }
    const answer = await this.#on(name, (entry) => entry.getPassword())
    if (!answer.ok) return { ok: false, failure: failureOf(answer.trouble) }
    return answer.value === null ? this.#onlyIfReady(null) : succeed(answer.value)
  }

  async forget(name: string): Promise<Result<boolean>> {
    const refused = refusedName(name)
    if (refused) return { ok: false, failure: refused }
    const answer = await this.#on(name, (entry) => entry.deletePassword())
    if (!answer.ok) return { ok: false, failure: failureOf(answer.trouble) }
    return answer.value ? succeed(true) : this.#onlyIfReady(false)
  }

  /** "Nothing there" is believed only of a store that a secret can be written to. */
  async #onlyIfReady<T>(value: T): Promise<Result<T>> {
    const trouble = await this.#probe()
    return trouble === null ? succeed(value) : { ok: false, failure: failureOf(trouble) }
  }

  /** Writes, reads and removes an entry of its own: a store without a keyring answers reads as if it were empty. */
  async #probe(): Promise<StoreTrouble | null> {
    const written = randomUUID()
    const answer = await this.#on(`probe ${randomUUID()}`, async (entry) => {
      await entry.setPassword(written)
      const read = await entry.getPassword()
      await entry.deletePassword()
      return read === written
    })
    if (!answer.ok) return answer.trouble
    return answer.value ? null : { kind: 'refused', cause: 'What was written was not what was read back.' }
  }

  async #on<T>(name: string, work: (entry: StoreEntry) => Promise<T>, secret?: string): Promise<Answer<T>> {
    const open = await this.#open()
    if (open === null) return { ok: false, trouble: { kind: 'unloadable' } }
    try {
      const value = await this.#turns.run(async () => work(open(this.#service, name)))
      return value === notYet ? { ok: false, trouble: { kind: 'waiting' } } : { ok: true, value }
    } catch (error) {
      return { ok: false, trouble: troubleOf(error, secret) }
    }
  }

  async #open(): Promise<OpenEntry | null> {
    this.#opener ??= this.#load()
    try {
      return await this.#opener
    } catch {
      // What is missing is told as a status; a later call tries again.
      this.#opener = null
      return null
    }
  }
}
