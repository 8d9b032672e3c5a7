import type { AppPort } from './electron-ports'

type Take = (paths: readonly string[]) => void

/** The words of a command line that can be paths: the program's own name and Chromium's switches are none. */
export function pathsOf(commandLine: readonly string[], isPackaged: boolean): readonly string[] {
  const words = commandLine.slice(1).filter((word) => word !== '' && !word.startsWith('-'))
  // While developing, Electron is the program and the first word is where ours lies.
  return isPackaged ? words : words.slice(1)
}

/**
 * What other starts of the program and the system hand over to be opened. It can come before there is an application
 * to ask; then it waits.
 */
export function hearHandedOver(app: AppPort): { readonly to: (take: Take) => void } {
  let waiting: string[] = []
  let take: Take = (paths) => {
    waiting = [...waiting, ...paths]
  }
  app.on('second-instance', (_event, commandLine) => take(pathsOf(commandLine, app.isPackaged)))
  app.on('open-file', (event, path) => {
    event.preventDefault()
    take([path])
  })
  return {
    to: (taker) => {
      take = taker
      if (waiting.length > 0) taker(waiting)
      waiting = []
    },
  }
}
