import { dirname, extname, join } from 'node:path'
import type { OpenDialogOptions, SaveDialogOptions } from 'electron'
import type { PickPaths, PickTarget } from '../application'
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
    const { canceled, filePaths } = await dialog.showOpenDialog(frontWindow(windows), options)
    const first = filePaths[0]
    if (canceled || first === undefined) return []
    remembered.write({ lastFolder: what === 'files' ? dirname(first) : first })
    return filePaths
  }
}

/** The folder is that of the last dialog; the system itself asks before a file is replaced. */
export function pickTargetWith({ app, dialog, windows, remembered }: DialogParts): PickTarget {
  return async (name) => {
    const ending = extname(name).slice(1)
    const options: SaveDialogOptions = {
      title: 'Save',
      buttonLabel: 'Save',
      defaultPath: join(remembered.read().lastFolder ?? app.getPath('downloads'), name),
      filters: [
        { name: `${ending.toUpperCase()} file`, extensions: [ending] },
        { name: 'All files', extensions: ['*'] },
      ],
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    }
    const { canceled, filePath } = await dialog.showSaveDialog(frontWindow(windows), options)
    if (canceled || filePath === '') return null
    remembered.write({ lastFolder: dirname(filePath) })
    return filePath
  }
}

function frontWindow(windows: Pick<Windows, 'all'>): number | null {
  const parent = windows.all().find((window) => window.isFocused()) ?? windows.all()[0]
  return parent?.id ?? null
}
