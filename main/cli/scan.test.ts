import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { skippedSchema } from '../../analytics/contract/inventory'
import type { Application } from '../application'
import { type AwsEnvironment, awsEnvironment } from '../aws/testing/aws-environment'
import { CloudServer } from '../aws/testing/cloud/cloud-server'
import { documentedError } from '../testing/documented'
import { openApplication } from '../testing/open-application'
import { documentOf, runCli } from '../testing/run-cli'
import { temporaryFolders } from '../testing/temporary-folder'

// Whole processes at work on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const newFolder = temporaryFolders('scan')
let home: string
let application: Application
let cloud: CloudServer
let environment: AwsEnvironment
const scan = (...argv: readonly string[]) => runCli(['scan', ...argv, '--json', '--home', home])

const documented = z.object({
  resources: z.number(),
  metrics: z.number(),
  skipped: z.array(skippedSchema),
})

beforeAll(async () => {
  cloud = await CloudServer.start()
  environment = await awsEnvironment(
    null,
    `[profile audit]\nregion = us-east-1\nendpoint_url = ${cloud.url}\naws_access_key_id = AKIAAUDIT\naws_secret_access_key = not-a-secret\n`,
  )
  cloud.state.regions = ['eu-west-1', 'us-east-1']
  cloud.state.put('eu-west-1', 'Volumes', { VolumeId: 'vol-eu', State: 'available', Size: 10 })
  cloud.state.put('us-east-1', 'Instances', { InstanceId: 'i-1', State: { Name: 'running' } })
  cloud.state.measure = (_asked, timeMs) => timeMs % 100
  home = await newFolder()
  application = (await openApplication(home)).application
})
afterAll(async () => {
  await application.close()
  await environment.end()
  await cloud.close()
})

describe('finops scan', () => {
  it('reads an account and its metrics, says before what they cost, and records it for another machine', async () => {
    const file = join(await newFolder(), 'account.jsonl.gz')
    const run = await scan('--profile', 'audit', '--metric-days', '1', '--out', file)
    expect(run.stderr).toContain('8 metrics in 2 requests cost about 0.0001 USD')
    expect(run.code).toBe(0)
    expect(documented.parse(documentOf(run))).toEqual({ resources: 2, metrics: 8, skipped: [] })
    expect(cloud.requests.filter(({ operation }) => !/^(Describe|List|Get)/.test(operation))).toEqual([])
    expect(cloud.requests.filter(({ service }) => service === 'ce')).toEqual([])

    const listed = await application.ask('inventory/list', { sort: 'name' })
    expect(listed).toMatchObject({ value: { rows: [{ id: 'i-1' }, { id: 'vol-eu', state: 'available' }] } })

    // The other machine has no credentials and asks nobody.
    const before = cloud.requests.length
    const elsewhere = await newFolder()
    const read = await runCli(['scan', '--in', file, '--json', '--home', elsewhere])
    expect(documented.parse(documentOf(read))).toEqual({ resources: 2, metrics: 0, skipped: [] })
    expect(cloud.requests).toHaveLength(before)

    // A file that somebody changed is refused as a whole.
    const lines = gunzipSync(await readFile(file))
      .toString()
      .replace('"kind":"volume"', '"kind":7')
    const damaged = join(elsewhere, 'damaged.gz')
    await writeFile(damaged, gzipSync(lines))
    const refused = await runCli(['scan', '--in', damaged, '--json', '--home', elsewhere])
    expect(refused.code).toBe(3)
    expect(documentedError.parse(documentOf(refused)).error.message).toMatch(
      /not a recorded inventory: line \d+ cannot be read/,
    )
    await writeFile(damaged, gzipSync(lines).subarray(0, 60))
    const cut = await runCli(['scan', '--in', damaged, '--json', '--home', elsewhere])
    expect(documentedError.parse(documentOf(cut)).error.code).toBe('file-unreadable')
  })

  it('is done in part where something may not be read', async () => {
    cloud.rules.push({ service: 'ec2', operation: 'DescribeVolumes', fault: 'denied' })
    const run = await runCli([
      'scan',
      '--profile',
      'audit',
      '--services',
      'ec2',
      '--metric-days',
      '0',
      '--home',
      home,
    ])
    cloud.rules.length = 0
    expect(run.code).toBe(4)
    expect(run.stdout).toMatch(/ec2 volumes\s+eu-west-1\s+ec2:DescribeVolumes is not allowed/)
    // What an earlier scan knew of it stays.
    expect(await application.ask('inventory/list', { kinds: ['volume'] })).toMatchObject({
      value: { rowCount: 1 },
    })
  })

  it.each([
    [['--profile', 'audit', '--services', 'ec3'], 3, 'no-such-service'],
    [['--profile', 'nobody'], 3, 'no-credentials'],
    [['--profile', 'audit', '--metric-days', '64'], 2, 'usage'],
    [['--in', '/nowhere/at-all'], 3, 'file-unreadable'],
  ])('refuses %j', async (argv, code, named) => {
    const run = await scan(...argv)
    expect(run.code).toBe(code)
    expect(documentedError.parse(documentOf(run)).error.code).toBe(named)
  })

  it('takes a login page for what it is', async () => {
    cloud.rules.push({ fault: 'html' })
    const run = await scan('--profile', 'audit')
    cloud.rules.length = 0
    expect(run.code).toBe(3)
    expect(documentedError.parse(documentOf(run)).error.code).toBe('not-aws-answer')
  })
})
