import { bridgeGlobal } from '../../analytics/contract/bridge'
import { fail, failureCodes, type Result, succeed } from '../../analytics/contract/result'
import type { ClipboardPort, IpcPort } from './electron-ports'
import { isTrustedSender, type SenderRules } from './sender'

/** A table of the widest page, as text. */
const longestCopy = 16 * 1024 * 1024

export interface CopyParts {
  readonly ipcMain: IpcPort
  readonly clipboard: ClipboardPort
  readonly rules: SenderRules
}

/** Pages have no permission for the clipboard: they may put text there through this, and never read it. */
export function answerCopies({ ipcMain, clipboard, rules }: CopyParts): void {
  ipcMain.handle(`${bridgeGlobal}:copy`, async (event, text): Promise<Result<null>> => {
    if (!isTrustedSender(event, rules)) {
      return fail('foreign-sender', 'The call does not come from a window of this program.')
    }
    if (typeof text !== 'string' || text.length > longestCopy) {
      return fail(failureCodes.invalidInput, 'Only text of a reasonable length can be copied.')
    }
    await clipboard.writeText(text)
    return succeed(null)
  })
}
