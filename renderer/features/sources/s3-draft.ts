import type { Failure } from '../../../analytics/contract/result'
import type { S3Draft } from '../../../analytics/contract/s3-sources'

export type DraftField = keyof S3Draft
type DraftText = Readonly<Record<DraftField, string>>

export const emptyDraft: DraftText = { name: '', bucket: '', prefix: '', profile: '', region: '' }

/** What the fields say. A field that may be empty and is means "not given". */
export function draftOf(text: DraftText): S3Draft {
  return {
    name: text.name.trim(),
    bucket: text.bucket.trim(),
    prefix: text.prefix.trim(),
    profile: text.profile.trim() || null,
    region: text.region.trim() || null,
  }
}

export function sameDraft(left: S3Draft, right: S3Draft): boolean {
  return (
    left.name === right.name &&
    left.bucket === right.bucket &&
    left.prefix === right.prefix &&
    left.profile === right.profile &&
    left.region === right.region
  )
}

/** A whole address in the bucket's field fills both fields. */
export function withField(text: DraftText, field: DraftField, value: string): DraftText {
  const address = field === 'bucket' ? /^\s*s3:\/\/([^/]*)\/?(.*)$/.exec(value) : null
  if (address === null) return { ...text, [field]: value }
  return { ...text, bucket: address[1] ?? '', prefix: address[2] ?? '' }
}

interface FieldProblem {
  readonly field: DraftField
  readonly message: string
}

/** The application names the field it refuses; the sentence then belongs beside that field. */
export function fieldProblem(failure: Failure): FieldProblem | null {
  if (failure.code !== 'invalid-input') return null
  const told = /\b(name|bucket|prefix|profile|region): (.+?)(?: \(and \d+ more\))?$/.exec(failure.message)
  const field = told?.[1]
  const sentence = told?.[2]
  if (field === undefined || sentence === undefined || !isField(field)) return null
  const message = sentence.charAt(0).toUpperCase() + sentence.slice(1)
  return { field, message: message.endsWith('.') ? message : `${message}.` }
}

function isField(name: string): name is DraftField {
  return Object.hasOwn(emptyDraft, name)
}

export function addressOf({ bucket, prefix }: Pick<S3Draft, 'bucket' | 'prefix'>): string {
  return `s3://${bucket}/${prefix}`
}
