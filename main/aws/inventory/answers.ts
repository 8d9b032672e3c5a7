import type { z } from 'zod'
import {
  type LoadedScan,
  loadedScanSchema,
  type MetricSeriesList,
  type MetricsFetched,
  type MetricsFetchRequest,
  metricSeriesListSchema,
  metricsRecordedSchema,
  type RecordedInventory,
  type ScanReport,
  type ScanRequest,
} from '../../../analytics/contract/inventory'
import { fail, type Result, succeed } from '../../../analytics/contract/result'
import type { Progress } from '../../../analytics/contract/tasks'
import { type RetryPolicy, retryPolicy } from '../../sync/retry'
import type { ClientSettings } from '../clients'
import type { FindKept } from '../kept'
import { fetchMetrics } from '../metrics/fetch-metrics'
import type { AskMfaCode } from '../mfa'
import { MfaSessions } from '../mfa'
import { readRecordedInventory } from './recorded-inventory'
import { collectors } from './registry'
import { runScan, type ScanPorts, servicesOf } from './scan'
import { AwsSession } from './session'

export interface ScanCall {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

export interface ScanServices {
  readonly home: string
  readonly env: NodeJS.ProcessEnv
  /** Asks the engine: `inventory/load`, `metrics/wanted`, `metrics/record`. */
  readonly ask: (channel: string, input: unknown, call?: ScanCall) => Promise<Result<unknown>>
  readonly askMfaCode?: AskMfaCode
  /** Of the application, so that one code serves a check, a scan and a sync. */
  readonly sessions?: MfaSessions
  readonly kept?: FindKept
  readonly settings?: Partial<ClientSettings>
  readonly policy?: Partial<RetryPolicy>
  readonly now?: () => number
}

export interface ScanAnswers {
  readonly 'inventory/scan': (request: ScanRequest, call?: ScanCall) => Promise<Result<ScanReport>>
  readonly 'inventory/import': (request: RecordedInventory, call?: ScanCall) => Promise<Result<ScanReport>>
  readonly 'metrics/fetch': (request: MetricsFetchRequest, call?: ScanCall) => Promise<Result<MetricsFetched>>
}

export function scanAnswers(services: ScanServices): ScanAnswers {
  const sessions = services.sessions ?? new MfaSessions()
  return {
    'inventory/scan': async (request, call = {}) => {
      const unknown = request.services?.find((service) => !servicesOf(collectors).includes(service))
      if (unknown !== undefined) {
        return fail(
          'no-such-service',
          `There is no service ${unknown} to scan.`,
          `Choose among ${servicesOf(collectors).join(', ')}.`,
        )
      }
      return await withSession(services, sessions, request.profile, call, async (ports) => {
        const scanned = await runScan(
          {
            home: services.home,
            collectors: collectors.filter(({ service }) => request.services?.includes(service) ?? true),
            regions: request.regions,
            resume: request.resume ?? true,
          },
          ports,
        )
        if (!scanned.ok) return scanned
        const { record, resumed } = scanned.value
        const loaded = await load(services, record.id, call)
        if (!loaded.ok) return loaded
        const { account } = record
        return succeed({
          account,
          scan: record.id,
          resources: loaded.value.resources,
          relations: loaded.value.relations,
          metrics: 0,
          regions: record.regions,
          skipped: record.skipped,
          resumed,
        })
      })
    },
    'inventory/import': async ({ path }, call = {}) => {
      const read = await readRecordedInventory(services.home, path)
      if (!read.ok) return read
      const loaded = await load(services, read.value.id, call)
      if (!loaded.ok) return loaded
      const { account, id, regions, skipped } = read.value
      const { resources, relations } = loaded.value
      return succeed({ account, scan: id, resources, relations, metrics: 0, regions, skipped, resumed: 0 })
    },
    'metrics/fetch': async ({ profile, ...request }, call = {}) =>
      await withSession(services, sessions, profile, call, (ports) => fetchMissing(services, request, ports)),
  }
}

async function withSession<T>(
  services: ScanServices,
  sessions: MfaSessions,
  profile: string | null,
  call: ScanCall,
  work: (ports: ScanPorts) => Promise<Result<T>>,
): Promise<Result<T>> {
  const { env, askMfaCode, kept, settings } = services
  const signal = call.signal ?? new AbortController().signal
  const session = new AwsSession(profile, {
    env,
    sessions,
    signal,
    ...(askMfaCode ? { askMfaCode } : {}),
    ...(kept ? { kept } : {}),
    ...(settings ? { settings } : {}),
  })
  try {
    return await work({
      session,
      policy: { ...retryPolicy, ...services.policy },
      signal,
      progress: call.onProgress ?? (() => undefined),
      now: services.now ?? Date.now,
    })
  } finally {
    session.close()
  }
}

async function load(services: ScanServices, id: string, call: ScanCall): Promise<Result<LoadedScan>> {
  return await asked(services, 'inventory/load', { id }, loadedScanSchema, call)
}

/** Asks the engine what is missing, CloudWatch for it, and has the engine keep it. */
async function fetchMissing(
  services: ScanServices,
  request: Omit<MetricsFetchRequest, 'profile'>,
  ports: ScanPorts,
): Promise<Result<MetricsFetched>> {
  const until = new Date(ports.now()).toISOString()
  const wanted: Result<MetricSeriesList> = await asked(
    services,
    'metrics/wanted',
    { ...request, until },
    metricSeriesListSchema,
    ports,
  )
  if (!wanted.ok) return wanted
  const { account } = request
  const fetched = await fetchMetrics(services.home, account, wanted.value.series, ports)
  if (!fetched.ok) return fetched
  const { file, skipped, ...counts } = fetched.value
  if (file !== null) {
    const recorded = await asked(services, 'metrics/record', { account, file }, metricsRecordedSchema)
    if (!recorded.ok) return recorded
  }
  return succeed({ account, ...counts, skipped: [...skipped] })
}

async function asked<T>(
  services: ScanServices,
  channel: string,
  input: unknown,
  schema: z.ZodType<T>,
  call?: ScanCall | ScanPorts,
): Promise<Result<T>> {
  const answer = await services.ask(channel, input, call?.signal ? { signal: call.signal } : {})
  return answer.ok ? succeed(schema.parse(answer.value)) : answer
}
