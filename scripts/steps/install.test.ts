import { describe, expect, it } from 'vitest'
import { isInstalled, lockIsOf, lockIsWhole } from './install.mjs'
import { installStamp } from './stamp.mjs'
import { npmCandidates } from './tools.mjs'

describe('what npm installed', () => {
  const wanted = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/zod': { version: '4.6.7' },
      'node_modules/other-system': { version: '1.0.0', optional: true },
    },
  }

  it('is enough without the packages of other systems', () => {
    expect(isInstalled(wanted, { packages: { 'node_modules/zod': { version: '4.6.7' } } })).toBe(true)
  })

  it('is not enough with another version, a missing package, or nothing', () => {
    expect(isInstalled(wanted, { packages: { 'node_modules/zod': { version: '4.6.6' } } })).toBe(false)
    expect(isInstalled(wanted, { packages: {} })).toBe(false)
    expect(isInstalled(wanted, {})).toBe(false)
    const otherSystem = {
      'node_modules/zod': { version: '4.6.7' },
      'node_modules/other-system': { version: '2.0.0' },
    }
    expect(isInstalled(wanted, { packages: otherSystem })).toBe(false)
  })
})

describe('a lockfile', () => {
  it('belongs to a package.json that asks for the same, in any order', () => {
    const lock = { packages: { '': { dependencies: { a: '1', b: '2' }, devDependencies: { c: '3' } } } }
    expect(lockIsOf({ dependencies: { b: '2', a: '1' }, devDependencies: { c: '3' } }, lock)).toBe(true)
    expect(lockIsOf({ dependencies: { a: '1', b: '3' }, devDependencies: { c: '3' } }, lock)).toBe(false)
    expect(lockIsOf({ dependencies: { a: '1', b: '2' } }, lock)).toBe(false)
  })
})

describe('a lockfile that names the packages of every system', () => {
  const tool = { version: '1.0.0', optionalDependencies: { '@tool/linux': '1.0.0', '@tool/mac': '1.0.0' } }
  const linux = { version: '1.0.0', optional: true }

  it('is told from one that leaves some out', () => {
    const partly = { '': {}, 'node_modules/tool': tool, 'node_modules/@tool/linux': linux }
    expect(lockIsWhole({ packages: partly })).toBe(false)
    expect(lockIsWhole({ packages: { ...partly, 'node_modules/tool/node_modules/@tool/mac': linux } })).toBe(
      true,
    )
  })
})

describe('the stamp of an installation', () => {
  const manifest = (more: object) => JSON.stringify({ name: 'x', dependencies: { a: '1' }, ...more })
  const stamp = installStamp('lock', manifest({}), 'linux x64 node 20')

  it('changes with the lockfile, the dependencies and the machine', () => {
    const changed = [
      installStamp('lock 2', manifest({}), 'linux x64 node 20'),
      installStamp('lock', manifest({ devDependencies: { b: '1' } }), 'linux x64 node 20'),
      installStamp('lock', manifest({}), 'linux x64 node 22'),
    ]
    expect(new Set([stamp, ...changed]).size).toBe(4)
  })

  it('does not change with what npm does not install', () => {
    expect(installStamp('lock', manifest({ scripts: { test: 'x' } }), 'linux x64 node 20')).toBe(stamp)
  })
})

describe("npm's own program", () => {
  it("is looked for beside the one that runs, even where that one is npx's", () => {
    const [first] = npmCandidates('/opt/npm/bin/npx-cli.js', '/usr/bin/node')
    expect(first?.replaceAll('\\', '/')).toBe('/opt/npm/bin/npm-cli.js')
  })

  it('is looked for beside Node when nothing runs it', () => {
    const paths = npmCandidates(undefined, '/opt/node/bin/node').map((path) => path.replaceAll('\\', '/'))
    expect(paths).toContain('/opt/node/lib/node_modules/npm/bin/npm-cli.js')
    expect(paths).toContain('/opt/node/bin/node_modules/npm/bin/npm-cli.js')
  })
})
