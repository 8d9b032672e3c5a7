import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { couldNotRun, readWish } from './door.mjs'

const here = resolve('/some/folder')

describe('the arguments of npm start', () => {
  it('wish for the desktop when they say nothing', () => {
    expect(readWish([], here)).toEqual({ web: false, home: null, passedOn: [] })
    expect(readWish(['--demo'], here)).toEqual({ web: false, home: null, passedOn: ['--demo'] })
  })

  it('wish for the web door by name, and by an option only it has', () => {
    expect(readWish(['--web', '--demo'], here)).toEqual({ web: true, home: null, passedOn: ['--demo'] })
    for (const args of [['--no-open'], ['--port', '8080'], ['--port=8080'], ['--json']]) {
      expect(readWish(args, here)).toEqual({ web: true, home: null, passedOn: args })
    }
  })

  it('take a workspace folder relative to where the person stands, with spaces in it', () => {
    const home = resolve(here, 'my workspace')
    expect(readWish(['--home', 'my workspace'], here)).toEqual({ web: false, home, passedOn: [] })
    expect(readWish(['--home=my workspace', '--demo'], here)).toEqual({
      web: false,
      home,
      passedOn: ['--demo'],
    })
  })

  it.each([[['--home']], [['--home=']], [['--home', '--demo']]])('refuse %j', (args) => {
    expect(readWish(args, here)).toEqual({ problem: '--home needs the folder of a workspace.' })
  })
})

describe('an Electron that ended', () => {
  it('could not run when a system library is missing or the sandbox is forbidden', () => {
    expect(couldNotRun({ code: 127, signal: null, milliseconds: 30 })).toBe(true)
    expect(couldNotRun({ code: null, signal: 'SIGTRAP', milliseconds: 200 })).toBe(true)
    expect(couldNotRun({ code: 133, signal: null, milliseconds: 200 })).toBe(true)
  })

  it('ran when it was closed, was told to end, failed by itself or crashed later', () => {
    expect(couldNotRun({ code: 0, signal: null, milliseconds: 200 })).toBe(false)
    expect(couldNotRun({ code: null, signal: 'SIGTERM', milliseconds: 200 })).toBe(false)
    expect(couldNotRun({ code: 1, signal: null, milliseconds: 200 })).toBe(false)
    expect(couldNotRun({ code: null, signal: 'SIGTRAP', milliseconds: 60_000 })).toBe(false)
  })
})
