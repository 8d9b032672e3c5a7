import { expect, test } from 'vitest'
import { connectionPolicySchema } from '../../../analytics/contract/connections'
import { actionPermissions } from './action-permissions'
import { changeUses, uses } from './permissions'
import { connectionPolicies } from './policies'

const policies = connectionPolicies()
const reads = /^(Describe|List|Get|Simulate)[A-Z]/

test.each(policies)('the policy for $name is valid, small enough for IAM, and allows what it says', (one) => {
  expect(connectionPolicySchema.parse(one)).toEqual(one)
  const { Version, Statement } = JSON.parse(one.policy)
  expect(Version).toBe('2012-10-17')
  // IAM counts a managed policy without its blanks.
  expect(one.policy.replaceAll(/\s/g, '').length).toBeLessThan(6_144)
  expect(Statement.flatMap(({ Action }: { Action: string[] }) => Action)).toEqual(one.permissions)
  for (const { Sid, Effect, Action } of Statement) {
    expect(Sid).toMatch(/^[A-Za-z0-9]+$/)
    expect(Effect).toBe('Allow')
    for (const permission of Action) expect(permission).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/)
  }
  const changing = one.permissions.filter((permission) => !reads.test(permission.split(':')[1] ?? ''))
  expect(changing.length > 0).toBe(one.changes)
})

test('every kind of change has one, and what it reads is told apart from what it changes', () => {
  expect(policies.map(({ name }) => name)).toEqual([
    'scan',
    'organisation',
    ...Object.keys(actionPermissions),
  ])
  expect(changeUses).toHaveLength(Object.keys(actionPermissions).length)
  for (const [kind, permissions] of Object.entries(actionPermissions)) {
    for (const read of permissions.reads) expect(read.split(':')[1], kind).toMatch(reads)
    for (const change of permissions.changes) expect(change.split(':')[1], kind).not.toMatch(reads)
  }
})

test('a name stands for one use', () => {
  const names = uses.map(({ area, name }) => `${area} ${name}`)
  expect(new Set(names).size).toBe(names.length)
})
