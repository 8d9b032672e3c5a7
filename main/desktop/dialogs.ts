import { dirname } from 'node:path'
import type { OpenDialogOptions } from 'electron'
import type { PickPaths } from '../application'
import type { AppPort, DialogPort } from './electron-ports'
import type { Remembered } from './remembered'
import type { Windows } from './windows'

export interface DialogParts {
  readonly app: AppPort
  readonly dialog: DialogPort
  readonly windows: Pick<Windows, 'all'>
  readonly remembered: Remembered
}

/** Real paths go to the application, which hands the screen tokens for them. */
export function pickPathsWith({ app, dialog, windows, remembered }: DialogParts): PickPaths {
  return async (what) => {
    const options: OpenDialogOptions = {
      title: what === 'files' ? 'Choose billing files' : 'Choose the folder of a billing export',
      buttonLabel: 'Choose',
      // Dialogs open in Downloads unless told otherwise, every time.
      defaultPath: remembered.read().lastFolder ?? app.getPath('downloads'),
      properties: what === 'files' ? ['openFile', 'multiSelections'] : ['openDirectory'],
      filters:
        what === 'files'
          ? [
              { name: 'Billing files', extensions: ['parquet', 'csv', 'gz', 'zip', 'json'] },
              { name: 'All files', extensions: ['*'] },
            ]
          : [],
    }
    const parent = windows.all().find((window) => window.isFocused()) ?? windows.all()[0]
    const { canceled, filePaths } = await dialog.showOpenDialog(parent?.id ?? null, options)
    const first = filePaths[0]
    if (canceled || first === undefined) return []
    remembered.write({ lastFolder: what === 'files' ? dirname(first) : first })
    return filePaths
  }
}
