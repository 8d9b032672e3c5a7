import { z } from 'zod'
import { type ImportReport, importReportSchema } from '../../analytics/contract/imports'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import {
  type LastSync,
  type S3Draft,
  type S3Policy,
  type S3PolicyRequest,
  type S3Reference,
  type S3Saved,
  type S3SaveRequest,
  type S3Source,
  type S3Sources,
  type S3Test,
  type SyncedSource,
  type SyncReport,
  type SyncRequest,
  s3SourceSchema,
  s3SourcesSchema,
} from '../../analytics/contract/s3-sources'
import type { Progress } from '../../analytics/contract/tasks'
import { type ClientSettings, openS3 } from '../aws/clients'
import type { FindKept } from '../aws/kept'
import { type AskMfaCode, MfaSessions } from '../aws/mfa'
import { type FreeBytes, freeBytes } from './disk-space'
import { leastPrivilegePolicy } from './policy'
import { type RetryPolicy, retryPolicy } from './retry'
import { sourceFolder } from './source-place'
import { nothingFound, removeMirror, type SyncOutcome, type SyncPorts, syncSource } from './sync-source'
import { testSource } from './test-source'

export interface SyncCall {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

export interface SyncServices {
  readonly home: string
  readonly env: NodeJS.ProcessEnv
  /** Asks the engine: `s3-sources/list`, `s3-sources/write`, `s3-sources/remove`, `s3-sources/synced`, `import/run`. */
  readonly ask: (channel: string, input: unknown, call?: SyncCall) => Promise<Result<unknown>>
  readonly askMfaCode?: AskMfaCode
  /** Of the application, so that one code serves a check, a scan and a sync. */
  readonly sessions?: MfaSessions
  readonly kept?: FindKept
  readonly settings?: Partial<ClientSettings>
  readonly policy?: Partial<RetryPolicy>
  readonly freeBytes?: FreeBytes
  readonly now?: () => number
}

export interface SyncAnswers {
  readonly 's3/test': (draft: S3Draft, call?: SyncCall) => Promise<Result<S3Test>>
  readonly 's3/save': (request: S3SaveRequest, call?: SyncCall) => Promise<Result<S3Saved>>
  readonly 's3/list': () => Promise<Result<S3Sources>>
  readonly 's3/remove': (reference: S3Reference) => Promise<Result<S3Reference>>
  readonly 's3/policy': (request: S3PolicyRequest) => Promise<Result<S3Policy>>
  readonly 'sync/run': (request: SyncRequest, call?: SyncCall) => Promise<Result<SyncReport>>
}

export function syncAnswers(services: SyncServices): SyncAnswers {
  /** Two syncs of one folder would take the files from under each other. */
  const busy = new Set<string>()
  const sessions = services.sessions ?? new MfaSessions()
  const list = () => asked(services, 's3-sources/list', {}, s3SourcesSchema)
  const test = (draft: S3Draft, call: SyncCall) => testSource(draft, portsOf(services, sessions, call))

  return {
    's3/test': (draft, call = {}) => test(draft, call),
    's3/save': async ({ allowEmpty, ...draft }, call = {}) => {
      const tested = await test(draft, call)
      if (!tested.ok) return tested
      if (tested.value.exports.length === 0 && !allowEmpty)
        return nothingFound(draft, tested.value.objectsSeen)
      const source = await asked(services, 's3-sources/write', draft, s3SourceSchema)
      return source.ok ? succeed({ source: source.value, test: tested.value }) : source
    },
    's3/list': list,
    's3/remove': async (reference) => {
      if (busy.has(reference.name)) return inUse(reference.name)
      const removed = await asked(services, 's3-sources/remove', reference, z.object({ name: z.string() }))
      if (!removed.ok) return removed
      // What was imported from it stays: that is a source of its own in the workspace.
      await removeMirror(services.home, reference.name)
      return removed
    },
    's3/policy': async (request) => succeed(leastPrivilegePolicy(request)),
    'sync/run': async ({ name }, call = {}) => {
      const sources = await list()
      if (!sources.ok) return sources
      const chosen = sources.value.sources.filter((source) => name === undefined || source.name === name)
      if (chosen.length === 0) return noneChosen(name)
      const taken = chosen.find((source) => busy.has(source.name))
      if (taken) return inUse(taken.name)
      for (const source of chosen) busy.add(source.name)
      try {
        return await syncAll(chosen, services, sessions, call)
      } finally {
        for (const source of chosen) busy.delete(source.name)
      }
    },
  }
}

async function syncAll(
  sources: readonly S3Source[],
  services: SyncServices,
  sessions: MfaSessions,
  call: SyncCall,
): Promise<Result<SyncReport>> {
  const report: { -readonly [K in keyof SyncReport]: SyncReport[K] } = {
    sources: [],
    imports: [],
    warnings: [],
  }
  const ports = portsOf(services, sessions, call)
  for (const source of sources) {
    const outcome = await syncSource(draftOf(source), ports)
    if (ports.signal.aborted) {
      await remember(
        services,
        source.name,
        'partly',
        'The sync was cancelled; the next one goes on from there.',
      )
      return outcome.ok ? fail('cancelled', 'The sync was cancelled.') : outcome
    }
    const synced = outcome.ok ? outcome.value.report : failed(services, source, outcome.failure)
    await remember(services, source.name, synced.state, synced.message)
    // One source alone: its failure is the answer, with its code and next step.
    if (!outcome.ok && sources.length === 1) return outcome
    report.sources.push(synced)
    report.warnings.push(...warningsOf(outcome, synced))
    if (!outcome.ok || synced.state === 'failed') continue
    const imported = await importMirror(services, source, synced.folder, call)
    if (!imported.ok) {
      if (imported.failure.code === 'cancelled') return imported
      const { code, message, hint } = imported.failure
      report.warnings.push({ code, message: hint ? `${message} ${hint}` : message, file: synced.folder })
      continue
    }
    report.imports.push(...imported.value.imports)
    report.warnings.push(...imported.value.warnings)
  }
  return succeed(report)
}

function portsOf(services: SyncServices, sessions: MfaSessions, call: SyncCall): SyncPorts {
  const { env, askMfaCode, kept, settings } = services
  const signal = call.signal ?? new AbortController().signal
  const progress = call.onProgress ?? (() => undefined)
  /** The task says what it waits for. */
  const askAloud: AskMfaCode | undefined =
    askMfaCode &&
    (async (request) => {
      const stage = `Waiting for the multi-factor code of ${request.profile ?? 'the default profile'}`
      progress({ stage, done: 0, total: null, unit: 'steps' })
      return await askMfaCode(request)
    })
  return {
    home: services.home,
    openClient: (draft) =>
      openS3(draft, {
        env,
        sessions,
        signal,
        ...(askAloud ? { askMfaCode: askAloud } : {}),
        ...(kept ? { kept } : {}),
        ...(settings ? { settings } : {}),
      }),
    policy: { ...retryPolicy, ...services.policy },
    freeBytes: services.freeBytes ?? freeBytes,
    now: services.now ?? Date.now,
    signal,
    progress,
  }
}

function draftOf({ name, bucket, prefix, profile, region }: S3Source): S3Draft {
  return { name, bucket, prefix, profile, region }
}

async function importMirror(
  services: SyncServices,
  { name, bucket }: S3Source,
  folder: string,
  call: SyncCall,
): Promise<Result<ImportReport>> {
  const input = { paths: [folder], copyOf: { source: name, origin: `s3://${bucket}/` } }
  return await asked(services, 'import/run', input, importReportSchema, call)
}

async function remember(
  services: SyncServices,
  name: string,
  state: LastSync['state'],
  message: string,
): Promise<void> {
  const at = new Date((services.now ?? Date.now)()).toISOString()
  // A source that was removed meanwhile has nothing to remember; the sync itself is not worse for it.
  await services.ask('s3-sources/synced', { name, lastSync: { at, state, message: message.slice(0, 4_000) } })
}

function failed(
  services: SyncServices,
  source: S3Source,
  failure: { message: string; hint?: string | undefined },
): SyncedSource {
  return {
    name: source.name,
    state: 'failed',
    message: failure.hint ? `${failure.message} ${failure.hint}` : failure.message,
    files: { fetched: 0, unchanged: 0, failed: 0 },
    bytes: 0,
    missing: [],
    folder: sourceFolder(services.home, source.name),
  }
}

function warningsOf(outcome: Result<SyncOutcome>, synced: SyncedSource): SyncReport['warnings'] {
  if (!outcome.ok) return [{ code: outcome.failure.code, message: synced.message, file: synced.folder }]
  return outcome.value.notes.map((note) => ({ ...note, file: synced.folder }))
}

async function asked<T>(
  services: SyncServices,
  channel: string,
  input: unknown,
  schema: z.ZodType<T>,
  call?: SyncCall,
): Promise<Result<T>> {
  const answer = await services.ask(channel, input, call)
  return answer.ok ? succeed(schema.parse(answer.value)) : answer
}

function noneChosen(name: string | undefined): Result<never> {
  return name === undefined
    ? fail('no-sources', 'There is no S3 source to sync.', 'Add one under Data sources.')
    : fail('no-such-source', `There is no S3 source ${name}.`, 'List the sources to see their names.')
}

function inUse(name: string): Result<never> {
  return fail('sync-running', `${name} is being synced already.`, 'Wait until that has ended, or cancel it.')
}
