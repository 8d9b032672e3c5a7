import { expect, test } from 'vitest'
import { leastPrivilegePolicy } from './policy'

function statements(request: Parameters<typeof leastPrivilegePolicy>[0]) {
  return JSON.parse(leastPrivilegePolicy(request).policy).Statement
}

test('allows to list the prefix, to read below it, to ask for the region, and nothing else', () => {
  expect(statements({ bucket: 'company-billing', prefix: 'finops/cur' })).toEqual([
    {
      Sid: 'FindBillingExports',
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::company-billing',
      Condition: { StringLike: { 's3:prefix': 'finops/cur/*' } },
    },
    {
      Sid: 'TellTheRegion',
      Effect: 'Allow',
      Action: 's3:GetBucketLocation',
      Resource: 'arn:aws:s3:::company-billing',
    },
    {
      Sid: 'ReadBillingExports',
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::company-billing/finops/cur/*',
    },
  ])
})

test('a whole bucket needs no condition; the other partitions have names of their own', () => {
  const [list, , get] = statements({ bucket: 'company-billing', prefix: '', region: 'cn-north-1' })
  expect(list.Condition).toBeUndefined()
  expect(get.Resource).toBe('arn:aws-cn:s3:::company-billing/*')
  expect(statements({ bucket: 'b-b', prefix: '', region: 'us-gov-west-1' })[0].Resource).toBe(
    'arn:aws-us-gov:s3:::b-b',
  )
})

test('signs that mean more in a policy stand for themselves', () => {
  expect(statements({ bucket: 'b-b', prefix: 'a*b/$c/' })[2].Resource).toBe(
    ['arn:aws:s3:::b-b/a', '{*}b/', '{$}c/*'].join('$'),
  )
})

test('says what a key of KMS needs', () => {
  expect(leastPrivilegePolicy({ bucket: 'b-b', prefix: '' }).notes.join(' ')).toContain('kms:Decrypt')
})
