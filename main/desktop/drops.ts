import type { PickedPaths } from '../../analytics/contract/application'
import { bridgeGlobal } from '../../analytics/contract/bridge'
import { fail, failureCodes, type Result, succeed } from '../../analytics/contract/result'
import { isOfferable } from '../intake/handed-path'
import type { Intake } from '../intake/intake'
import type { IpcPort } from './electron-ports'
import { isTrustedSender, type SenderRules } from './sender'

/** As many as one import takes. */
const mostDropped = 1_000

export interface DropParts {
  readonly ipcMain: IpcPort
  readonly intake: Pick<Intake, 'hold'>
  readonly rules: SenderRules
}

/** Paths of what a person dropped on a page of ours: the preload reads them off the files, the page gets tokens. */
export function answerDrops({ ipcMain, intake, rules }: DropParts): void {
  ipcMain.handle(`${bridgeGlobal}:hold`, async (event, paths): Promise<Result<PickedPaths>> => {
    if (!isTrustedSender(event, rules)) {
      return fail('foreign-sender', 'The call does not come from a window of this program.')
    }
    if (!Array.isArray(paths) || paths.length === 0 || paths.length > mostDropped) {
      return fail(failureCodes.invalidInput, `Between one and ${mostDropped} files can be dropped at once.`)
    }
    const known: string[] = []
    for (const path of paths) if (await isOfferable(path)) known.push(path)
    if (known.length < paths.length) {
      return fail(
        'not-on-disk',
        'What was dropped is not a file or folder of this machine.',
        'Save it first, then drop the file or its folder.',
      )
    }
    return succeed({ picked: intake.hold(known) })
  })
}
