import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Application } from '../application'
import { type AwsEnvironment, awsEnvironment } from '../aws/testing/aws-environment'
import { CloudServer } from '../aws/testing/cloud/cloud-server'
import { documentedConnections, documentedError, documentedWriting } from '../testing/documented'
import { openApplication } from '../testing/open-application'
import { documentOf, runCli } from '../testing/run-cli'
import { temporaryFolders } from '../testing/temporary-folder'

// Whole processes at work on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const newFolder = temporaryFolders('connections')
let home: string
let application: Application
let cloud: CloudServer
let environment: AwsEnvironment
const connections = (...argv: readonly string[]) => runCli(['connections', ...argv, '--home', home])

beforeAll(async () => {
  cloud = await CloudServer.start()
  environment = await awsEnvironment(
    null,
    `[profile audit]\nregion = us-east-1\nendpoint_url = ${cloud.url}\naws_access_key_id = AKIAAUDIT\naws_secret_access_key = not-a-secret\n[profile lost]\nregion = us-east-1\n`,
  )
  home = await newFolder()
  application = (await openApplication(home)).application
})
afterAll(async () => {
  await application.close()
  await environment.end()
  await cloud.close()
})

describe('finops connections', () => {
  it('lists every profile read-only, and asks nobody for it', async () => {
    const run = await connections('--json')
    expect(run.code).toBe(0)
    const listed = documentedConnections.parse(documentOf(run)).connections
    expect(listed.map(({ profile, kind, writing }) => [profile, kind, writing])).toEqual([
      ['audit', 'static', false],
      ['lost', 'unknown', false],
      [null, 'default', false],
    ])
    expect(cloud.requests).toEqual([])
    const text = (await connections()).stdout
    expect(text).toMatch(/audit +read-only +not checked/)
    expect(text).toContain('! The profile lost has no keys')
  })

  it('says what a profile may do, and remembers it for the list', async () => {
    cloud.state.put('global', 'Simulated', { Denied: ['ec2:DescribeImages'] })
    const run = await connections('check', 'audit')
    expect(run.stdout).toContain('arn:aws:iam::111122223333:user/scanner in account 111122223333')
    expect(run.stdout).toMatch(/EC2: images +denied +ec2:DescribeImages/)
    expect(run.stdout).toContain('! What cannot be read of EC2: images is left out')
    expect((await connections()).stdout).toMatch(/audit +111122223333 +read-only +\d+ of \d+ parts of a scan/)
    expect(documentedError.parse(documentOf(await connections('check', 'nobody', '--json'))).error.code).toBe(
      'no-credentials',
    )
  })

  it('switches writing on for one profile and off again', async () => {
    const on = await connections('write', 'on', 'audit', '--json')
    expect(documentedWriting.parse(documentOf(on))).toMatchObject({ profile: 'audit', writing: true })
    const listed = documentedConnections.parse(documentOf(await connections('--json'))).connections
    expect(listed.filter(({ writing }) => writing).map(({ profile }) => profile)).toEqual(['audit'])
    expect((await connections('write', 'off', 'audit')).stdout).toBe('audit is read-only.\n')
    const wrong = await connections('write', 'on', 'nobody', '--json')
    expect(wrong.code).toBe(3)
    expect(documentedError.parse(documentOf(wrong)).error.code).toBe('no-such-connection')
    expect((await connections('write', 'maybe', 'audit')).code).toBe(2)
  })

  it('prints a policy as it is pasted', async () => {
    const run = await connections('policy', 'delete-volume')
    expect(JSON.parse(run.stdout).Statement[0].Action).toContain('ec2:DeleteVolume')
    expect((await connections('policy')).stdout).toMatch(/^scan +Read-only scan\norganisation /)
    expect((await connections('policy', 'nothing')).code).toBe(3)
  })

  it('adds the member accounts where the role works, and is done in part where one refuses', async () => {
    cloud.state.put(
      'global',
      'Accounts',
      { Id: '444455556666', Name: 'Payments', Status: 'ACTIVE' },
      { Id: '222233334444', Name: 'Data', Status: 'ACTIVE' },
    )
    cloud.state.put('global', 'AssumableRoles', { Arn: 'arn:aws:iam::444455556666:role/Reader' })
    const run = await connections('members', '--profile', 'audit', '--role', 'Reader', '--add', '--json')
    expect(run.code).toBe(4)
    expect(documentOf(run)).toMatchObject({ added: ['audit@444455556666'] })
    expect((await connections('check', 'audit@444455556666', '--json')).stdout).toContain(
      'assumed-role/Reader',
    )
    const text = (await connections('members', '--profile', 'audit', '--role', 'Reader')).stdout
    expect(text).toMatch(/444455556666 +Payments +works +audit@444455556666/)
    expect(text).toMatch(/! The profile audit may not take on arn:aws:iam::222233334444:role\/Reader/)
  })
})
