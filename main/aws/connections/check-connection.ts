import type { ContextEntry } from '@aws-sdk/client-iam'
import type { ConnectionCheck } from '../../../analytics/contract/connections'
import { fail, type Result, succeed } from '../../../analytics/contract/result'
import { type RetryPolicy, retrying } from '../../sync/retry'
import { ForeignAnswerError } from '../inventory/foreign-answer'
import { inPieces } from '../inventory/pages'
import type { AwsSession } from '../inventory/session'
import { type Trouble, troubleOf } from '../inventory/trouble'
import { dryRuns } from './dry-runs'
import { permissionsOf, uses } from './permissions'
import { ableTo } from './policies'

export interface CheckPorts {
  readonly session: AwsSession
  readonly policy: RetryPolicy
  readonly signal: AbortSignal
  readonly now: () => number
}

export interface Caller {
  readonly account: string
  readonly arn: string
}

/** Who the connection is, and what it may do. It asks only what reads, what simulates, and what is dry. */
export async function checkConnection(ports: CheckPorts): Promise<Result<ConnectionCheck>> {
  const caller = await callerOf(ports)
  if (!caller.ok) return caller
  const { account, arn } = caller.value
  const simulated = await simulate(arn, ports)
  if (!simulated.ok) return simulated
  const known = simulated.value.known ?? (await tryOut(ports))
  if ('ok' in known) return known
  return succeed({
    profile: ports.session.profile,
    at: new Date(ports.now()).toISOString(),
    account,
    identity: arn,
    method: simulated.value.known === null ? 'tried' : 'simulated',
    notes: [...simulated.value.notes],
    abilities: ableTo(uses, known).map(({ use: { area, name, title, without }, state, missing }) => ({
      area,
      name,
      title,
      state,
      missing: [...missing],
      without,
    })),
  })
}

export async function callerOf(ports: CheckPorts): Promise<Result<Caller>> {
  const { session, policy, signal } = ports
  const action = 'sts:GetCallerIdentity'
  const region = await regionOf(ports)
  if (!region.ok) return region
  try {
    const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
    const client = await session.client('sts', region.value, async (config) => new STSClient(config))
    const { Account, Arn } = await retrying(policy, signal, () =>
      client.send(new GetCallerIdentityCommand({}), { abortSignal: signal }),
    )
    if (!Account || !Arn) throw new ForeignAnswerError('it names no account')
    return succeed({ account: Account, arn: Arn })
  } catch (error) {
    return failed(troubleOf(error, { action, region: region.value, profile: session.profile }))
  }
}

/** Keys that cannot be had from the keychain already fail where the region is looked up. */
async function regionOf({ session }: CheckPorts): Promise<Result<string>> {
  try {
    return succeed(await session.defaultRegion())
  } catch (error) {
    return failed(
      troubleOf(error, { action: 'sts:GetCallerIdentity', region: 'us-east-1', profile: session.profile }),
    )
  }
}

/** What the policies shown here set a condition on. */
const ContextEntries: ContextEntry[] = [
  {
    ContextKeyName: 'iam:PassedToService',
    ContextKeyType: 'string',
    ContextKeyValues: ['ec2.amazonaws.com'],
  },
]

interface Simulated {
  /** null: it may not be simulated. */
  readonly known: ReadonlyMap<string, boolean> | null
  readonly notes: readonly string[]
}

/** What IAM says that the identity may do; nothing is done for it. */
async function simulate(arn: string, { session, policy, signal }: CheckPorts): Promise<Result<Simulated>> {
  if (/^arn:[\w-]+:iam::\d+:root$/.test(arn)) {
    return succeed({
      known: null,
      notes: [
        'This is the root user, which may do nearly everything. Use a role with the policy shown here.',
      ],
    })
  }
  const attempt = { action: 'iam:SimulatePrincipalPolicy', region: 'global', profile: session.profile }
  try {
    const { GetRoleCommand, IAMClient, SimulatePrincipalPolicyCommand } = await import('@aws-sdk/client-iam')
    const client = await session.client('iam', 'us-east-1', async (config) => new IAMClient(config))
    const PolicySourceArn = await sourceOf(arn, async (RoleName) => {
      const { Role } = await client.send(new GetRoleCommand({ RoleName }), { abortSignal: signal })
      return Role?.Arn
    })
    const known = new Map<string, boolean>()
    for (const ActionNames of inPieces(permissionsOf(uses), 100)) {
      let Marker: string | undefined
      do {
        const page = await retrying(policy, signal, () =>
          client.send(
            new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames, Marker, ContextEntries }),
            {
              abortSignal: signal,
            },
          ),
        )
        if (page.EvaluationResults === undefined) throw new ForeignAnswerError('the answer holds no list')
        for (const {
          EvalActionName = '',
          EvalDecision,
          OrganizationsDecisionDetail,
        } of page.EvaluationResults)
          known.set(
            EvalActionName,
            EvalDecision === 'allowed' && OrganizationsDecisionDetail?.AllowedByOrganizations !== false,
          )
        Marker = page.IsTruncated ? page.Marker : undefined
      } while (Marker !== undefined)
    }
    return succeed({
      known,
      notes: [
        'IAM simulated the policies of the identity on all resources: a policy that names only some resources counts as refused, and the policy of a session is not seen.',
      ],
    })
  } catch (error) {
    const trouble = troubleOf(error, attempt)
    if (trouble.kind === 'stop') return failed(trouble)
    return succeed({
      known: null,
      notes: [
        `What it may do could not be simulated: ${trouble.reason} Calls that can be tried without harm were tried; the rest is not known until it is used.`,
      ],
    })
  }
}

/** IAM simulates a role and not its session; where the role may not be read, its path is taken to be the root. */
async function sourceOf(
  arn: string,
  readRole: (name: string) => Promise<string | undefined>,
): Promise<string> {
  const [, partition, account, name] = /^arn:([\w-]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(arn) ?? []
  if (name === undefined) return arn
  const read = await readRole(name).catch(() => undefined)
  return read ?? `arn:${partition}:iam::${account}:role/${name}`
}

/** Where nothing may be simulated: EC2 says of a dry run whether it would have worked. */
async function tryOut(ports: CheckPorts): Promise<ReadonlyMap<string, boolean> | Result<never>> {
  const { session, policy, signal } = ports
  const region = await session.defaultRegion()
  const { EC2Client } = await import('@aws-sdk/client-ec2')
  const client = await session.client('ec2', region, async (config) => new EC2Client(config))
  const known = new Map<string, boolean>()
  for (const [action, run] of Object.entries(await dryRuns())) {
    try {
      await retrying(policy, signal, () => run(client, signal))
      known.set(action, true)
    } catch (error) {
      if (error instanceof Error && error.name === 'DryRunOperation') {
        known.set(action, true)
        continue
      }
      const trouble = troubleOf(error, { action, region, profile: session.profile })
      if (trouble.kind === 'stop') return failed(trouble)
      if (trouble.code === 'access-denied') known.set(action, false)
    }
  }
  return known
}

function failed(trouble: Trouble): Result<never> {
  if (trouble.kind === 'stop') return { ok: false, failure: trouble.failure }
  return fail(
    trouble.code,
    `The connection could not be checked: ${trouble.reason}`,
    'Check the network and the profile, and try again.',
  )
}
