import type { AppPort, SessionPort } from './electron-ports'
import { mayLoad } from './origin'

/** Electron grants every permission unless told otherwise; the screens need none. */
function denyPermissions(session: SessionPort): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}

/** Pages load from the program itself and from nowhere else. */
function denyNetwork(session: SessionPort, development: URL | null): void {
  session.webRequest.onBeforeRequest((request, answer) => {
    answer({ cancel: !mayLoad(request.url, development) })
  })
  // The spelling checker downloads its dictionaries.
  session.setSpellCheckerEnabled(false)
}

/** Chromium's own errands: component updates, field trials, domain reliability reports, name look-ups. */
export function silenceChromium(app: AppPort, development: URL | null): void {
  app.commandLine.appendSwitch('disable-background-networking')
  app.commandLine.appendSwitch('disable-component-update')
  app.commandLine.appendSwitch('disable-domain-reliability')
  app.commandLine.appendSwitch('no-pings')
  if (development === null) app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
}

export function lockSession(session: SessionPort, development: URL | null): void {
  denyPermissions(session)
  denyNetwork(session, development)
}
