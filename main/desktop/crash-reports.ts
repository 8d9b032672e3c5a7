import type { DesktopElectron } from './electron-ports'

/** Minidumps stay in a folder of this machine; the menu opens it. */
export function keepCrashReports(crashReporter: DesktopElectron['crashReporter']): void {
  crashReporter.start({ uploadToServer: false, compress: true })
}
