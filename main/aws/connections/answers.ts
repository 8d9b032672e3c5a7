import {
  type AwsConnections,
  type ConnectionCheck,
  type ConnectionPolicies,
  type ConnectionReference,
  connectionCheckSchema,
  type KeptConnection,
  type KeptReference,
  type KeptRemoved,
  type KeyStore,
  type Members,
  type MembersRequest,
  type MembersSaved,
  type SaveKeys,
  type SaveMembers,
} from '../../../analytics/contract/connections'
import { fail, type Result, succeed } from '../../../analytics/contract/result'
import { type RetryPolicy, retryPolicy } from '../../sync/retry'
import { vaultFailureCodes } from '../../vault/secret-vault'
import { trialsGate } from '../change-gate'
import type { ClientSettings } from '../clients'
import { AwsSession } from '../inventory/session'
import type { FindKept } from '../kept'
import { type AskMfaCode, MfaSessions } from '../mfa'
import { type CheckPorts, callerOf, checkConnection } from './check-connection'
import { entryOf, findKept, type KeptPorts, putKeys, readKept, takenTwice } from './kept-keys'
import { listConnections } from './list-connections'
import { readProfiles } from './local-profiles'
import { findMembers, memberName } from './members'
import { connectionPolicies } from './policies'

export interface ConnectionServices extends KeptPorts {
  readonly askMfaCode?: AskMfaCode
  readonly sessions?: MfaSessions
  readonly settings?: Partial<ClientSettings>
  readonly policy?: Partial<RetryPolicy>
  readonly now?: () => number
}

export interface ConnectionCall {
  readonly signal?: AbortSignal
}

export interface ConnectionAnswers {
  readonly 'connections/list': () => Promise<Result<AwsConnections>>
  readonly 'connections/check': (
    reference: ConnectionReference,
    call?: ConnectionCall,
  ) => Promise<Result<ConnectionCheck>>
  readonly 'connections/key-store': () => Promise<Result<KeyStore>>
  readonly 'connections/save-keys': (keys: SaveKeys, call?: ConnectionCall) => Promise<Result<KeptConnection>>
  readonly 'connections/remove': (reference: KeptReference) => Promise<Result<KeptRemoved>>
  readonly 'connections/members': (request: MembersRequest, call?: ConnectionCall) => Promise<Result<Members>>
  readonly 'connections/save-members': (request: SaveMembers) => Promise<Result<MembersSaved>>
  readonly 'connections/policies': () => Promise<Result<ConnectionPolicies>>
}

export function connectionAnswers(services: ConnectionServices): ConnectionAnswers {
  const { ask, env, openVault } = services
  const kept = findKept(services)
  const sessions = services.sessions ?? new MfaSessions()
  const now = services.now ?? Date.now

  /** Sees to it that a name means one thing. */
  const refusedName = async (name: string, replaces: boolean): Promise<Result<KeptConnection | null>> => {
    if ((await readProfiles(env)).profiles.has(name)) return { ok: false, failure: takenTwice(name) }
    const known = await readKept(ask)
    if (!known.ok) return known
    const former = known.value.kept.find((one) => one.name.toLowerCase() === name.toLowerCase()) ?? null
    if (replaces && (former?.kind !== 'keys' || former.name !== name)) return noSuchKeys(name)
    if (former !== null && !replaces) {
      return fail(
        'connection-name-taken',
        `There is already a connection ${former.name}.`,
        'Choose another name, or exchange the keys of that connection.',
      )
    }
    return succeed(former)
  }

  const within = async <T>(
    profile: string | null,
    { signal = new AbortController().signal }: ConnectionCall,
    find: FindKept,
    work: (ports: CheckPorts) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const { askMfaCode, settings } = services
    const session = new AwsSession(
      profile,
      {
        env,
        sessions,
        signal,
        kept: find,
        ...(askMfaCode ? { askMfaCode } : {}),
        ...(settings ? { settings } : {}),
      },
      trialsGate,
    )
    try {
      return await work({ session, policy: { ...retryPolicy, ...services.policy }, signal, now })
    } catch (error) {
      if (signal.aborted) return fail('cancelled', 'The work was cancelled.')
      throw error
    } finally {
      session.close()
    }
  }

  return {
    'connections/list': async () => {
      const known = await readKept(ask)
      return known.ok ? succeed(await listConnections(known.value, env, now())) : known
    },
    'connections/check': async ({ profile }, call = {}) => {
      const checked = await within(profile, call, kept, checkConnection)
      if (!checked.ok) return checked
      const recorded = await ask('connections/checked', checked.value)
      return recorded.ok ? succeed(connectionCheckSchema.parse(recorded.value)) : recorded
    },
    'connections/key-store': async () => succeed(await (await openVault()).status()),
    'connections/save-keys': async (keys, call = {}) => {
      const { name, accessKeyId, secretAccessKey, sessionToken, region } = keys
      const former = await refusedName(name, keys.replaces ?? false)
      if (!former.ok) return former
      const vault = await openVault()
      const status = await vault.status()
      if (status.kind !== 'ready') {
        const code = status.kind === 'locked' ? vaultFailureCodes.locked : vaultFailureCodes.noStore
        return fail(code, status.reason, status.hint)
      }
      let account = former.value?.account ?? null
      if (keys.untested !== true) {
        const asIfKept: FindKept = async () => ({
          kind: 'keys',
          keys: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
          region,
        })
        const caller = await within(name, call, asIfKept, callerOf)
        if (!caller.ok) return caller
        if (account !== null && account !== caller.value.account) {
          return fail(
            'other-account',
            `These keys are of the account ${caller.value.account}, those of ${name} are of ${account}. Nothing was saved.`,
            'Add them as a connection of their own.',
          )
        }
        account = caller.value.account
      }
      const put = await putKeys(keys, vault)
      if (!put.ok) return put
      const definition: KeptConnection = {
        kind: 'keys',
        name,
        account,
        region,
        keyEnding: accessKeyId.slice(-4),
        keysSince: new Date(now()).toISOString(),
      }
      const written = await ask('connections/keep', definition)
      if (written.ok) return succeed(definition)
      // What nothing points to must not stay behind in the keychain.
      if (former.value === null) await vault.forget(entryOf(name))
      return written
    },
    'connections/remove': async ({ name }) => {
      const known = await readKept(ask)
      if (!known.ok) return known
      const through = known.value.kept.filter((one) => one.kind === 'role' && one.via === name)
      if (through.length > 0) {
        return fail(
          'connection-in-use',
          `${through.length} connections take on a role with ${name}: ${through
            .slice(0, 3)
            .map((one) => one.name)
            .join(', ')}${through.length > 3 ? ' and others' : ''}.`,
          'Remove those first.',
        )
      }
      let note: string | null = null
      if (known.value.kept.some((one) => one.name === name && one.kind === 'keys')) {
        const forgotten = await (await openVault()).forget(entryOf(name))
        // A store that is gone cannot be asked; a locked one can, once it is open.
        if (!forgotten.ok && forgotten.failure.code !== vaultFailureCodes.noStore) return forgotten
        if (!forgotten.ok)
          note = `The keychain of this system could not be reached. If it comes back, remove "${entryOf(name)}" under "FinOps Autopilot" in it.`
      }
      const dropped = await ask('connections/drop', { name })
      return dropped.ok ? succeed({ name, note }) : dropped
    },
    'connections/members': async (request, call = {}) => {
      const known = await readKept(ask)
      if (!known.ok) return known
      const names = new Set(known.value.kept.map(({ name }) => name))
      return await within(request.profile, call, kept, (ports) => findMembers(request, names, ports))
    },
    'connections/save-members': async ({ profile, role, externalId, accounts, region }) => {
      const known = await readKept(ask)
      if (!known.ok) return known
      const taken = known.value.kept.find((one) => one.name === profile)
      if (taken?.kind === 'role') {
        return fail(
          'role-through-role',
          `${taken.name} itself takes on a role.`,
          'Choose the connection that it takes its role on with.',
        )
      }
      const saved: KeptConnection[] = []
      for (const { account, accountName } of accounts) {
        const name = memberName(profile, account)
        const clash = known.value.kept.find((one) => one.name === name && one.kind === 'keys')
        if (clash || (await readProfiles(env)).profiles.has(name))
          return { ok: false, failure: takenTwice(name) }
        const member = {
          kind: 'role',
          name,
          account,
          accountName,
          role,
          via: profile,
          externalId,
          region,
        } as const
        const written = await ask('connections/keep', member)
        if (!written.ok) return written
        saved.push(member)
      }
      return succeed({ kept: saved })
    },
    'connections/policies': async () => succeed({ policies: [...connectionPolicies()] }),
  }
}

function noSuchKeys(name: string): Result<never> {
  return fail(
    'no-such-connection',
    `There is no connection ${name} with keys of its own.`,
    'Add it as a new one.',
  )
}
