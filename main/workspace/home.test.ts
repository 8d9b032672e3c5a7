import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { resolveHome } from './home'

describe('where the workspace is', () => {
  it('is what FINOPS_HOME says, made absolute', () => {
    expect(resolveHome({ FINOPS_HOME: 'my/bills' }, 'linux')).toBe(resolve('my/bills'))
    expect(resolveHome({ FINOPS_HOME: '/srv/bills/' }, 'darwin')).toBe(resolve('/srv/bills'))
  })

  it("is the platform's place for application data otherwise", () => {
    expect(resolveHome({}, 'linux')).toBe(join(homedir(), '.local', 'share', 'finops-autopilot'))
    expect(resolveHome({ FINOPS_HOME: '', XDG_DATA_HOME: '/data' }, 'linux')).toBe(
      join('/data', 'finops-autopilot'),
    )
    expect(resolveHome({}, 'darwin')).toBe(
      join(homedir(), 'Library', 'Application Support', 'FinOps Autopilot'),
    )
    expect(resolveHome({ APPDATA: '/roaming' }, 'win32')).toBe(join('/roaming', 'FinOps Autopilot'))
  })
})
