import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { lstat, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Door } from '../../analytics/contract/application'
import { encode, Lines } from './lines'

/**
 * Who has the workspace open. The lock itself is DuckDB's: the operating system gives the warehouse file to one
 * process and takes it back when that process dies. This file only says where the owner can be spoken to.
 */
const ownerSchema = z.object({
  pid: z.number(),
  door: z.enum(['desktop', 'web', 'cli']),
  socket: z.string(),
  /** Whoever can read this file is the same user: on Windows a pipe alone does not prove that. */
  secret: z.string(),
  startedAt: z.string(),
})
export type Owner = Readonly<z.infer<typeof ownerSchema>>

const fileName = 'owner.json'

export async function readOwner(home: string): Promise<Owner | null> {
  const text = await readFile(join(home, fileName), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const parsed = ownerSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch (error) {
    // Half a file of an owner that died while writing it: as good as none.
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Unix sockets have short names, workspaces have long ones: so the name is a hash, in a folder of the user's own. */
async function socketPath(home: string): Promise<string> {
  const name = createHash('sha256').update(home).digest('hex').slice(0, 24)
  if (process.platform === 'win32') return `\\\\.\\pipe\\finops-${name}`
  const folder = process.env.XDG_RUNTIME_DIR ?? join(tmpdir(), `finops-${userInfo().uid}`)
  const own = (await isOurs(folder)) ? folder : await mkdtemp(join(tmpdir(), 'finops-'))
  return join(own, `finops-${name}.sock`)
}

/** In a folder that others can write to, a socket of theirs could take the place of ours. */
async function isOurs(folder: string): Promise<boolean> {
  await mkdir(folder, { mode: 0o700 }).catch(() => 'there already, or not to be made: the next line tells')
  const info = await lstat(folder).catch(() => null)
  return info?.isDirectory() === true && info.uid === userInfo().uid && (info.mode & 0o022) === 0
}

export interface Listening {
  /** Resolves as soon as nobody is connected. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** What arrives at the owner: one session a connection, one line a message. */
export type ServeSession = (
  receive: (listener: (message: unknown) => void) => void,
  send: (message: unknown) => void,
  ended: AbortSignal,
) => void

/** Called when the warehouse is ours, so nobody else can be listening for this workspace. */
export async function listenAsOwner(home: string, door: Door, serve: ServeSession): Promise<Listening> {
  const socket = await socketPath(home)
  const secret = randomBytes(32).toString('hex')
  if (process.platform !== 'win32') await rm(socket, { force: true })
  const open = new Set<Socket>()
  const server = createServer((peer) => {
    open.add(peer)
    peer.once('close', () => open.delete(peer))
    session(peer, secret, serve)
  })
  // The file first: who finds nobody there yet asks again, who came with a former owner's secret could not.
  const owner: Owner = { pid: process.pid, door, socket, secret, startedAt: new Date().toISOString() }
  await writeFile(join(home, fileName), JSON.stringify(owner), { mode: 0o600 })
  await listen(server, socket)
  return {
    idle: async () => {
      for (const peer of open) await new Promise((resolve) => peer.once('close', resolve))
    },
    close: async () => {
      for (const peer of open) peer.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      if ((await readOwner(home))?.secret === secret) await rm(join(home, fileName), { force: true })
    },
  }
}

async function listen(server: Server, socket: string): Promise<void> {
  // The socket is made readable for nobody else from its first moment on.
  const before = process.platform === 'win32' ? null : process.umask(0o177)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(socket, () => {
        server.off('error', reject)
        resolve()
      })
    })
  } finally {
    if (before !== null) process.umask(before)
  }
}

function session(peer: Socket, secret: string, serve: ServeSession): void {
  const lines = new Lines()
  const ended = new AbortController()
  let known = false
  let listener: (message: unknown) => void = () => undefined
  peer.setEncoding('utf8')
  peer.on('error', () => peer.destroy())
  peer.once('close', () => ended.abort())
  peer.on('data', (chunk: string) => {
    const messages = lines.take(chunk)
    if (messages === null) {
      peer.destroy()
      return
    }
    for (const message of messages) {
      if (known) listener(message)
      else if (knowsSecret(message, secret)) {
        known = true
        serve(
          (receive) => {
            listener = receive
          },
          (answer) => {
            if (!peer.destroyed) peer.write(encode(answer))
          },
          ended.signal,
        )
      } else {
        peer.destroy()
        return
      }
    }
  })
}

function knowsSecret(message: unknown, secret: string): boolean {
  const parsed = z.object({ secret: z.string() }).safeParse(message)
  if (!parsed.success) return false
  const given = Buffer.from(parsed.data.secret)
  const wanted = Buffer.from(secret)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

export interface OwnerConnection {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
  close(): void
}

/** null when nobody answers there: the owner is gone, whatever the file says. */
export async function connectToOwner(owner: Owner): Promise<OwnerConnection | null> {
  const peer = await new Promise<Socket | null>((resolve) => {
    const socket = connect(owner.socket)
    socket.setTimeout(2_000, () => {
      socket.destroy()
      resolve(null)
    })
    socket.once('error', () => resolve(null))
    socket.once('connect', () => {
      socket.setTimeout(0)
      resolve(socket)
    })
  })
  if (peer === null) return null
  const lines = new Lines()
  let listener: (message: unknown) => void = () => undefined
  peer.setEncoding('utf8')
  peer.on('error', () => peer.destroy())
  peer.on('data', (chunk: string) => {
    for (const message of lines.take(chunk) ?? []) listener(message)
  })
  peer.write(encode({ secret: owner.secret }))
  return {
    send: (message) => {
      if (!peer.destroyed) peer.write(encode(message))
    },
    onMessage: (receive) => {
      listener = receive
    },
    onClose: (gone) => {
      if (peer.destroyed) gone()
      else peer.once('close', gone)
    },
    close: () => peer.destroy(),
  }
}
