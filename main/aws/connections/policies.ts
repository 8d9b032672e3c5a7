import type { ConnectionPolicy } from '../../../analytics/contract/connections'
import { type ActionPermissions, actionPermissions, permissionsOfAction } from './action-permissions'
import { organisationUses, permissionsOf, scanUses, type Use } from './permissions'

/** Ready to paste: what reading takes, what looking over the organisation takes, and one for each kind of change. */
export function connectionPolicies(): readonly ConnectionPolicy[] {
  return [
    policyOf(
      'scan',
      'Read-only scan',
      permissionsOf(scanUses),
      [
        'Attach it to the user or role of the profile. Nothing in it changes anything or reads what is stored.',
      ],
      false,
    ),
    policyOf(
      'organisation',
      'Accounts of the organisation, and what a connection may do',
      permissionsOf(organisationUses),
      [
        'Listing accounts works in the management account or a delegated one.',
        'To scan member accounts, allow sts:AssumeRole on their role as well, for example arn:aws:iam::*:role/NAME.',
      ],
      false,
    ),
    ...Object.entries(actionPermissions).map(([kind, permissions]) => changePolicy(kind, permissions)),
  ]
}

function changePolicy(kind: string, permissions: ActionPermissions): ConnectionPolicy {
  return policyOf(
    kind,
    permissions.title,
    permissionsOfAction(permissions),
    [
      'It covers the change, the backup before it and its undo.',
      'Narrow Resource down to what may be changed, or add a condition on a tag.',
    ],
    true,
  )
}

function policyOf(
  name: string,
  title: string,
  permissions: readonly string[],
  notes: readonly string[],
  changes: boolean,
): ConnectionPolicy {
  const services = [...new Set(permissions.map(serviceOf))]
  const policy = {
    Version: '2012-10-17',
    // One statement a service: they are easier to narrow down.
    Statement: services.map((service) => ({
      Sid: `${changes ? 'Change' : 'Read'}${service.charAt(0).toUpperCase()}${service.slice(1)}`,
      Effect: 'Allow',
      Action: permissions.filter((permission) => serviceOf(permission) === service),
      Resource: '*',
      // A role may be handed to instances only, and to nothing that could do more with it.
      ...(service === 'iam' && changes
        ? { Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } }
        : {}),
    })),
  }
  return {
    name,
    title,
    changes,
    permissions: [...permissions],
    policy: JSON.stringify(policy, null, 2),
    notes: [...notes],
  }
}

const serviceOf = (permission: string) => permission.split(':')[0] ?? ''

/** What of these uses is allowed, where some permissions are known to be allowed or refused. */
export function ableTo(
  some: readonly Use[],
  known: ReadonlyMap<string, boolean>,
): readonly {
  readonly use: Use
  readonly state: 'allowed' | 'denied' | 'unknown'
  readonly missing: readonly string[]
}[] {
  return some.map((use) => {
    const missing = use.permissions.filter((permission) => known.get(permission) === false)
    const isUnknown = use.permissions.some((permission) => !known.has(permission))
    return { use, missing, state: missing.length > 0 ? 'denied' : isUnknown ? 'unknown' : 'allowed' }
  })
}
