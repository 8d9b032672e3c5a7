import { z } from 'zod'
import {
  type KeptConnection,
  type KeptConnections,
  keptConnectionsSchema,
  type SaveKeys,
} from '../../../analytics/contract/connections'
import { type Failure, failure, type Result, succeed } from '../../../analytics/contract/result'
import type { SecretVault } from '../../vault/secret-vault'
import { partitionOf } from '../inventory/arn'
import { type FindKept, type Kept, KeptUnavailableError } from '../kept'
import type { SessionKeys } from '../mfa'
import { readProfiles } from './local-profiles'
import type { AskEngine } from './writing'

export interface KeptPorts {
  readonly env: NodeJS.ProcessEnv
  readonly ask: AskEngine
  readonly openVault: () => Promise<SecretVault>
}

const secretSchema = z.strictObject({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string().optional(),
})

/** What the keys of a connection are filed under in the keychain. */
export const entryOf = (name: string) => `connection ${name}`

export async function readKept(ask: AskEngine): Promise<Result<KeptConnections>> {
  const answer = await ask('connections/kept', {})
  return answer.ok ? succeed(keptConnectionsSchema.parse(answer.value)) : answer
}

/** Written whole into one entry, so that exchanging keys is one step. */
export async function putKeys(
  { accessKeyId, secretAccessKey, sessionToken, name }: SaveKeys,
  vault: SecretVault,
): Promise<Result<void>> {
  const keys = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
  return await vault.put(entryOf(name), JSON.stringify(keys))
}

/** Looks names up for the clients of AWS: at the moment of a request, so that exchanged keys count at once. */
export function findKept(ports: KeptPorts): FindKept {
  return async (name) => {
    const known = await readKept(ports.ask)
    if (!known.ok) throw new KeptUnavailableError(known.failure)
    const kept = known.value.kept.find((one) => one.name === name)
    if (!kept) return null
    if ((await readProfiles(ports.env)).profiles.has(name)) throw new KeptUnavailableError(takenTwice(name))
    return kept.kind === 'role' ? roleOf(kept) : await keysOf(kept, await ports.openVault())
  }
}

/** Two identities under one name would leave it to chance whose account is changed. */
export function takenTwice(name: string): Failure {
  return failure(
    'connection-name-twice',
    `The name ${name} is that of a profile in the AWS files and of a connection that was added here.`,
    'Remove the connection that was added here, and add it again with another name.',
  )
}

async function keysOf(
  { name, region }: Extract<KeptConnection, { kind: 'keys' }>,
  vault: SecretVault,
): Promise<Kept> {
  const entry = await vault.get(entryOf(name))
  if (!entry.ok) throw new KeptUnavailableError(entry.failure)
  const keys = entry.value === null ? null : parsed(entry.value)
  if (keys === null) {
    throw new KeptUnavailableError(
      failure(
        'keys-gone',
        `The keys of the connection ${name} are no longer in the keychain of this system.`,
        'Enter them again under Connections.',
      ),
    )
  }
  return { kind: 'keys', keys, region }
}

/** Nothing of what does not parse is repeated. */
function parsed(entry: string): SessionKeys | null {
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = secretSchema.parse(JSON.parse(entry))
    return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
  } catch {
    return null
  }
}

function roleOf({ via, account, role, externalId, region }: Extract<KeptConnection, { kind: 'role' }>): Kept {
  return {
    kind: 'role',
    via,
    role: `arn:${partitionOf(region ?? '')}:iam::${account}:role/${role}`,
    externalId,
    region,
  }
}
