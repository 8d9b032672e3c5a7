import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type ChannelInput,
  type ChannelName,
  type ChannelOutput,
  channels,
  type EngineChannelName,
  isChannelName,
  type MainChannelName,
  type ParsedInput,
} from '../analytics/contract/channels'
import type { AppEvent } from '../analytics/contract/events'
import type { ImportReport } from '../analytics/contract/imports'
import { fail, failureCodes, type Result, succeed } from '../analytics/contract/result'
import { describeAbout } from './about'
import type { ChangeAnswers } from './actions/answers'
import { AlertWatch } from './alerts/alert-watch'
import type { Application, ApplicationOptions, CallOptions } from './application'
import type { ConnectionAnswers } from './aws/connections/answers'
import type { ScanAnswers } from './aws/inventory/answers'
import type { FindKept } from './aws/kept'
import { MfaSessions } from './aws/mfa'
import { examine } from './doctor/examine'
import { forkEngine } from './engine/link'
import { EngineSupervisor } from './engine/supervisor'
import { answerExport } from './exports/answers'
import { Downloads } from './exports/downloads'
import { isOfferable } from './intake/handed-path'
import { HeldPaths } from './intake/held-paths'
import { UploadDesk } from './intake/upload-desk'
import { mfaCodesFrom } from './questions/ask-mfa-code'
import { QuestionCentre } from './questions/question-centre'
import { syncAnswers } from './sync/answers'
import { TaskCentre } from './tasks/task-centre'
import type { SecretVault } from './vault/secret-vault'
import { connectToOwner, type Listening, listenAsOwner, readOwner } from './workspace/owner'
import { RemoteApplication, serveApplication } from './workspace/session'

type MainAnswers = {
  readonly [C in MainChannelName]: (
    input: ParsedInput<C>,
    call: CallOptions,
  ) => Promise<Result<ChannelOutput<C>>>
}

/** A command line names a few files; more is a mistake. */
const mostOffered = 20

/** Built files lie side by side: this file, or the door that bundles it, next to the engine. */
export const engineEntry = join(
  dirname(fileURLToPath(import.meta.url)).replace(/[\\/]chunks$/, ''),
  'engine.js',
)

/** Composes the services of one workspace, once; the doors only carry messages to it. */
export async function startApplication(options: ApplicationOptions): Promise<Result<Application>> {
  const { home, door } = options
  const made = await makeHome(home)
  if (!made.ok) return made
  const taken = await alreadyOpen(home)
  if (taken !== null) return taken

  const listeners = new Set<(event: AppEvent) => void>()
  const tell = (event: AppEvent) => {
    for (const listener of listeners) listener(event)
  }
  const tasks: TaskCentre = new TaskCentre((event) => {
    tell(event)
    if (event.type === 'task' && event.task.state !== 'running') alerts.workEnded()
  })
  const supervisor = new EngineSupervisor({
    entry: options.engineEntry ?? engineEntry,
    home,
    startEngine: options.startEngine ?? forkEngine,
    onState: (engine) => tell({ type: 'engine', engine }),
    onData: (dataVersion) => {
      tell({ type: 'data', dataVersion })
      if (door !== 'cli') alerts.dataChanged()
    },
    onRecovered: () => void application.ask('warehouse/rebuild', {}),
  })
  // A command that ends has nobody to tell: the next window looks at its start.
  const alerts = new AlertWatch({
    looks: [
      async () => {
        const checked = (await askWithin('budgets/check', {})) as Result<ChannelOutput<'budgets/check'>>
        if (!checked.ok) return checked
        return succeed(checked.value.alerts.map((alert): AppEvent => ({ type: 'budget-alert', alert })))
      },
      async () => {
        const checked = (await askWithin('anomalies/check', {})) as Result<ChannelOutput<'anomalies/check'>>
        if (!checked.ok) return checked
        const { alerts: found } = checked.value
        return succeed(found.length === 0 ? [] : [{ type: 'anomaly-alert', alerts: found }])
      },
    ],
    tell,
    isWorking: () => tasks.running > 0,
  })
  const downloads = new Downloads()
  const held = new HeldPaths()
  const questions = new QuestionCentre(tell)

  // What a sync or an upload asks of the engine belongs to its own task and shows as no second one.
  const askWithin = (channel: string, input: unknown, call: CallOptions = {}) =>
    supervisor.request(channel as EngineChannelName, input, call.signal, call.onProgress)
  const askMfaCode = mfaCodesFrom(questions, options.canAsk ?? true)
  const sessions = new MfaSessions()
  const openVault = options.openVault ?? openSystemVault
  /** Loaded when somebody first names a profile: a start must not pay for it. */
  const kept: FindKept = async (name) => {
    const { findKept } = await import('./aws/connections/kept-keys')
    return await findKept({ env: process.env, ask: askWithin, openVault })(name)
  }
  const awsServices = { env: process.env, ask: askWithin, askMfaCode, sessions, kept }
  const sync = syncAnswers({ home, ...awsServices })
  let connections: Promise<ConnectionAnswers> | null = null
  const connecting = () => {
    connections ??= import('./aws/connections/answers').then(({ connectionAnswers }) =>
      connectionAnswers({ ...awsServices, openVault }),
    )
    return connections
  }
  let scans: Promise<ScanAnswers> | null = null
  /** Loaded when somebody first scans: a start must not pay for it. */
  const scanning = () => {
    scans ??= import('./aws/inventory/answers').then(({ scanAnswers }) =>
      scanAnswers({ home, ...awsServices }),
    )
    return scans
  }
  let changes: Promise<ChangeAnswers> | null = null
  /** Loaded when somebody first approves or asks: a start must not pay for it. */
  const changing = () => {
    changes ??= import('./actions/answers').then(({ changeAnswers }) =>
      changeAnswers({ home, openVault, ...awsServices }),
    )
    return changes
  }
  const uploads = new UploadDesk({
    home,
    importFiles: async (request, call) =>
      (await askWithin('import/run', request, call)) as Result<ImportReport>,
  })

  const mainAnswers: MainAnswers = {
    'about/read': async () => succeed(describeAbout(door, home, supervisor.duckdbVersion)),
    'doctor/run': async () => succeed(await examine({ home, door, supervisor, openVault, env: process.env })),
    'tasks/list': async () => succeed({ tasks: [...tasks.list()] }),
    'tasks/cancel': async ({ id }) => tasks.cancel(id),
    'tasks/dismiss': async ({ id }) => tasks.dismiss(id),
    'engine/state': async () => succeed(supervisor.state),
    'engine/restart': async () => succeed(await supervisor.restart()),
    's3/test': (input, call) => sync['s3/test'](input, call),
    's3/save': (input, call) => sync['s3/save'](input, call),
    's3/list': () => sync['s3/list'](),
    's3/remove': (input) => sync['s3/remove'](input),
    's3/policy': (input) => sync['s3/policy'](input),
    'sync/run': (input, call) => sync['sync/run'](input, call),
    'exports/save': (input, call) =>
      answerExport(
        input,
        {
          ask: (...question) => application.ask(...question),
          pickTarget: options.pickTarget,
          downloads: door === 'web' ? downloads : null,
        },
        call.signal ?? new AbortController().signal,
      ),
    'files/pick': async ({ what }) => {
      if (!options.pickPaths) {
        return fail(
          'no-dialog',
          'This door has no file dialog.',
          'Type the path of the file or folder instead.',
        )
      }
      const paths = await options.pickPaths(what)
      return succeed({ picked: held.hold(paths) })
    },
    'questions/list': async () => succeed({ questions: [...questions.list()] }),
    'questions/answer': async (answer) => questions.answer(answer),
    'uploads/open': (request) => uploads.open(request),
    'uploads/import': (reference, call) => uploads.import(reference, call),
    'uploads/abandon': ({ id }) => uploads.abandon(id),
    'inventory/scan': async (request, call) => (await scanning())['inventory/scan'](request, call),
    'inventory/import': async (request, call) => (await scanning())['inventory/import'](request, call),
    'metrics/fetch': async (request, call) => (await scanning())['metrics/fetch'](request, call),
    'approvals/list': async (input, call) => (await changing())['approvals/list'](input, call),
    'approvals/give': async (input, call) => (await changing())['approvals/give'](input, call),
    'approvals/reject': async (input, call) => (await changing())['approvals/reject'](input, call),
    'approvals/revoke': async (input, call) => (await changing())['approvals/revoke'](input, call),
    'packs/make': async (input, call) => (await changing())['packs/make'](input, call),
    'packs/approve': async (input, call) => (await changing())['packs/approve'](input, call),
    'packs/open': async (input, call) => (await changing())['packs/open'](input, call),
    'executions/list': async (input, call) => (await changing())['executions/list'](input, call),
    'executions/run': async (input, call) => (await changing())['executions/run'](input, call),
    'executions/undo': async (input, call) => (await changing())['executions/undo'](input, call),
    'executions/settle': async (input, call) => (await changing())['executions/settle'](input, call),
    'executions/stop': async (input, call) => (await changing())['executions/stop'](input, call),
    'journal/read': async (input, call) => (await changing())['journal/read'](input, call),
    'journal/verify': async (input, call) => (await changing())['journal/verify'](input, call),
    'connections/list': async () => (await connecting())['connections/list'](),
    'connections/check': async (reference, call) =>
      (await connecting())['connections/check'](reference, call),
    'connections/key-store': async () => (await connecting())['connections/key-store'](),
    'connections/save-keys': async (keys, call) => (await connecting())['connections/save-keys'](keys, call),
    'connections/remove': async (reference) => (await connecting())['connections/remove'](reference),
    'connections/members': async (request, call) =>
      (await connecting())['connections/members'](request, call),
    'connections/save-members': async (request) => (await connecting())['connections/save-members'](request),
    'connections/policies': async () => (await connecting())['connections/policies'](),
  }

  async function askEngine(
    channel: EngineChannelName,
    input: unknown,
    call: CallOptions,
  ): Promise<Result<unknown>> {
    return await supervisor.request(channel, held.putInto(input), call.signal, call.onProgress)
  }

  async function ask(channel: ChannelName, input: unknown, call: CallOptions): Promise<Result<unknown>> {
    return channels[channel].answeredBy === 'engine'
      ? await askEngine(channel as EngineChannelName, input, call)
      : await mainAnswers[channel as MainChannelName](input as never, call)
  }

  /** Long work shows in the task centre, and whoever asked for it hears of its progress too. */
  async function askAtLength(
    channel: ChannelName,
    input: unknown,
    call: CallOptions,
  ): Promise<Result<unknown>> {
    const title = channels[channel].title ?? channel
    return await tasks.run(channel, title, call.signal, (signal, progress) =>
      ask(channel, input, {
        signal,
        onProgress: (step) => {
          progress(step)
          call.onProgress?.(step)
        },
      }),
    )
  }

  let closing = false
  let closed: Promise<void> | null = null
  let listening: Listening | null = null
  const application: Application = {
    home,
    door,
    call: async (channel, input, call = {}) => {
      if (closing) return fail(failureCodes.engineStopped, 'The application is closing.')
      if (!isChannelName(channel)) {
        return fail(
          failureCodes.unknownChannel,
          `There is no channel ${JSON.stringify(channel.slice(0, 100))}.`,
        )
      }
      const parsed = channels[channel].input.safeParse(input)
      if (!parsed.success) return fail(failureCodes.invalidInput, describeIssues(parsed.error.issues))
      try {
        return channels[channel].long
          ? await askAtLength(channel, parsed.data, call)
          : await ask(channel, parsed.data, call)
      } catch (error) {
        return fail(
          failureCodes.unexpected,
          'Something unexpected went wrong.',
          'Copy the details and report them.',
          error instanceof Error ? (error.stack ?? error.message) : String(error),
        )
      }
    },
    ask: async <C extends ChannelName>(channel: C, input: ChannelInput<C>, call?: CallOptions) =>
      (await application.call(channel, input, call)) as Result<ChannelOutput<C>>,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    takeDownload: (token) => downloads.take(token),
    intake: {
      hold: (paths) => held.hold(paths),
      offer: async (paths) => {
        const fit: string[] = []
        for (const path of paths.slice(0, mostOffered)) if (await isOfferable(path)) fit.push(path)
        // The screen that says yes asks for the import itself, and shows its report.
        if (fit.length > 0) void questions.ask({ kind: 'import', items: held.hold(fit) }, null)
      },
      receive: (upload, file, body) => uploads.receive(upload, file, body),
    },
    close: async () => {
      closed ??= (async () => {
        // A command that is done still owes an answer to the commands that speak through it.
        if (door === 'cli') await listening?.idle()
        closing = true
        await listening?.close()
        questions.close()
        await (await changes)?.close()
        await supervisor.close()
        await uploads.close()
      })()
      await closed
    },
  }

  let state = await supervisor.start()
  // Only now is it sure that no other application has the workspace, and uploads on their way into it.
  const tidied = state.state === 'ready' ? uploads.tidy() : null
  if (supervisor.failure?.code === failureCodes.workspaceInUse) {
    // Two starts at the same moment: the other one was first and is only now telling where it listens.
    const meanwhile = await openedMeanwhile(home)
    // Nobody speaks for it: the engine of an application that died may have needed a moment to leave.
    if (meanwhile === null) state = await supervisor.start()
    const refusal = supervisor.failure
    if (refusal?.code === failureCodes.workspaceInUse) {
      await supervisor.close()
      return meanwhile ?? { ok: false, failure: refusal }
    }
  }
  if (state.state === 'failed') {
    const refusal = supervisor.failure
    // A file that cannot be opened is a state to show, not a reason to hide; only a held workspace ends the start.
    if (refusal && door === 'cli') {
      await supervisor.close()
      return { ok: false, failure: refusal }
    }
  }
  try {
    listening = await listenAsOwner(
      home,
      door,
      serveApplication(application, options.comeForward ?? (async () => null)),
    )
  } catch (error) {
    // Nobody could reach this application, and its engine would hold the workspace.
    await supervisor.close()
    throw error
  }
  await tidied
  if (door !== 'cli') alerts.dataChanged()
  return succeed(application)
}

/** Loaded when first needed: a start must not pay for the keychain's native module. */
async function openSystemVault(): Promise<SecretVault> {
  const { SystemVault } = await import('./vault/system-vault')
  return new SystemVault()
}

async function makeHome(home: string): Promise<Result<null>> {
  try {
    await mkdir(home, { recursive: true, mode: 0o700 })
    return succeed(null)
  } catch (error) {
    return fail(
      'workspace-not-writable',
      `The workspace folder ${home} cannot be made.`,
      'Choose another folder with --home or FINOPS_HOME.',
      String(error),
    )
  }
}

/** Someone is there and answers: ask them to come forward and say so. */
async function alreadyOpen(home: string): Promise<Result<never> | null> {
  const owner = await readOwner(home)
  const connection = owner && (await connectToOwner(owner))
  if (!owner || !connection) return null
  const remote = new RemoteApplication(connection)
  const forward = await remote.comeForward()
  remote.close()
  const where =
    owner.door === 'cli'
      ? 'a finops command'
      : owner.door === 'web'
        ? 'the browser'
        : 'the desktop application'
  return fail(
    failureCodes.workspaceInUse,
    `The workspace ${home} is already open in ${where} (process ${owner.pid}). Nothing was started.`,
    forward?.url
      ? `Open ${forward.url}`
      : owner.door === 'desktop'
        ? 'Its window was brought to the front.'
        : 'Wait until it has ended, or choose another workspace with --home.',
    forward?.url ?? undefined,
  )
}

async function openedMeanwhile(home: string): Promise<Result<never> | null> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const taken = await alreadyOpen(home)
    if (taken !== null) return taken
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return null
}

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

function describeIssues(issues: readonly Issue[]): string {
  const first = issues[0]
  if (!first) return 'The input is not valid.'
  const where = first.path.length > 0 ? `${first.path.map(String).join('.')}: ` : ''
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  return `The input is not valid: ${where}${first.message}${more}`.slice(0, 1_000)
}

/** For the command line: the application that has the workspace open, if any does. */
export async function connectToOpenApplication(home: string): Promise<RemoteApplication | null> {
  const owner = await readOwner(home)
  const connection = owner && (await connectToOwner(owner))
  return connection ? new RemoteApplication(connection) : null
}
