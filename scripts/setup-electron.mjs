import { ensureElectron } from './steps/electron.mjs'
import { ensureInstalled } from './steps/install.mjs'
import { giveUp, say } from './steps/say.mjs'

/** `npm run setup:electron`: tries the download of Electron's binary again. */
try {
  await ensureInstalled()
  const electron = await ensureElectron({ again: true })
  if ('binary' in electron) say(`Electron is here: ${electron.binary}`)
  else {
    say(electron.reason)
    process.exitCode = 1
  }
} catch (error) {
  giveUp(error)
}
