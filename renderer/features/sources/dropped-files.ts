import type { Failure, Result } from '../../../analytics/contract/result'
import type { Bridge, ChosenFile } from '../../bridge/bridge'

/** As many as one upload takes. */
const mostFiles = 5_000

const tooMany: Failure = {
  code: 'too-many-files',
  message: `More than ${mostFiles.toLocaleString('en-US')} files were dropped.`,
  hint: 'Drop the folder of one billing export, or give its path.',
}

const nothing: Failure = {
  code: 'nothing-dropped',
  message: 'There is no file in what was dropped.',
  hint: 'Drop the files of a billing export, or its folder.',
}

/**
 * The files of a drop. The desktop reads folders where they lie; a browser has to hand over each file, with its place
 * in the folder, so that an export keeps its layout and its manifest. Must be called while the drop is handled: what
 * was dropped cannot be asked for later.
 */
export async function filesOfDrop(
  transfer: DataTransfer,
  door: Bridge['door'],
): Promise<Result<readonly ChosenFile[]>> {
  if (door === 'desktop') return chosen([...transfer.files].map((file) => ({ file, path: file.name })))
  const items = [...transfer.items].filter(({ kind }) => kind === 'file')
  const tops = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  const found: ChosenFile[] = []
  try {
    for (const { entry, file } of tops) {
      if (entry !== null) await walk(entry, entry.name, found)
      else if (file !== null) found.push({ file, path: file.name })
    }
  } catch (cause) {
    return { ok: false, failure: unreadable(cause) }
  }
  return chosen(found)
}

/** The files of a file field; of a folder they come with their place in it. */
export function filesOfField(files: FileList): Result<readonly ChosenFile[]> {
  const all = [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }))
  return chosen(all.filter(({ path }) => !path.split('/').some(isHidden)))
}

/** What the importer passes over anyway need not travel: `.DS_Store` and the like. */
const isHidden = (name: string) => name.startsWith('.')

function chosen(files: readonly ChosenFile[]): Result<readonly ChosenFile[]> {
  if (files.length === 0) return { ok: false, failure: nothing }
  return files.length > mostFiles ? { ok: false, failure: tooMany } : { ok: true, value: files }
}

async function walk(entry: FileSystemEntry, path: string, found: ChosenFile[]): Promise<void> {
  if (isHidden(entry.name) || found.length > mostFiles) return
  if (isFile(entry)) {
    found.push({ file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)), path })
  } else if (isFolder(entry)) {
    const reader = entry.createReader()
    for (;;) {
      // It answers in portions and says that it is done with an empty one.
      const portion = await new Promise<FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      )
      if (portion.length === 0) return
      for (const inside of portion) await walk(inside, `${path}/${inside.name}`, found)
    }
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

function unreadable(cause: unknown): Failure {
  return {
    code: 'drop-unreadable',
    message: 'The browser may not read what was dropped.',
    hint: 'Check the permissions of the files, or give their path.',
    details: String(cause),
  }
}
