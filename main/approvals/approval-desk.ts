import type { Approval, ApprovalRequest, PackReport } from '../../analytics/contract/approvals'
import type { Person, Pinned } from '../../analytics/contract/journal'
import type { Recommendation } from '../../analytics/contract/recommendations'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import type { Executor } from '../actions/executor'
import { actionOf } from '../actions/registry'
import type { Journal } from '../journal/journal'
import type { SecretVault } from '../vault/secret-vault'
import { approvalsIn, areDifferent, peopleNeeded } from './approval-record'
import { packDigest, packText, readPack, signPack } from './pack'
import { fingerprintOf, signingKey } from './signing-key'

/** What is recommended, and what lists show of what became of it. */
export interface Recommended {
  read(id: string): Promise<Result<Recommendation>>
  mark(ids: readonly string[], state: Recommendation['state'], note: string): Promise<Result<unknown>>
}

export interface DeskPorts {
  readonly journal: Journal
  readonly executor: Executor
  readonly recommended: Recommended
  readonly vault: () => Promise<SecretVault>
  readonly now?: () => number
}

/** Where people say yes and no. Everything they say stands in the journal before it counts. */
export class ApprovalDesk {
  constructor(private readonly ports: DeskPorts) {}

  private get now(): number {
    return (this.ports.now ?? Date.now)()
  }

  list(): readonly Approval[] {
    return approvalsIn(this.ports.journal.entries, this.now)
  }

  of(id: string): Approval | null {
    return this.list().find(({ recommendation }) => recommendation === id) ?? null
  }

  /** All of them or none. */
  async give(request: ApprovalRequest): Promise<Result<readonly Approval[]>> {
    const { journal } = this.ports
    const sound = journal.demandSound()
    if (!sound.ok) return sound
    const me: Person = { name: journal.user, key: null }
    const pinned = await this.#pin(request, me)
    if (!pinned.ok) return pinned
    await this.#write(pinned.value, me, request.note, null)
    return succeed(this.#those(request.ids))
  }

  async reject(ids: readonly string[], note: string): Promise<Result<readonly Approval[]>> {
    const { journal, recommended } = this.ports
    const sound = journal.demandSound()
    if (!sound.ok) return sound
    const done = ids.find((id) => this.of(id)?.state === 'spent')
    if (done)
      return fail(
        'already-executed',
        `${done} was executed already.`,
        'Take it back instead: finops rollback.',
      )
    for (const id of ids) await journal.append({ kind: 'rejected', recommendation: id, note })
    const marked = await recommended.mark(ids, 'dismissed', note)
    return marked.ok ? succeed(this.#those(ids)) : marked
  }

  async revoke(ids: readonly string[], note: string): Promise<Result<readonly Approval[]>> {
    const { journal, recommended } = this.ports
    const sound = journal.demandSound()
    if (!sound.ok) return sound
    const none = ids.find((id) => !['approved', 'waiting', 'expired'].includes(this.of(id)?.state ?? ''))
    if (none) return fail('not-approved', `${none} has no approval that could be taken back.`)
    for (const id of ids) await journal.append({ kind: 'revoked', recommendation: id, note })
    const marked = await recommended.mark(ids, 'open', note)
    return marked.ok ? succeed(this.#those(ids)) : marked
  }

  /** Approves here and writes a file with which somebody else can approve on another machine. */
  async makePack(
    request: ApprovalRequest,
  ): Promise<Result<{ readonly text: string; readonly digest: string }>> {
    const { journal } = this.ports
    const sound = journal.demandSound()
    if (!sound.ok) return sound
    const known = request.ids.map((id) => this.of(id))
    const isMine = known.every(
      (one) =>
        one !== null && one.state === 'waiting' && one.given.some(({ by }) => by.name === journal.user),
    )
    // Who has approved already asks for the second signature on just that.
    const pinned = isMine
      ? succeed(known.flatMap((one) => (one === null ? [] : [one.pinned])))
      : await this.#pin(request, { name: journal.user, key: null })
    if (!pinned.ok) return pinned
    const key = await this.#key()
    if (!key.ok) return key
    const me: Person = { name: journal.user, key: fingerprintOf(key.value.key) }
    const text = packText(
      signPack(pinned.value, [], { name: me.name, key: key.value, at: this.#instant(), note: request.note }),
    )
    if (!isMine) await this.#write(pinned.value, me, request.note, null)
    const digest = packDigest(text)
    await journal.append({ kind: 'pack-saved', pack: digest, recommendations: [...request.ids] })
    return succeed({ text, digest })
  }

  /** On the other machine: checks the file and signs it. It needs to know nothing of the workspace it came from. */
  async signPack(
    text: string,
    note: string,
  ): Promise<Result<{ readonly text: string; readonly digest: string }>> {
    const { journal } = this.ports
    const read = readPack(text, this.now)
    if (!read.ok) return read
    const sound = journal.demandSound()
    if (!sound.ok) return sound
    const key = await this.#key()
    if (!key.ok) return key
    const me: Person = { name: journal.user, key: fingerprintOf(key.value.key) }
    const twin = read.value.signatures.find(
      ({ name, key: other }) => !areDifferent(me, { name, key: fingerprintOf(other) }),
    )
    if (twin) {
      return fail(
        'same-person',
        `${twin.name} has signed this already, and ${me.name} is the same person or machine.`,
        'Somebody else has to approve it, on a machine of their own.',
      )
    }
    const signed = packText(
      signPack(read.value.pinned, read.value.signatures, {
        name: me.name,
        key: key.value,
        at: this.#instant(),
        note,
      }),
    )
    const digest = packDigest(signed)
    const recommendations = read.value.pinned.map(({ recommendation }) => recommendation.id)
    await journal.append({ kind: 'pack-saved', pack: digest, recommendations })
    return succeed({ text: signed, digest })
  }

  /** Back where it came from: what the other person signed counts as their approval. */
  async openPack(text: string): Promise<Result<PackReport>> {
    const { journal } = this.ports
    const read = readPack(text, this.now)
    if (!read.ok) return read
    const sound = journal.demandSound()
    if (!sound.ok) return sound
    const key = await this.#key()
    if (!key.ok) return key
    const { pinned, signatures } = read.value
    const digest = packDigest(text)
    const [asked, ...answers] = signatures
    if (asked?.key === key.value.key) {
      for (const one of pinned) {
        const known = this.of(one.recommendation.id)
        if (known?.state === 'rejected' || known?.state === 'revoked' || known?.state === 'spent') {
          return fail(
            'approval-over',
            `${one.recommendation.id} is ${known.state} here. The file was not taken.`,
            'Ask anew if it is still wanted.',
          )
        }
        if (known === null || JSON.stringify(known.pinned) !== JSON.stringify(one)) {
          return fail(
            'approval-differs',
            `What ${one.recommendation.id} asks for is no longer what the file says. The file was not taken.`,
            'Ask anew: finops pack save.',
          )
        }
      }
      for (const { name, key: signedWith, note } of answers) {
        const by: Person = { name, key: fingerprintOf(signedWith) }
        const fresh = pinned.filter(
          ({ recommendation }) =>
            !this.of(recommendation.id)?.given.some(({ by: { key: of } }) => of === by.key),
        )
        await this.#write(fresh, by, note, digest)
      }
    }
    return succeed({
      digest,
      pinned: [...pinned],
      signatures: signatures.map(({ name, key: of, at, note }) => ({
        by: { name, key: fingerprintOf(of) },
        at,
        note,
      })),
    })
  }

  async #pin({ ids, days, profile }: ApprovalRequest, me: Person): Promise<Result<readonly Pinned[]>> {
    const pinned: Pinned[] = []
    for (const id of new Set(ids)) {
      const known = this.of(id)
      if (known?.state === 'approved') return fail('already-approved', `${id} is approved already.`)
      if (known?.state === 'waiting') {
        const mine = known.given.find(({ by }) => !areDifferent(by, me))
        if (mine) {
          return fail(
            'second-person-needed',
            `${mine.by.name} has approved ${id} already, and it takes two different people.`,
            'Save a request for somebody else: finops pack save.',
          )
        }
        pinned.push(known.pinned)
        continue
      }
      const read = await this.ports.recommended.read(id)
      if (!read.ok) return read
      const one = await this.#pinOne(read.value, days, profile)
      if (!one.ok) return one
      pinned.push(one.value)
    }
    return succeed(pinned)
  }

  async #pinOne(
    { evidence: _evidence, state, action, ...recommendation }: Recommendation,
    days: number,
    profile: string | null | undefined,
  ): Promise<Result<Pinned>> {
    if (state === 'done' || state === 'verified')
      return fail('already-executed', `${recommendation.id} was executed already.`)
    if (action === null) {
      return fail(
        'nothing-to-execute',
        `${recommendation.title}: this is nothing that the program can carry out.`,
        'Do it in AWS, and dismiss it here with a note.',
      )
    }
    // A finding is only as long as its lists are; approvals keep what they say yes to and nothing more.
    const pinned = pinnedRecommendation({ ...recommendation, action })
    const expires = new Date(this.now + days * 86_400_000).toISOString()
    if (profile === undefined) return succeed({ recommendation: pinned, stateHash: null, expires })
    const hands = await this.ports.executor.open(profile)
    if (!hands.ok) return hands
    try {
      const hash = await this.ports.executor.stateNow(pinned, hands.value)
      return hash.ok ? succeed({ recommendation: pinned, stateHash: hash.value, expires }) : hash
    } finally {
      hands.value.close()
    }
  }

  async #write(pinned: readonly Pinned[], by: Person, note: string, pack: string | null): Promise<void> {
    const { journal, recommended } = this.ports
    for (const one of pinned) {
      const { risk, undo } = actionOf(one.recommendation.action)
      const needed = Math.max(peopleNeeded(one.recommendation), peopleNeeded({ risk, undo })) === 2 ? 2 : 1
      await journal.append({ kind: 'approved', pinned: one, by, note, needed, pack })
    }
    const approved = pinned.filter(({ recommendation: { id } }) => this.of(id)?.state === 'approved')
    if (approved.length === 0) return
    await recommended.mark(
      approved.map(({ recommendation: { id } }) => id),
      'approved',
      note,
    )
  }

  #those(ids: readonly string[]): readonly Approval[] {
    return this.list().filter(({ recommendation }) => ids.includes(recommendation))
  }

  #instant(): string {
    return new Date(this.now).toISOString()
  }

  async #key() {
    return await signingKey(await this.ports.vault())
  }
}

type PinnedRecommendation = Pinned['recommendation']

function pinnedRecommendation(recommendation: PinnedRecommendation): PinnedRecommendation {
  const {
    id,
    rule,
    title,
    resource,
    account,
    region,
    monthlySaving,
    currency,
    risk,
    undo,
    confidence,
    action,
  } = recommendation
  return {
    id,
    rule,
    title,
    resource,
    account,
    region,
    monthlySaving,
    currency,
    risk,
    undo,
    confidence,
    action,
  }
}
