import type { Failure, Result } from '../../analytics/contract/result'
import type { Progress } from '../../analytics/contract/tasks'
import type { Application, ApplicationOptions } from '../application'
import { startWebDoor, type WebDoor } from './door'
import { noBrowserReason, openBrowser } from './open-browser'
import { type EndSignals, untilEnded } from './until-ended'

export interface ServeOptions {
  readonly home: string
  readonly rendererFolder: string
  readonly port?: number
  readonly open: boolean
  readonly json: boolean
  readonly demo: boolean
  readonly env: NodeJS.ProcessEnv
  readonly startApplication: (options: ApplicationOptions) => Promise<Result<Application>>
  readonly print: (line: string) => void
  readonly tell: (line: string) => void
  /** What ends the program; `process` when absent. */
  readonly signals?: EndSignals
  readonly openUrl?: typeof openBrowser
}

/** Opens the workspace, shows it through the web door and stays until told to end. Answers the exit code. */
export async function serve(options: ServeOptions): Promise<number> {
  const { home, rendererFolder, port, tell } = options
  const ended = untilEnded(options.signals ?? process)
  let showDoor: (door: WebDoor | null) => void = () => undefined
  // Another start may ask for a link before the door is open.
  const door = new Promise<WebDoor | null>((resolve) => {
    showDoor = resolve
  })
  const started = await options.startApplication({
    home,
    door: 'web',
    comeForward: async () => (await door)?.freshUrl() ?? null,
  })
  if (!started.ok) return refused(started.failure, options)
  const application = started.value
  const opened = await startWebDoor({
    application,
    rendererFolder,
    log: tell,
    ...(port === undefined ? {} : { port }),
  })
  showDoor(opened.ok ? opened.value : null)
  if (!opened.ok) {
    await application.close()
    return refused(opened.failure, options)
  }
  const url = opened.value.freshUrl()
  options.print(options.json ? JSON.stringify({ url }) : `FinOps Autopilot is open at ${url}`)
  const work = Promise.all([bringUpBrowser(url, options), fillWhenEmpty(application, options)])
  work.catch((cause: unknown) => tell(cause instanceof Error ? cause.message : String(cause)))
  const code = await ended
  await opened.value.close()
  await application.close()
  return code
}

function refused(failure: Failure, { json, print, tell }: ServeOptions): number {
  if (json) {
    const { code, message, hint } = failure
    print(JSON.stringify({ error: { code, message, ...(hint && { hint }) } }))
  } else tell(sentence(failure))
  return 3
}

async function bringUpBrowser(
  url: string,
  { open, env, tell, openUrl = openBrowser }: ServeOptions,
): Promise<void> {
  if (!open) return
  const surroundings = { env, platform: process.platform }
  const reason = noBrowserReason(surroundings)
  if (reason !== null) tell(`No browser was opened, since ${reason}. Open the address yourself.`)
  else if (!(await openUrl(url, surroundings))) tell('No browser could be opened. Open the address yourself.')
}

/** `--demo` never touches a workspace that holds something. */
async function fillWhenEmpty(application: Application, { demo, tell }: ServeOptions): Promise<void> {
  if (!demo) return
  const holdings = await application.ask('holdings/read', {})
  if (!holdings.ok) tell(sentence(holdings.failure))
  else if (holdings.value.rows > 0)
    tell('The workspace holds data already; the sample organisation was not added.')
  else {
    const filled = await application.ask('demo/fill', {}, { onProgress: progressTeller(tell) })
    tell(filled.ok ? 'The workspace is filled with the sample organisation.' : sentence(filled.failure))
  }
}

function progressTeller(tell: (line: string) => void): (progress: Progress) => void {
  let last = ''
  return ({ stage }) => {
    if (stage !== last) tell(stage)
    last = stage
  }
}

function sentence({ message, hint }: Failure): string {
  return hint === undefined ? message : `${message} ${hint}`
}
