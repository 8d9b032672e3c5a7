import { expect, test } from 'vitest'
import { browserCommand, noBrowserReason } from './open-browser'

test.each([
  ['linux', { DISPLAY: ':0' }, null],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, null],
  ['linux', {}, 'this machine has no display'],
  ['linux', { DISPLAY: ':0', CI: 'true' }, 'this is a CI run'],
  ['linux', { DISPLAY: ':0', CI: 'false' }, null],
  ['darwin', {}, null],
  ['win32', {}, null],
  ['win32', { CI: '1' }, 'this is a CI run'],
] as const)('on %s with %j', (platform, env, reason) => {
  expect(noBrowserReason({ platform, env })).toBe(reason)
})

test('the address is one argument of a program and never a line for a shell', () => {
  const url = 'http://127.0.0.1:4000/start?token=a&b="c";d'
  for (const platform of ['linux', 'darwin', 'win32', 'freebsd'] as const) {
    const { file, args } = browserCommand(platform, url)
    expect(args.at(-1)).toBe(url)
    expect(file).not.toMatch(/cmd|sh$|powershell/)
  }
})
