import { expect, test } from 'vitest'
import { openS3 } from '../aws/clients'
import { listPages } from '../aws/list-objects'
import { awsEnvironment, quickClient } from '../aws/testing/aws-environment'
import { S3TestServer } from '../aws/testing/s3-server'
import { newestFolder, newestManifest, readCatalogue } from './catalogue'
import { retrying, retryPolicy } from './retry'

const place = { bucket: 'company-billing', prefix: '', profile: null, region: 'us-east-1' }
const signal = new AbortController().signal
const object = (key: string, modifiedMs = 0) => ({ key, bytes: 1, etag: 'e', modifiedMs })

test('100,000 objects are listed page by page, throttled now and then, and only those of exports are kept', async () => {
  const server = await S3TestServer.start()
  const environment = await awsEnvironment(server.url)
  try {
    const folder = 'e/data/BILLING_PERIOD=2026-09'
    const empty = Buffer.alloc(0)
    for (let at = 0; at < 100_000; at += 1) {
      const name = String(at).padStart(6, '0')
      server.put(at % 500 === 0 ? `${folder}/${name}.parquet` : `logs/${name}`, empty)
    }
    for (const times of [1, 2]) server.rules.push({ fault: { kind: 'slow-down' }, operation: 'list', times })
    const client = await openS3(place, { env: process.env, settings: quickClient })
    const policy = { ...retryPolicy, baseMs: 1, mostMs: 2, attempts: 5 }
    const pages = listPages(client, {
      bucket: place.bucket,
      prefix: '',
      signal,
      retry: (work) => retrying(policy, signal, work),
    })
    const told: number[] = []
    const catalogue = await readCatalogue(pages, (seen) => told.push(seen))
    client.destroy()
    expect(catalogue).toMatchObject({ objectsSeen: 100_000, otherObjects: 99_800 })
    expect(catalogue?.periods).toHaveLength(1)
    expect(catalogue?.periods[0]?.data).toHaveLength(200)
    // A page after the other, never more than a thousand objects at a time.
    expect(told).toEqual(Array.from({ length: 100 }, (_, page) => (page + 1) * 1_000))
  } finally {
    await server.close()
    await environment.end()
  }
})

test('a prefix that holds more than a workspace can want is refused, not swallowed', async () => {
  const pages = async function* () {
    for (let page = 0; ; page += 1) yield [object(`e/data/BILLING_PERIOD=2026-09/${page}.parquet`)]
  }
  expect(await readCatalogue(pages(), () => undefined, 50)).toBeNull()
})

test('of several manifests the newest counts, and of two of one moment the one higher up', () => {
  const period = { root: 'r', period: '2026-09', layout: 'cur-1', data: [] } as const
  const upper = object('r/20260901-20261001/r-Manifest.json', 5)
  const lower = object('r/20260901-20261001/a/r-Manifest.json', 5)
  const newer = object('r/20260901-20261001/b/r-Manifest.json', 6)
  expect(newestManifest({ ...period, manifests: [lower, upper] })).toBe(upper)
  expect(newestManifest({ ...period, manifests: [lower, upper, newer] })).toBe(newer)
  expect(newestManifest({ ...period, manifests: [] })).toBeNull()
})

test('folders are deliveries of the whole month: the newest is taken', () => {
  const files = [object('a/1', 1), object('b/1', 2), object('b/2', 9), object('a/2', 3)]
  expect(newestFolder(files).map(({ key }) => key)).toEqual(['b/1', 'b/2'])
})
