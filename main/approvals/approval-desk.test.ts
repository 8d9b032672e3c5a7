import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Pinned } from '../../analytics/contract/journal'
import type { Recommendation } from '../../analytics/contract/recommendations'
import { fail, succeed } from '../../analytics/contract/result'
import { Executor } from '../actions/executor'
import { pinnedOf, unwrap } from '../actions/testing/workbench'
import { Journal } from '../journal/journal'
import { temporaryFolders } from '../testing/temporary-folder'
import { MemoryVault } from '../vault/memory-vault'
import { ApprovalDesk } from './approval-desk'
import { packText, readPack } from './pack'

const newFolder = temporaryFolders('approvals')
const now = Date.UTC(2026, 10, 1)
const day = 86_400_000

function recommended(risk: 'low' | 'high', changes: Partial<Recommendation> = {}): Recommendation {
  const { recommendation } = pinnedOf({ kind: 'set-function-memory', params: { function: 'f', memory: 512 } })
  return { ...recommendation, risk, evidence: { points: 4_032 }, state: 'open', ...changes }
}

/** A person at a machine of their own. */
async function desk(user: string, known: Recommendation, vault = new MemoryVault()) {
  const clock = { now }
  const journal = await Journal.open(await newFolder(), { user, now: () => clock.now })
  const marked: string[] = []
  const executor = new Executor({
    journal,
    aws: { env: {} },
    demandWriting: async () => fail('connection-read-only', 'It is read-only.'),
  })
  const opened = new ApprovalDesk({
    journal,
    executor,
    vault: async () => vault,
    now: () => clock.now,
    recommended: {
      read: async (id) =>
        id === known.id ? succeed(known) : fail('no-such-recommendation', 'There is none.'),
      mark: async (_ids, state) => {
        marked.push(state)
        return succeed(null)
      },
    },
  })
  return { desk: opened, journal, marked, clock, vault }
}

const ids = ['r-0123456789ab']
const request = { ids, note: 'agreed in the weekly', days: 14 }

describe('approving on one machine', () => {
  it('takes one person where little can break, and pins what it says yes to', async () => {
    const ana = await desk('ana@laptop', recommended('low'))
    const [approval] = unwrap(await ana.desk.give(request))
    expect(approval).toMatchObject({ state: 'approved', needed: 1, given: [{ by: { name: 'ana@laptop' } }] })
    expect(approval?.pinned).toMatchObject({
      expires: '2026-11-15T00:00:00.000Z',
      recommendation: { account: '111122223333' },
    })
    expect(ana.marked).toEqual(['approved'])
    expect(await ana.desk.give(request)).toMatchObject({ failure: { code: 'already-approved' } })
  })

  it('takes two different people where much can break', async () => {
    const ana = await desk('ana@laptop', recommended('high'))
    expect(unwrap(await ana.desk.give(request))).toMatchObject([{ state: 'waiting', needed: 2 }])
    expect(ana.marked).toEqual([])
    expect(await ana.desk.give(request)).toMatchObject({ failure: { code: 'second-person-needed' } })
  })

  it('is over when its days are, when it is taken back, and when it is rejected', async () => {
    const ana = await desk('ana@laptop', recommended('low'))
    await ana.desk.give(request)
    ana.clock.now = now + 14 * day - 1
    expect(ana.desk.of(ids[0] ?? '')?.state).toBe('approved')
    ana.clock.now = now + 14 * day
    expect(ana.desk.of(ids[0] ?? '')?.state).toBe('expired')
    unwrap(await ana.desk.give(request))
    expect(unwrap(await ana.desk.revoke(ids, 'not this week'))).toMatchObject([{ state: 'revoked' }])
    unwrap(await ana.desk.give(request))
    expect(unwrap(await ana.desk.reject(ids, 'still needed'))).toMatchObject([{ state: 'rejected' }])
    expect(ana.marked).toEqual(['approved', 'approved', 'open', 'approved', 'dismissed'])
  })

  it('approves all that it is asked for or none', async () => {
    const ana = await desk('ana@laptop', recommended('low'))
    const asked = await ana.desk.give({ ...request, ids: [...ids, 'r-ffffffffffff'] })
    expect(asked).toMatchObject({ ok: false, failure: { code: 'no-such-recommendation' } })
    expect(ana.journal.entries).toEqual([])
  })

  it('has nothing to approve where the program cannot do it, or has done it', async () => {
    const advice = await desk('ana@laptop', recommended('low', { action: null }))
    expect(await advice.desk.give(request)).toMatchObject({ failure: { code: 'nothing-to-execute' } })
    const done = await desk('ana@laptop', recommended('low', { state: 'done' }))
    expect(await done.desk.give(request)).toMatchObject({ failure: { code: 'already-executed' } })
  })
})

describe('a request that is carried to another machine', () => {
  it('comes back with a second signature that counts', async () => {
    const ana = await desk('ana@laptop', recommended('high'))
    const ben = await desk('ben@desk', recommended('high', { id: 'r-eeeeeeeeeeee' }))
    const asked = unwrap(await ana.desk.makePack(request))
    const answered = unwrap(await ben.desk.signPack(asked.text, 'fine'))
    const report = unwrap(await ana.desk.openPack(answered.text))
    expect(report.signatures.map(({ by }) => by.name)).toEqual(['ana@laptop', 'ben@desk'])
    expect(new Set(report.signatures.map(({ by }) => by.key)).size).toBe(2)
    expect(ana.desk.of(ids[0] ?? '')).toMatchObject({
      state: 'approved',
      given: [
        { by: { name: 'ana@laptop' } },
        { by: { name: 'ben@desk' }, note: 'fine', pack: answered.digest },
      ],
    })
    expect(ana.marked).toEqual(['approved'])
    // Opened twice it is one approval.
    unwrap(await ana.desk.openPack(answered.text))
    expect(ana.desk.of(ids[0] ?? '')?.given).toHaveLength(2)
    // The journal of the other machine tells of it too.
    expect(ben.journal.entries.map(({ entry }) => entry.event.kind)).toEqual(['pack-saved'])
  })

  it('cannot be signed by the person or the machine that asks', async () => {
    const ana = await desk('ana@laptop', recommended('high'))
    const asked = unwrap(await ana.desk.makePack(request))
    expect(await ana.desk.signPack(asked.text, '')).toMatchObject({ failure: { code: 'same-person' } })
    const sameKey = await desk('ben@laptop', recommended('high'), ana.vault)
    expect(await sameKey.desk.signPack(asked.text, '')).toMatchObject({ failure: { code: 'same-person' } })
    const sameName = await desk('ana@laptop', recommended('high'))
    expect(await sameName.desk.signPack(asked.text, '')).toMatchObject({ failure: { code: 'same-person' } })
    expect(ana.desk.of(ids[0] ?? '')?.state).toBe('waiting')
  })

  it('is refused after any change of any byte, and after its time', async () => {
    const ana = await desk('ana@laptop', recommended('high'))
    const { text } = unwrap(await ana.desk.makePack(request))
    const bytes = Buffer.from(text)
    expect(readPack(text, now).ok).toBe(true)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(bytes)
        changed[at] = (bytes[at] ?? 0) ^ by
        expect(readPack(changed.toString('utf8'), now)).toMatchObject({ failure: { code: 'pack-refused' } })
      }),
      { seed: 11, numRuns: 400 },
    )
    expect(readPack(text, now + 14 * day)).toMatchObject({ failure: { code: 'pack-refused' } })
  })

  it('is refused when what it asks for was written anew around the old signature', async () => {
    const ana = await desk('ana@laptop', recommended('high'))
    const pack = JSON.parse(unwrap(await ana.desk.makePack(request)).text)
    const pinned: Pinned = pack.pinned[0]
    const changes: readonly Pinned[] = [
      { ...pinned, recommendation: { ...pinned.recommendation, account: '999988887777' } },
      { ...pinned, recommendation: { ...pinned.recommendation, monthlySaving: '12.4' } },
      { ...pinned, expires: '2027-01-01T00:00:00.000Z' },
      { ...pinned, stateHash: 'a'.repeat(64) },
    ]
    for (const changed of changes) {
      expect(readPack(packText({ ...pack, pinned: [changed] }), now)).toMatchObject({ ok: false })
    }
    const [signature] = pack.signatures
    expect(readPack(packText({ ...pack, signatures: [{ ...signature, name: 'eve@desk' }] }), now).ok).toBe(
      false,
    )
  })

  it('does not count when what is asked for here has become something else, or was rejected', async () => {
    const ana = await desk('ana@laptop', recommended('high'))
    const ben = await desk('ben@desk', recommended('high'))
    const asked = unwrap(await ana.desk.makePack(request))
    const answered = unwrap(await ben.desk.signPack(asked.text, ''))
    unwrap(await ana.desk.reject(ids, 'changed our mind'))
    expect(await ana.desk.openPack(answered.text)).toMatchObject({ failure: { code: 'approval-over' } })
    ana.clock.now = now + day
    unwrap(await ana.desk.give(request))
    expect(await ana.desk.openPack(answered.text)).toMatchObject({ failure: { code: 'approval-differs' } })
  })

  it('needs a keychain, and says so', async () => {
    const ana = await desk('ana@laptop', recommended('high'), new MemoryVault('no-store'))
    expect(await ana.desk.makePack(request)).toMatchObject({ failure: { code: 'vault-no-store' } })
    expect(ana.journal.entries).toEqual([])
  })
})
