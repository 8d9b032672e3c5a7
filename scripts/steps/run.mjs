import { spawn } from 'node:child_process'

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [limit] milliseconds
 * @property {'keep' | 'show'} [output] kept for the caller, or shown as it comes
 *
 * @typedef {object} Ran
 * @property {number} code 0 when it went well; 127 when the command could not be started
 * @property {string} output what was kept, both streams in the order they came
 * @property {boolean} late it was ended because it took longer than the limit
 */

/**
 * Runs a command to its end. Never through a shell: arguments with spaces stay whole.
 * @param {readonly string[]} command
 * @param {RunOptions} [options]
 * @returns {Promise<Ran>}
 */
export function run(command, options = {}) {
  const [file = '', ...args] = command
  const stream = options.output === 'show' ? 'inherit' : 'pipe'
  const group = options.limit !== undefined && process.platform !== 'win32'
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', stream, stream],
      // A group of its own, so that a download's own children end with it.
      detached: group,
      windowsHide: true,
    })
    /** @type {string[]} */
    const kept = []
    let late = false
    let ended = false
    const end = () => {
      if (group && child.pid !== undefined) endGroup(child.pid)
      else child.kill()
    }
    const timer =
      options.limit === undefined
        ? undefined
        : setTimeout(() => {
            late = true
            end()
          }, options.limit)
    const stopEnding = group ? endWithUs(end) : () => {}
    /** @param {number} code */
    const finish = (code) => {
      if (ended) return
      ended = true
      clearTimeout(timer)
      stopEnding()
      resolve({ code, output: kept.join(''), late })
    }
    for (const source of [child.stdout, child.stderr]) {
      source?.setEncoding('utf8')
      source?.on('data', (/** @type {string} */ text) => kept.push(text))
    }
    child.on('error', (error) => {
      kept.push(error.message)
      finish(127)
    })
    child.on('close', (code) => finish(code ?? 1))
  })
}

/** @param {number} pid */
function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // Already gone is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/**
 * A group of its own does not get the terminal's Ctrl-C.
 * @param {() => void} end
 * @returns {() => void}
 */
function endWithUs(end) {
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    end()
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  process.once('SIGINT', onSignal)
  process.once('SIGTERM', onSignal)
  return () => {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}

/**
 * The last lines of an output, for a sentence about what went wrong.
 * @param {string} output
 * @param {number} [count]
 */
export function lastLines(output, count = 12) {
  return output.trimEnd().split('\n').slice(-count).join('\n')
}

/**
 * The first lines: npm says what is wrong first and how it is used after that.
 * @param {string} output
 * @param {number} [count]
 */
export function firstLines(output, count = 12) {
  return output.trim().split('\n').slice(0, count).join('\n')
}
