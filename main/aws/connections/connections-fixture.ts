import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { channels, type EngineChannelName } from '../../../analytics/contract/channels'
import type { AwsConnection } from '../../../analytics/contract/connections'
import type { Result } from '../../../analytics/contract/result'
import { answers } from '../../../analytics/engine/answers'
import { openStore, type Store } from '../../../analytics/store/open-store'
import { MemoryVault } from '../../vault/memory-vault'
import type { AskMfaCode } from '../mfa'
import { type AwsEnvironment, awsEnvironment, quickClient } from '../testing/aws-environment'
import { CloudServer } from '../testing/cloud/cloud-server'
import { type ConnectionAnswers, connectionAnswers } from './answers'
import type { AskEngine } from './writing'

export interface ConnectionsFixture {
  readonly cloud: CloudServer
  readonly environment: AwsEnvironment
  readonly store: Store
  readonly ask: AskEngine
  vault: MemoryVault
  connections(askMfaCode?: AskMfaCode): ConnectionAnswers
  /** The AWS config file. */
  profiles(config: string, credentials?: string): Promise<void>
  /** What the AWS command line writes down of a sign-on. */
  signedIn(session: string, content: object): Promise<void>
  list(): Promise<readonly AwsConnection[]>
  /** Empties what a test wrote. */
  reset(): Promise<void>
  end(): Promise<void>
}

export const fixtureTime = Date.UTC(2026, 9, 15, 8)

/** One store and one cloud a file: what a test writes, `reset` takes away. */
export async function openConnectionsFixture(): Promise<ConnectionsFixture> {
  const cloud = await CloudServer.start()
  const environment = await awsEnvironment(cloud.url)
  const home = await mkdtemp(join(tmpdir(), 'finops-connections-'))
  const opened = await openStore(home, { memoryLimit: '200MB', threads: 1 })
  if (!opened.ok) throw new Error(opened.failure.message)
  const store = opened.value
  /** The engine's own answers, without its process. */
  const ask: AskEngine = async (channel, input) => {
    const name = channel as EngineChannelName
    return await answers[name](channels[name].input.parse(input) as never, { store } as never)
  }
  const fixture: ConnectionsFixture = {
    cloud,
    environment,
    store,
    ask,
    vault: new MemoryVault(),
    connections: (askMfaCode) =>
      connectionAnswers({
        env: process.env,
        ask,
        openVault: async () => fixture.vault,
        settings: { ...quickClient, requestMs: 2_000 },
        policy: { attempts: 3, baseMs: 1, mostMs: 2 },
        now: () => fixtureTime,
        ...(askMfaCode ? { askMfaCode } : {}),
      }),
    profiles: async (config, credentials = '') => {
      await writeFile(join(environment.folder, 'config'), config)
      await writeFile(join(environment.folder, 'credentials'), credentials)
    },
    signedIn: async (session, content) => {
      const folder = join(environment.folder, '.aws', 'sso', 'cache')
      await mkdir(folder, { recursive: true })
      const name = createHash('sha1').update(session).digest('hex')
      await writeFile(join(folder, `${name}.json`), JSON.stringify(content))
    },
    list: async () => good(await fixture.connections()['connections/list']()).connections,
    reset: async () => {
      const connection = await store.connect()
      for (const table of ['connections', 'connection_writing', 'connection_checks'])
        await connection.run(`DELETE FROM state.main.${table}`)
      connection.closeSync()
      fixture.vault = new MemoryVault()
      for (const name of ['AssumableRoles', 'Accounts', 'Simulated']) cloud.state.empty('global', name)
      cloud.rules.length = 0
      cloud.requests.length = 0
      await fixture.profiles('')
    },
    end: async () => {
      await store.close()
      await cloud.close()
      await environment.end()
      await rm(home, { recursive: true })
    },
  }
  return fixture
}

export function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`)
  return result.value
}
