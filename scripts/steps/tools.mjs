import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './root.mjs'

/**
 * A package's own command, run by this Node: no shell, no `.cmd`, the same on every system.
 * @param {string} name the package
 * @param {string} command the name of the command in its `bin`
 * @returns {[string, string]}
 */
export function toolCommand(name, command) {
  const folder = join(root, 'node_modules', name)
  /** @type {{ bin?: string | Record<string, string> }} */
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[command]
  if (file === undefined) throw new Error(`${name} has no command named ${command}.`)
  return [process.execPath, join(folder, file)]
}

/**
 * Where npm's own program may be: beside the one that runs this script, then beside Node.
 * @param {string | undefined} npmExecPath
 * @param {string} execPath
 */
export function npmCandidates(npmExecPath, execPath) {
  const beside = dirname(execPath)
  return [
    // Under npx this names npx's own program; npm's stands in the same folder.
    ...(npmExecPath === undefined ? [] : [join(dirname(npmExecPath), 'npm-cli.js')]),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
  ]
}

/** @returns {readonly string[]} */
export function npmCommand() {
  const program = npmCandidates(process.env.npm_execpath, process.execPath).find((path) => existsSync(path))
  if (program !== undefined) return [process.execPath, program]
  return process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', 'npm'] : ['npm']
}
