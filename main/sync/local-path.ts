import { createHash } from 'node:crypto'

const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
const longest = 200

/**
 * The parts of a key as names of folders and a file that mean the same on every system. A key is only a string:
 * it can hold `..`, begin with a slash, or be called like a device. What could climb out of the folder, hide, or
 * be refused by a disk is written as %XX; the per cent sign itself too, so that two keys never become one path.
 * null when a part is longer than disks allow.
 */
export function localParts(key: string): readonly string[] | null {
  const parts = key.split('/').map(localName)
  return parts.some((part) => Buffer.byteLength(part) > longest) ? null : parts
}

function localName(part: string): string {
  if (part === '') return '%_'
  let name = [...part].map((sign) => (plain(sign) ? sign : hex(sign))).join('')
  if (name.startsWith('.')) name = `%2E${name.slice(1)}`
  if (/[. ]$/.test(name)) name = name.slice(0, -1) + hex(name.slice(-1))
  if (reserved.test(name)) name = hex(name.charAt(0)) + name.slice(1)
  return name
}

function plain(sign: string): boolean {
  return !/[\p{Cc}\p{Cs}<>:"|?*\\%]/u.test(sign)
}

function hex(sign: string): string {
  return [...Buffer.from(sign)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

/** Which keys cannot lie beside each other on a disk that does not tell A from a. */
export class TakenPaths {
  private readonly files = new Map<string, string>()
  private readonly folders = new Map<string, string>()

  /** The path that is in the way, or null when the place was free and is now taken. */
  take(parts: readonly string[]): string | null {
    const exact = parts.join('/')
    const path = folded(exact)
    const twin = this.files.get(path) ?? this.folders.get(path)
    if (twin !== undefined && (twin !== exact || this.folders.has(path))) return twin
    for (let depth = 1; depth < parts.length; depth += 1) {
      const folder = parts.slice(0, depth).join('/')
      const inTheWay = this.files.get(folded(folder))
      if (inTheWay !== undefined) return inTheWay
      const other = this.folders.get(folded(folder))
      if (other !== undefined && other !== folder) return other
    }
    this.files.set(path, exact)
    for (let depth = 1; depth < parts.length; depth += 1) {
      const folder = parts.slice(0, depth).join('/')
      this.folders.set(folded(folder), folder)
    }
    return null
  }
}

/** Some disks keep composed letters apart from decomposed ones, some do not: here they never differ. */
function folded(path: string): string {
  return path.normalize('NFC').toLowerCase()
}

/** A name for an object's content that is the same for the same key and ETag and for nothing else. */
export function contentName(key: string, etag: string): string {
  return createHash('sha256').update(`${key}\0${etag}`).digest('hex').slice(0, 40)
}
