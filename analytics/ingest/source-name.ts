import { createHash } from 'node:crypto'
import { basename, dirname, relative, sep } from 'node:path'
import type { CopyOf } from '../contract/application'

export interface Named {
  readonly source: string
  /** Where it lies, as the user knows it. */
  readonly origin: string
}

/** As long as a name may be where it is asked for. */
const longest = 200

/**
 * What an export found below a path is called. On this machine an export goes by its own name, wherever it was copied
 * to. In S3 the name alone says little: two buckets, and two folders of one bucket, hold exports of the same name, so
 * the source and the way to the export are part of it.
 */
export function nameExport(
  path: string,
  exportRoot: string,
  name: string,
  copyOf: CopyOf | undefined,
): Named {
  if (copyOf === undefined) return { source: name, origin: exportRoot }
  const within = (folder: string) => relative(folder, exportRoot).split(sep).join('/')
  if (copyOf.source === undefined) return { source: name, origin: `${copyOf.origin}${within(dirname(path))}` }
  const key = within(path)
  return {
    source: shortened(key === '' ? copyOf.source : `${copyOf.source}/${key}`),
    origin: `${copyOf.origin}${key}`,
  }
}

/** What alone a file or folder is called that has no layout of an export. */
export function looseName(path: string, isFile: boolean): string {
  return isFile ? basename(path).replace(/(\.\w+)+$/, '') : basename(path)
}

/** A key can be five times as long; the hash keeps two that begin alike apart. */
function shortened(name: string): string {
  if (name.length <= longest) return name
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 12)
  return `${name.slice(0, longest - hash.length - 1)}~${hash}`
}
