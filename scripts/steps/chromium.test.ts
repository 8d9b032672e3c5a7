import { describe, expect, it } from 'vitest'
import { chromiumCandidates } from './chromium.mjs'

describe('where a Chromium of the machine may be', () => {
  it('is the PATH on Linux, Chromium before Chrome before Edge', () => {
    const paths = chromiumCandidates('linux', { PATH: '/opt/with space' })
    expect(paths[0]).toBe('/opt/with space/chromium')
    expect(paths).toContain('/usr/bin/google-chrome')
    expect(paths.indexOf('/usr/bin/chromium')).toBeLessThan(paths.indexOf('/usr/bin/google-chrome'))
    expect(paths.indexOf('/usr/bin/google-chrome')).toBeLessThan(paths.indexOf('/usr/bin/microsoft-edge'))
  })

  it('is the applications of the machine and of the person on macOS', () => {
    const paths = chromiumCandidates('darwin', { HOME: '/Users/someone' })
    expect(paths[0]).toBe('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
    expect(paths).toContain('/Users/someone/Applications/Chromium.app/Contents/MacOS/Chromium')
  })

  it('is the program folders that there are on Windows', () => {
    const paths = chromiumCandidates('win32', { ProgramFiles: 'C:\\Program Files' })
    expect(paths).toEqual([
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    ])
  })
})
