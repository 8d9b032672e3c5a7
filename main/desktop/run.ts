import type { Result } from '../../analytics/contract/result'
import type { Application, ApplicationOptions } from '../application'
import { notifyOfAlerts } from './alert-notifications'
import { answerCalls } from './calls'
import { answerCopies } from './clipboard'
import { recoverFromCrashes } from './crash-recovery'
import { keepCrashReports } from './crash-reports'
import { pickPathsWith, pickTargetWith } from './dialogs'
import { answerDrops } from './drops'
import type { DesktopElectron } from './electron-ports'
import { serviceEngine } from './engine-service'
import { forwardEvents } from './events'
import { hearHandedOver, pathsOf } from './handed-over'
import { setMenu } from './menu'
import { lockNavigation } from './navigation'
import { notifyOfEndedTasks } from './notifications'
import { developmentServer, startUrl } from './origin'
import { watchPower } from './power'
import { registerScheme, serveBundle } from './protocol'
import { quitCleanly } from './quit'
import { rememberIn } from './remembered'
import { lockSession, silenceChromium } from './session-lock'
import { claimSingleInstance } from './single-instance'
import { openWindow } from './window'
import { keepWindows } from './windows'

export interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  /** The command line that this start was made with. */
  readonly argv: readonly string[]
  readonly platform: NodeJS.Platform
  readonly home: string
  readonly preload: string
  readonly rendererFolder: string
  readonly startApplication: (options: ApplicationOptions) => Promise<Result<Application>>
  readonly now: () => number
  /** A line for whoever started the program from a terminal. */
  readonly tell: (line: string) => void
  readonly report: (cause: unknown) => void
}

/** The same name as in electron-builder.yml: Windows shows notifications only for a known one. */
const appId = 'app.finops-autopilot.desktop'

/** Everything of the desktop door, in the order Electron asks for. */
export async function runDesktop(electron: DesktopElectron, surroundings: Surroundings): Promise<void> {
  const { app } = electron
  const { env, home, report } = surroundings
  const development = developmentServer(env.ELECTRON_RENDERER_URL, app.isPackaged)
  const windows = keepWindows(() => {
    const window = openWindow({
      electron,
      remembered,
      preload: surroundings.preload,
      url: development?.href ?? startUrl,
      report,
    })
    recoverFromCrashes(window, surroundings.now, report)
    return window
  })
  let application: Application | null = null
  const comeForward = () => {
    if (application !== null) windows.comeForward()
  }

  if (!claimSingleInstance(app, comeForward, surroundings.tell)) return
  const handedOver = hearHandedOver(app)
  app.enableSandbox()
  keepCrashReports(electron.crashReporter)
  registerScheme(electron.protocol)
  silenceChromium(app, development)
  lockNavigation(app, development)
  app.on('session-created', (session) => lockSession(session, development))
  app.setAppUserModelId(appId)
  const remembered = rememberIn(app.getPath('userData'), report)

  await app.whenReady()
  lockSession(electron.session.defaultSession, development)
  serveBundle(electron.protocol, surroundings.rendererFolder, report)
  const dialogs = { app, dialog: electron.dialog, windows, remembered }
  const starting = surroundings.startApplication({
    home,
    door: 'desktop',
    startEngine: serviceEngine(electron.utilityProcess),
    pickPaths: pickPathsWith(dialogs),
    pickTarget: pickTargetWith(dialogs),
    comeForward: async () => {
      comeForward()
      return null
    },
  })
  const quitting = quitCleanly(app, async () => closeStarted(await starting), report)
  const started = await starting
  if (!started.ok) {
    const { message, hint } = started.failure
    electron.dialog.showErrorBox(
      'FinOps Autopilot cannot open',
      hint === undefined ? message : `${message}\n\n${hint}`,
    )
    app.exit(1)
    return
  }
  if (quitting.isQuitting()) return
  application = started.value

  const underTest = env.FINOPS_E2E === '1' && !app.isPackaged
  const rules = { development, isOurs: windows.isOurs, underTest }
  answerCalls({ ipcMain: electron.ipcMain, application, rules, report })
  answerCopies({ ipcMain: electron.ipcMain, clipboard: electron.clipboard, rules })
  answerDrops({ ipcMain: electron.ipcMain, intake: application.intake, rules })
  forwardEvents(application, windows)
  notifyOfEndedTasks(application, windows, electron.Notification)
  notifyOfAlerts(application, electron.Notification, (hash) => {
    windows.comeForward()
    windows
      .all()[0]
      ?.loadURL(`${development?.href ?? startUrl}${hash}`)
      .catch(report)
  })
  watchPower(electron.powerMonitor, app, application, report)
  setMenu({ electron, windows, home, platform: surroundings.platform, development, report })
  app.on('activate', comeForward)
  app.on('window-all-closed', () => {
    if (surroundings.platform !== 'darwin') app.quit()
  })
  windows.open()
  const { intake } = application
  handedOver.to((paths) => {
    intake.offer(paths).catch(report)
  })
  await intake.offer(pathsOf(surroundings.argv, app.isPackaged))
}

async function closeStarted(started: Result<Application>): Promise<void> {
  if (started.ok) await started.value.close()
}
