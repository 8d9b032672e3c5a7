import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Every file under the given files and folders that goes into the build, in a fixed order, as paths from `base`
 * with forward slashes.
 * @param {string} base
 * @param {readonly string[]} parts
 * @returns {string[]}
 */
export function sourceFiles(base, parts) {
  /** @type {string[]} */
  const found = []
  /** @param {string} path */
  const visit = (path) => {
    for (const entry of readdirSync(join(base, path), { withFileTypes: true })) {
      const inner = `${path}/${entry.name}`
      if (entry.isDirectory()) {
        if (entry.name !== 'node_modules') visit(inner)
      } else if (!isTest(entry.name)) found.push(inner)
    }
  }
  for (const part of parts) {
    const path = join(base, part)
    if (!existsSync(path)) continue
    if (statSync(path).isDirectory()) visit(part)
    else found.push(part)
  }
  return found.sort()
}

/** @param {string} name */
function isTest(name) {
  return /\.test\.tsx?$/.test(name)
}

/**
 * Cheap: changes whenever a file was written, moved, added or removed; may change though no content did.
 * @param {string} base
 * @param {readonly string[]} files
 */
export function quickStamp(base, files) {
  const hash = createHash('sha256')
  for (const file of files) {
    const { mtimeMs, size } = statSync(join(base, file))
    hash.update(`${file}\0${mtimeMs}\0${size}\n`)
  }
  return hash.digest('hex')
}

/**
 * Changes exactly when a name or a content does.
 * @param {string} base
 * @param {readonly string[]} files
 */
export function contentStamp(base, files) {
  const hash = createHash('sha256')
  for (const file of files) {
    const content = readFileSync(join(base, file))
    hash.update(`${file}\0${content.byteLength}\0`).update(content)
  }
  return hash.digest('hex')
}

/**
 * What the installed packages depend on. Of Node only the major version counts: the native modules speak N-API.
 * @param {string} lockText
 * @param {string} manifestText
 * @param {string} machine
 */
export function installStamp(lockText, manifestText, machine) {
  /** @type {Record<string, unknown>} */
  const manifest = JSON.parse(manifestText)
  const wanted = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'].map(
    (key) => manifest[key] ?? null,
  )
  return createHash('sha256')
    .update(JSON.stringify([machine, wanted]))
    .update('\0')
    .update(lockText)
    .digest('hex')
}

/** @param {NodeJS.Process} from */
export function machineName(from = process) {
  return `${from.platform} ${from.arch} node ${from.versions.node.split('.')[0]}`
}
