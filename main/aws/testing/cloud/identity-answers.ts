import { type CloudAnswer, CloudError } from './answers'
import type { CloudState, Item } from './cloud-state'

/**
 * Who asks, and what they may: STS, IAM and Organizations. A test puts under `global`: `AssumableRoles` (`Arn`,
 * `ExternalId`), `Accounts` of the organisation, and `Simulated` (`Denied`: actions) where simulating is allowed.
 */
export const identityAnswers: Readonly<Record<string, CloudAnswer>> = {
  'sts/GetCallerIdentity': (state, _region, _input, _pageSize, caller = '') => {
    if (caller.startsWith('AKIAWRONG'))
      throw new CloudError(
        'InvalidClientTokenId',
        403,
        'The security token included in the request is invalid.',
      )
    // Keys of another account begin with its number.
    const [, other] = /^AKIA(\d{12})/.exec(caller) ?? []
    if (other !== undefined)
      return { Account: other, Arn: `arn:aws:iam::${other}:user/other`, UserId: 'AIDATEST' }
    const role = roleOf(state, caller)
    if (!role) {
      return { Account: state.account, Arn: `arn:aws:iam::${state.account}:user/scanner`, UserId: 'AIDATEST' }
    }
    const [, account = '', name = ''] = /^arn:aws:iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(arnOf(role)) ?? []
    return {
      Account: account,
      Arn: `arn:aws:sts::${account}:assumed-role/${name}/session`,
      UserId: 'AROATEST',
    }
  },
  'sts/AssumeRole': (state, _region, input, _pageSize, caller = '') => {
    const roles = state.list('global', 'AssumableRoles')
    const at = roles.findIndex((role) => role.Arn === input.RoleArn && role.ExternalId === input.ExternalId)
    if (at < 0) {
      throw new CloudError(
        'AccessDenied',
        403,
        `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${String(input.RoleArn)}`,
      )
    }
    return {
      Credentials: {
        AccessKeyId: `ASIAROLE${at}`,
        SecretAccessKey: 'not-a-secret',
        SessionToken: 'not-a-secret',
        Expiration: new Date(Date.now() + 3_600_000),
      },
    }
  },
  'iam/GetRole': (state, _region, { RoleName }) => {
    const Arn = state
      .list('global', 'AssumableRoles')
      .map(arnOf)
      .find((arn) => arn.endsWith(`/${String(RoleName)}`))
    if (Arn === undefined) throw new CloudError('NoSuchEntity', 404, `There is no role ${String(RoleName)}`)
    return {
      Role: { Arn, RoleName, Path: '/', RoleId: 'AROATEST', CreateDate: new Date(Date.UTC(2026, 0, 1)) },
    }
  },
  'iam/SimulatePrincipalPolicy': (state, _region, { ActionNames, Marker }, pageSize) => {
    const [rules] = state.list('global', 'Simulated')
    if (!rules)
      throw new CloudError('AccessDenied', 403, 'not authorized to perform: iam:SimulatePrincipalPolicy')
    const actions = Array.isArray(ActionNames) ? ActionNames : []
    const denied = Array.isArray(rules.Denied) ? rules.Denied : []
    const from = Number(Marker ?? 0)
    const more = from + pageSize < actions.length
    return {
      EvaluationResults: actions.slice(from, from + pageSize).map((EvalActionName: string) => ({
        EvalActionName,
        EvalResourceName: '*',
        EvalDecision: denied.includes(EvalActionName) ? 'implicitDeny' : 'allowed',
      })),
      IsTruncated: more,
      ...(more ? { Marker: String(from + pageSize) } : {}),
    }
  },
  'organizations/ListAccounts': (state, _region, { NextToken }, pageSize) => {
    const accounts = state.list('global', 'Accounts')
    if (accounts.length === 0) {
      throw new CloudError(
        'AWSOrganizationsNotInUseException',
        400,
        'Your account is not a member of an organization.',
      )
    }
    const from = Number(NextToken ?? 0)
    const more = from + pageSize < accounts.length
    return {
      Accounts: accounts.slice(from, from + pageSize),
      ...(more ? { NextToken: String(from + pageSize) } : {}),
    }
  },
}

const arnOf = ({ Arn }: Item) => String(Arn)

/** The keys of a role say which it is. */
function roleOf(state: CloudState, caller: string): Item | undefined {
  const at = /^ASIAROLE(\d+)$/.exec(caller)?.[1]
  return at === undefined ? undefined : state.list('global', 'AssumableRoles')[Number(at)]
}
