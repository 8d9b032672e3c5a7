import type { ListObjectsV2CommandOutput, S3Client } from '@aws-sdk/client-s3'
import { NotS3AnswerError } from './failures'

export interface ListedObject {
  readonly key: string
  readonly bytes: number
  /** Without the quotes. */
  readonly etag: string
  readonly modifiedMs: number
}

export interface Listing {
  readonly bucket: string
  readonly prefix: string
  readonly signal: AbortSignal
  /** Runs one request, again where that helps. */
  readonly retry: <T>(work: () => Promise<T>) => Promise<T>
}

/** One page after the other; nothing of a page is kept once it was taken. */
export async function* listPages(
  client: S3Client,
  { bucket, prefix, signal, retry }: Listing,
): AsyncGenerator<readonly ListedObject[]> {
  const { ListObjectsV2Command } = await import('@aws-sdk/client-s3')
  let token: string | undefined
  do {
    const page = await retry(async () => {
      const answer = await client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          ...(prefix === '' ? {} : { Prefix: prefix }),
          ...(token === undefined ? {} : { ContinuationToken: token }),
        }),
        { abortSignal: signal },
      )
      return checked(answer)
    })
    yield page.objects
    if (page.next !== undefined && page.next === token) {
      throw new NotS3AnswerError('the listing of the bucket turns in a circle')
    }
    token = page.next
  } while (token !== undefined)
}

interface Page {
  readonly objects: readonly ListedObject[]
  readonly next: string | undefined
}

/**
 * A login page with status 200 reaches this point as an answer without anything in it. A bucket that is really
 * empty says so: it counts to nought and says that there is no more.
 */
function checked(answer: ListObjectsV2CommandOutput): Page {
  const contents = answer.Contents ?? []
  if (answer.IsTruncated === undefined || (answer.Name === undefined && answer.KeyCount === undefined)) {
    throw new NotS3AnswerError('the listing of the bucket is not one')
  }
  if (
    answer.KeyCount !== undefined &&
    answer.KeyCount !== contents.length + (answer.CommonPrefixes?.length ?? 0)
  ) {
    throw new NotS3AnswerError(`the listing says ${answer.KeyCount} objects and holds ${contents.length}`)
  }
  if (answer.IsTruncated && !answer.NextContinuationToken) {
    throw new NotS3AnswerError('the listing breaks off without saying how it goes on')
  }
  const objects = contents.map(({ Key, Size, ETag, LastModified }) => {
    if (Key === undefined || Size === undefined || ETag === undefined) {
      throw new NotS3AnswerError('the listing holds an object without key, size or ETag')
    }
    return {
      key: Key,
      bytes: Size,
      etag: plainEtag(ETag),
      modifiedMs: LastModified?.getTime() ?? 0,
    }
  })
  return { objects, next: answer.IsTruncated ? answer.NextContinuationToken : undefined }
}

export function plainEtag(etag: string): string {
  return etag.replace(/^"(.*)"$/, '$1')
}
