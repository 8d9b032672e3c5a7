import type { Account } from '@aws-sdk/client-organizations'
import type { Member, Members, MembersRequest } from '../../../analytics/contract/connections'
import { fail, type Result, succeed } from '../../../analytics/contract/result'
import { retrying } from '../../sync/retry'
import { describeError } from '../failures'
import { partitionOf } from '../inventory/arn'
import { ForeignAnswerError } from '../inventory/foreign-answer'
import { inParallel } from '../inventory/pages'
import { troubleOf } from '../inventory/trouble'
import { type CheckPorts, callerOf } from './check-connection'

/** What the connection to a member account is called. */
export function memberName(profile: string | null, account: string): string {
  const plain = (profile ?? 'default').replaceAll(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+/, '')
  return `${plain.slice(0, 50) || 'profile'}@${account}`
}

/**
 * Every account of the organisation, and whether the role can be taken on there. One that refuses says why, and the
 * others go on.
 */
export async function findMembers(
  { profile, role, externalId }: MembersRequest,
  keptNames: ReadonlySet<string>,
  ports: CheckPorts,
): Promise<Result<Members>> {
  const caller = await callerOf(ports)
  if (!caller.ok) return caller
  const accounts = await accountsOf(ports)
  if (!accounts.ok) return accounts
  const region = await ports.session.defaultRegion()
  const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts')
  const client = await ports.session.client('sts', region, async (config) => new STSClient(config))
  const members = await inParallel(
    accounts.value,
    8,
    async ({ Id = '', Name = '', Status }): Promise<Member> => {
      const name = memberName(profile, Id)
      const about = { account: Id, accountName: Name, name, isKept: keptNames.has(name) }
      if (Id === caller.value.account) return { ...about, state: 'own', trouble: null }
      if (Status !== 'ACTIVE') return { ...about, state: 'suspended', trouble: null }
      const RoleArn = `arn:${partitionOf(region)}:iam::${Id}:role/${role}`
      try {
        await retrying(ports.policy, ports.signal, () =>
          client.send(
            new AssumeRoleCommand({
              RoleArn,
              RoleSessionName: 'finops-autopilot',
              DurationSeconds: 900,
              ...(externalId === null ? {} : { ExternalId: externalId }),
            }),
            { abortSignal: ports.signal },
          ),
        )
        return { ...about, state: 'works', trouble: null }
      } catch (error) {
        ports.signal.throwIfAborted()
        const { message, hint } = describeError(error, {
          action: 'sts:AssumeRole',
          bucket: '',
          profile,
          region,
        })
        return { ...about, state: 'refused', trouble: { message, hint: hint ?? 'Try again.' } }
      }
    },
  )
  return succeed({ members })
}

async function accountsOf({ session, policy, signal }: CheckPorts): Promise<Result<readonly Account[]>> {
  const action = 'organizations:ListAccounts'
  const { ListAccountsCommand, OrganizationsClient } = await import('@aws-sdk/client-organizations')
  const client = await session.client(
    'organizations',
    'us-east-1',
    async (config) => new OrganizationsClient(config),
  )
  const found: Account[] = []
  let NextToken: string | undefined
  try {
    do {
      const page = await retrying(policy, signal, () =>
        client.send(new ListAccountsCommand({ NextToken }), { abortSignal: signal }),
      )
      if (page.Accounts === undefined) throw new ForeignAnswerError('the answer holds no list')
      found.push(...page.Accounts)
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    return succeed(found)
  } catch (error) {
    if (error instanceof Error && error.name === 'AWSOrganizationsNotInUseException') {
      return fail(
        'no-organisation',
        'The account of this connection is in no organisation.',
        'Choose a connection into the management account, or a delegated one.',
      )
    }
    const trouble = troubleOf(error, { action, region: 'global', profile: session.profile })
    if (trouble.kind === 'stop') return { ok: false, failure: trouble.failure }
    return fail(
      trouble.code,
      `The accounts of the organisation could not be listed: ${trouble.reason}`,
      'Attach the policy for the organisation, or choose a connection into the management account.',
    )
  }
}
