import type { StoredObjects } from './stored-objects'

const namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'

export function listXml(bucket: string, query: URLSearchParams, objects: StoredObjects): string {
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter')
  const most = Math.min(Number(query.get('max-keys') ?? 1_000), 1_000)
  const token = query.get('continuation-token')
  const after = token === null ? null : Buffer.from(token, 'base64').toString('utf8')
  const contents: string[] = []
  const folders = new Set<string>()
  let last = ''
  let more = false
  for (const object of objects.from(prefix, after)) {
    if (!object.key.startsWith(prefix)) break
    const cut = delimiter === null ? -1 : object.key.indexOf(delimiter, prefix.length)
    const folder = cut < 0 ? null : object.key.slice(0, cut + (delimiter ?? '').length)
    if (folder !== null && (folders.has(folder) || after?.startsWith(folder))) {
      last = object.key
      continue
    }
    if (contents.length + folders.size >= most) {
      more = true
      break
    }
    last = object.key
    if (folder !== null) folders.add(folder)
    else {
      contents.push(
        `<Contents><Key>${escaped(object.key)}</Key><LastModified>${new Date(object.modifiedMs).toISOString()}</LastModified><ETag>&quot;${object.etag}&quot;</ETag><Size>${object.bytes}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
      )
    }
  }
  const next = more
    ? `<NextContinuationToken>${Buffer.from(last).toString('base64')}</NextContinuationToken>`
    : ''
  const common = [...folders].map(
    (folder) => `<CommonPrefixes><Prefix>${escaped(folder)}</Prefix></CommonPrefixes>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult ${namespace}><Name>${bucket}</Name><Prefix>${escaped(prefix)}</Prefix><KeyCount>${contents.length + folders.size}</KeyCount><MaxKeys>${most}</MaxKeys><IsTruncated>${more}</IsTruncated>${contents.join('')}${common.join('')}${next}</ListBucketResult>`
}

export function errorXml(code: string, message: string, more: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escaped(message)}</Message>${more}<RequestId>TEST</RequestId></Error>`
}

export function assumedRoleXml(role: string): string {
  const until = new Date(Date.now() + 3_600_000).toISOString()
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROATEST:finops</AssumedRoleId><Arn>${escaped(role)}</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASIATESTROLE</AccessKeyId><SecretAccessKey>not-a-secret</SecretAccessKey><SessionToken>not-a-token</SessionToken><Expiration>${until}</Expiration></Credentials></AssumeRoleResult><ResponseMetadata><RequestId>TEST</RequestId></ResponseMetadata></AssumeRoleResponse>`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
