import { expect, test } from 'vitest'
import { bucketNameSchema, prefixSchema, s3DraftSchema, s3SourceNameSchema } from './s3-sources'

test.each(['Billing', 'b', 'a b.c-d_e', 'x1'])('%s is a name', (name) => {
  expect(s3SourceNameSchema.safeParse(name).success).toBe(true)
})

test.each([
  '',
  '.',
  '..',
  '../x',
  'a/b',
  'a\\b',
  ' a',
  'a ',
  'a.',
  'con',
  'NUL.txt',
  'com1',
  'a\0',
  'é',
  'x'.repeat(64),
])('a source cannot be called %j: its name becomes a folder', (name) => {
  expect(s3SourceNameSchema.safeParse(name).success).toBe(false)
})

test.each([
  ['company-billing', true],
  ['a.b.c', true],
  ['ab', false],
  ['Upper', false],
  ['a..b', false],
  ['192.168.0.1', false],
  ['-a-', false],
  ['a/b', false],
])('bucket %s: %s', (bucket, valid) => {
  expect(bucketNameSchema.safeParse(bucket).success).toBe(valid)
})

test('a prefix has no control characters and a draft no unknown fields', () => {
  expect(prefixSchema.safeParse('a/b c').success).toBe(true)
  expect(prefixSchema.safeParse('a\nb').success).toBe(false)
  const draft = { name: 'b', bucket: 'company-billing', prefix: '', profile: null, region: null }
  expect(s3DraftSchema.safeParse(draft).success).toBe(true)
  expect(s3DraftSchema.safeParse({ ...draft, secretKey: 'x' }).success).toBe(false)
  expect(s3DraftSchema.safeParse({ ...draft, region: 'Frankfurt' }).success).toBe(false)
})
