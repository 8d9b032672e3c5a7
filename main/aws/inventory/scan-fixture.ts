import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Relation,
  type Resource,
  relationSchema,
  resourceSchema,
} from '../../../analytics/contract/inventory'
import type { Result } from '../../../analytics/contract/result'
import { type AwsEnvironment, awsEnvironment } from '../testing/aws-environment'
import { CloudServer } from '../testing/cloud/cloud-server'
import { collectors } from './registry'
import { runScan, type ScanOutcome, type ScanPlan, type ScanPorts } from './scan'
import { ScanFolder } from './scan-folder'
import { AwsSession } from './session'

export interface ScanFixture {
  readonly cloud: CloudServer
  readonly home: string
  readonly environment: AwsEnvironment
  scan(plan?: Partial<ScanPlan>, ports?: Partial<ScanPorts>): Promise<Result<ScanOutcome>>
  end(): Promise<void>
}

export const scanTime = Date.UTC(2026, 9, 15, 8)

export async function openScanFixture(): Promise<ScanFixture> {
  const cloud = await CloudServer.start()
  const environment = await awsEnvironment(cloud.url)
  const home = await mkdtemp(join(tmpdir(), 'finops-scan-'))
  return {
    cloud,
    home,
    environment,
    scan: async (plan = {}, ports = {}) => {
      const session = new AwsSession(null, {
        env: process.env,
        settings: { retryMode: 'standard', maxAttempts: 1, requestMs: 2_000 },
      })
      try {
        return await runScan(
          { home, collectors, resume: true, ...plan },
          {
            session,
            policy: { attempts: 6, baseMs: 1, mostMs: 4, stallMs: 300, random: () => 0.5 },
            signal: new AbortController().signal,
            progress: () => undefined,
            now: () => scanTime,
            ...ports,
          },
        )
      } finally {
        session.close()
      }
    },
    end: async () => {
      await cloud.close()
      await environment.end()
      await rm(home, { recursive: true })
    },
  }
}

export interface Seen {
  readonly resources: readonly Resource[]
  readonly relations: readonly Relation[]
}

/** What the files of a scan say, each line checked against the contract. */
export async function seenBy(home: string, outcome: ScanOutcome): Promise<Seen> {
  const folder = ScanFolder.of(home, outcome.record.id)
  const resources: Resource[] = []
  const relations: Relation[] = []
  for (const unit of outcome.record.units) {
    if (unit.state !== 'done') continue
    for (const line of (await folder.readUnit(unit)).split('\n')) {
      if (line === '') continue
      const parsed: { resource?: unknown; relation?: unknown } = JSON.parse(line)
      if (parsed.resource) resources.push(resourceSchema.parse(parsed.resource))
      else relations.push(relationSchema.parse(parsed.relation))
    }
  }
  return { resources, relations }
}

export function scanned(result: Result<ScanOutcome>): ScanOutcome {
  if (!result.ok)
    throw new Error(`${result.failure.code}: ${result.failure.message} ${result.failure.details ?? ''}`)
  return result.value
}
