import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmod, chown, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { usage } from '../../../analytics/testing/bill-rows'
import { writeParquet } from '../../../analytics/testing/parquet-file'
import { builtFile } from '../../testing/built-engine'
import { writeSmallExport } from '../../testing/small-export'

/** Whole programs on a machine that has other things to do as well. */
const patience = 120_000
const nobody = 65_534
let folder = ''
let bill = ''

interface Ended {
  readonly code: number | null
  readonly document: {
    readonly error?: { code: string; message: string }
    readonly imports?: readonly { billed: string; state: string; rows: number }[]
  }
}

async function finops(args: readonly string[], around: readonly string[] = []): Promise<Ended> {
  const [file = process.execPath, ...rest] = [
    ...around,
    process.execPath,
    builtFile('cli.js'),
    ...args,
    '--json',
  ]
  const child = spawn(file, rest, { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const line = stdout.trim().split('\n').at(-1) ?? ''
  if (!line.startsWith('{')) throw new Error(`no document: ${stdout} ${stderr}`)
  return { code, document: JSON.parse(line) as Ended['document'] }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'finops-faults-'))
  await chmod(folder, 0o755)
  const file = join(folder, 'bill', 'bill.parquet')
  await writeParquet(file, [usage('1.25'), usage('2.5')], { line_item_unblended_cost: 'VARCHAR' })
  bill = file
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

describe('a path that is strange', () => {
  const names = [
    'with spaces and ünïcode 雪',
    "with 'single' quotes",
    'with "double" quotes',
    'with [brackets]',
    'with * and ?',
    '{a,b}',
    '-dashes',
    'percent %20 and #',
    'back\\slash',
  ]

  it(
    'is read as it is, whatever it would mean elsewhere',
    async () => {
      const home = await mkdtemp(join(folder, 'home-'))
      const paths: string[] = []
      for (const [index, name] of names.entries()) {
        const path = join(folder, 'strange', name, name)
        await mkdir(path, { recursive: true })
        // Each comes to something else, so that none is taken for another.
        await writeParquet(join(path, `${name}.parquet`), [usage(index + 1)])
        paths.push(path)
      }
      // What a pattern would match as well.
      await mkdir(join(folder, 'strange', 'with b'), { recursive: true })
      const { code, document } = await finops(['import', ...paths, '--home', home])
      expect(document.imports?.map(({ billed }) => billed)).toEqual(
        names.map((_, index) => `${index + 1}.000000000000`),
      )
      expect(code).toBe(0)
    },
    patience,
  )

  it(
    'a named pipe, a device and a circle of links are no bill and hold nobody up',
    async () => {
      const home = await mkdtemp(join(folder, 'home-'))
      const odd = join(folder, 'odd')
      await mkdir(join(odd, 'deep'), { recursive: true })
      execFileSync('mkfifo', [join(odd, 'pipe.csv')])
      await symlink(odd, join(odd, 'deep', 'round'))
      await symlink(join(odd, 'itself'), join(odd, 'itself'))
      await symlink(join(odd, 'nowhere'), join(odd, 'dangling.csv'))
      await cp(bill, join(odd, 'bill.parquet'))
      const { document } = await finops(['import', odd, '--home', home])
      expect(document).toMatchObject({ imports: [{ rows: 2, billed: '3.750000000000' }] })
      for (const path of [join(odd, 'pipe.csv'), '/dev/zero']) {
        const refused = await finops(['import', path, '--home', home])
        expect(refused.code).toBe(3)
        expect(refused.document.error?.message).toContain(path)
      }
    },
    patience,
  )
})

describe('a full disk', () => {
  it(
    'is told in a sentence, keeps what was there, and is over once there is room',
    async () => {
      const small = await writeSmallExport(folder)
      const disk = await smallDisk(join(folder, 'disk'), 24)
      try {
        const home = join(disk.path, 'home')
        await finops(['import', bill, '--home', home], disk.around)
        const before = await finops(['sources', '--home', home], disk.around)
        const met: string[] = []
        // Less and less room: too little for the copy, for the rows, for the log, for the checkpoint.
        for (const free of [100, 700, 1_500]) {
          disk.fill(free)
          const { code, document } = await finops(['import', small.root, '--home', home], disk.around)
          if (code !== 0) {
            expect(document.error).toMatchObject({ code: 'disk-full' })
            expect(document.error?.message).toMatch(/disk is full/i)
            met.push(String(free))
          }
          disk.fill(null)
          if (code === 0) await finops(['sources', 'remove', 'halden-cur2', '--home', home], disk.around)
        }
        expect(met.length).toBeGreaterThan(1)
        expect(await finops(['sources', '--home', home], disk.around)).toEqual(before)
        const { document } = await finops(['import', small.root, '--home', home], disk.around)
        expect(document.imports?.[0]?.state).toBe('new')
      } finally {
        disk.end()
      }
    },
    patience,
  )
})

interface Disk {
  readonly path: string
  /** What a command needs in front of it to see the disk. */
  readonly around: readonly string[]
  /** Leaves so many kB free; null empties it again. */
  readonly fill: (kilobytes: number | null) => void
  readonly end: () => void
}

/** A file system of its own: mounted by root, within a name space of one's own by others, as an image on macOS. */
async function smallDisk(path: string, megabytes: number): Promise<Disk> {
  await mkdir(path, { recursive: true })
  const run = (file: string, args: readonly string[]) => spawnSync(file, args, { encoding: 'utf8' })
  const disk = (around: readonly string[], end: () => void): Disk => ({
    path,
    around,
    fill: (kilobytes) => {
      const script =
        kilobytes === null
          ? 'rm -f "$1/ballast"'
          : 'free=$(df -Pk "$1" | tail -1 | awk \'{print $4}\'); dd if=/dev/zero of="$1/ballast" bs=1024 count=$((free - $2)) 2>/dev/null'
      const [file = 'sh', ...rest] = [...around, 'sh', '-c', script, 'sh', path, String(kilobytes)]
      const done = run(file, rest)
      if (done.status !== 0) throw new Error(`The disk could not be filled: ${done.stderr}`)
    },
    end,
  })
  if (process.platform === 'darwin') {
    const image = `${path}.dmg`
    run('hdiutil', ['create', '-size', `${megabytes}m`, '-fs', 'HFS+', image])
    const attached = run('hdiutil', ['attach', image, '-mountpoint', path, '-nobrowse'])
    if (attached.status !== 0) throw new Error(`A small disk needs hdiutil: ${attached.stderr}`)
    return disk([], () => run('hdiutil', ['detach', path, '-force']))
  }
  const size = `size=${megabytes}m`
  if (run('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', path]).status === 0) {
    return disk([], () => run('umount', ['-l', path]))
  }
  // A name space lives as long as somebody is in it.
  const keeper = spawn(
    'unshare',
    ['-Urm', 'sh', '-c', 'mount -t tmpfs -o "$1" tmpfs "$2" && echo ready && sleep 600', 'sh', size, path],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const ready = await new Promise<boolean>((resolve) => {
    keeper.stdout.once('data', () => resolve(true))
    keeper.once('exit', () => resolve(false))
  })
  if (!ready)
    throw new Error(
      'A small disk needs root, or user name spaces (unshare -Urm), which this system does not allow.',
    )
  return disk(['nsenter', '-t', String(keeper.pid), '-U', '-m', '--preserve-credentials'], () =>
    keeper.kill(),
  )
}

describe('what may not be read or written', () => {
  /** root may do everything, so these run as nobody; anybody else is already somebody who may not. */
  const asNobody =
    process.getuid?.() === 0 ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : []

  it(
    'a folder and a file without permission are named',
    async () => {
      const home = await mkdtemp(join(folder, 'home-'))
      if (asNobody.length > 0) await chown(home, nobody, nobody)
      const closed = join(folder, 'closed')
      await mkdir(closed)
      await cp(bill, join(closed, 'bill.parquet'))
      await chmod(join(closed, 'bill.parquet'), 0)
      const file = await finops(['import', closed, '--home', home], asNobody)
      expect(file).toMatchObject({ code: 3, document: { error: { code: 'no-permission' } } })
      expect(file.document.error?.message).toContain(join(closed, 'bill.parquet'))
      await chmod(closed, 0)
      const all = await finops(['import', closed, '--home', home], asNobody)
      expect(all).toMatchObject({ code: 3, document: { error: { code: 'no-permission' } } })
      expect(all.document.error?.message).toContain(closed)
      await chmod(closed, 0o755)
    },
    patience,
  )

  it(
    'a workspace that cannot be written is named',
    async () => {
      const home = await mkdtemp(join(folder, 'home-'))
      await finops(['import', bill, '--home', home])
      for (const name of await readdir(home)) await chmod(join(home, name), 0o555)
      await chmod(home, 0o555)
      const { document } = await finops(['import', bill, '--home', home], asNobody)
      expect(document.error).toMatchObject({ code: 'workspace-not-writable' })
      expect(document.error?.message).toContain(home)
      await chmod(home, 0o755)
      for (const name of await readdir(home)) await chmod(join(home, name), 0o755)
    },
    patience,
  )
})

it(
  'thousands of other files beside a bill are passed over',
  async () => {
    const home = await mkdtemp(join(folder, 'home-'))
    const many = join(folder, 'many')
    await mkdir(many)
    for (let at = 0; at < 3_000; at += 1) await writeFile(join(many, `note-${at}.dat`), 'x')
    await cp(bill, join(many, 'bill.parquet'))
    const { document } = await finops(['import', many, '--home', home])
    expect(document).toMatchObject({ imports: [{ rows: 2, billed: '3.750000000000' }] })
  },
  patience,
)
