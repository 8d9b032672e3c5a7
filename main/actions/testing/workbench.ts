import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Action } from '../../../analytics/contract/actions'
import type { Pinned } from '../../../analytics/contract/journal'
import { fail, type Result, succeed } from '../../../analytics/contract/result'
import { type AwsEnvironment, awsEnvironment } from '../../aws/testing/aws-environment'
import { CloudServer } from '../../aws/testing/cloud/cloud-server'
import { Journal } from '../../journal/journal'
import { Executor, type ExecutorPorts, type Hands } from '../executor'

export const account = '111122223333'
export const region = 'us-east-1'

/** An executor on the suite's own AWS, with a journal of its own. */
export class Workbench {
  writing = true
  journal: Journal
  executor: Executor
  boundary: (name: string) => Promise<void> = async () => undefined

  private constructor(
    readonly cloud: CloudServer,
    private readonly environment: AwsEnvironment,
    readonly folder: string,
    journal: Journal,
  ) {
    this.journal = journal
    this.executor = this.newExecutor()
  }

  static async open(): Promise<Workbench> {
    const cloud = await CloudServer.start()
    const environment = await awsEnvironment(cloud.url)
    const folder = await mkdtemp(join(tmpdir(), 'finops-actions-'))
    return new Workbench(cloud, environment, folder, await Journal.open(folder))
  }

  /** As after a start of the program: nothing is known but what is on the disk. */
  async restart(): Promise<void> {
    await this.journal.close()
    this.journal = await Journal.open(this.folder)
    this.executor = this.newExecutor()
  }

  /** A new account and an empty journal. */
  async clear(): Promise<void> {
    await this.journal.close()
    await rm(this.folder, { recursive: true })
    this.cloud.state.clear()
    this.cloud.requests.length = 0
    this.cloud.rules.length = 0
    this.cloud.onRequest = null
    this.boundary = async () => undefined
    this.writing = true
    this.journal = await Journal.open(this.folder)
    this.executor = this.newExecutor()
  }

  async end(): Promise<void> {
    await this.journal.close()
    await this.cloud.close()
    await this.environment.end()
    await rm(this.folder, { recursive: true })
  }

  async hands(): Promise<Hands> {
    return unwrap(await this.executor.open(null))
  }

  private newExecutor(): Executor {
    const demandWriting = async (): Promise<Result<null>> =>
      this.writing ? succeed(null) : fail('connection-read-only', 'The connection is read-only.')
    const ports: ExecutorPorts = {
      journal: this.journal,
      aws: { env: process.env, settings: { retryMode: 'standard', maxAttempts: 1, requestMs: 2_000 } },
      demandWriting,
      policy: { attempts: 6, baseMs: 0, mostMs: 0, stallMs: 300, random: () => 0.5 },
      patience: { everyMs: 0, mostLooks: 60, mostTries: 4 },
      pause: async () => undefined,
      boundary: (name) => this.boundary(name),
    }
    return new Executor(ports)
  }
}

export function pinnedOf(action: Action, stateHash: string | null = null): Pinned {
  return {
    recommendation: {
      id: 'r-0123456789ab',
      rule: 'test',
      title: `A test of ${action.kind}`,
      resource: 'the-resource',
      account,
      region,
      monthlySaving: '12.5',
      currency: 'USD',
      risk: 'medium',
      undo: 'exact',
      confidence: 1,
      action,
    },
    stateHash,
    expires: '2199-01-01T00:00:00Z',
  }
}

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`)
  return result.value
}
