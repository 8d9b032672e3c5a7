import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fail, failureCodes, type Result, succeed } from '../../analytics/contract/result'
import type { Application } from '../application'
import { answerResult } from './answers'
import { createEventStreams } from './events'
import { loadRendererFiles } from './renderer-files'
import { ownAddress } from './request-check'
import { createRouter } from './router'
import { createSessions, sessionCookieName } from './sessions'
import { createStartTokens } from './start-tokens'

export interface WebDoorOptions {
  readonly application: Pick<Application, 'call' | 'subscribe' | 'takeDownload' | 'intake'>
  readonly rendererFolder: string
  /** 0 or absent: any free one. */
  readonly port?: number
  readonly now?: () => number
  /** Receives the cause of an answer that should not have been needed; never a token or a cookie. */
  readonly log?: (line: string) => void
}

export interface WebDoor {
  readonly origin: string
  readonly address: AddressInfo
  /** A link that opens the program once, within ten minutes. */
  freshUrl(): string
  close(): Promise<void>
}

const loopback = '127.0.0.1'
const closingGraceMs = 1_000

export async function startWebDoor(options: WebDoorOptions): Promise<Result<WebDoor>> {
  const { application, rendererFolder, now = Date.now, log = () => undefined } = options
  const files = await loadRendererFiles(rendererFolder).catch(() => null)
  if (files === null || !files.has('/')) {
    return fail(
      'screens-missing',
      `The built screens are not at ${rendererFolder}.`,
      'Run `npm start`: it builds what is missing.',
    )
  }
  // What is not HTTP is answered by Node with 400 or 431 and costs its own connection only.
  const server = createServer({ requestTimeout: 0, headersTimeout: 15_000, keepAliveTimeout: 30_000 })
  const listening = await listen(server, options.port ?? 0)
  if (!listening.ok) return listening
  const address = listening.value
  const own = ownAddress(address.port)
  const tokens = createStartTokens(now)
  const streams = createEventStreams(application)
  const route = createRouter({
    own,
    tokens,
    sessions: createSessions(sessionCookieName(address.port)),
    streams,
    application,
    files,
  })
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    route(request, response).catch((cause: unknown) => {
      log(
        `A request could not be answered: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`,
      )
      if (response.headersSent) response.destroy()
      else
        answerResult(
          response,
          500,
          fail(failureCodes.unexpected, 'The program failed to answer this request.'),
        )
    })
  }
  server.on('request', handle)
  server.on('checkContinue', handle)
  return succeed({
    origin: own.origin,
    address,
    freshUrl: () => `${own.origin}/start?token=${tokens.mint()}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        streams.closeAll()
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), closingGraceMs).unref()
      }),
  })
}

type Server = ReturnType<typeof createServer>

function listen(server: Server, port: number): Promise<Result<AddressInfo>> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EADDRINUSE' || cause.code === 'EACCES') {
        resolve(
          fail(
            'port-unavailable',
            `Port ${port} of this machine cannot be used: another program has it, or it needs more rights.`,
            'Give another one with --port, or leave --port away.',
          ),
        )
      } else reject(cause)
    })
    server.listen({ host: loopback, port }, () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('The server has no TCP address.'))
      else resolve(succeed(address))
    })
  })
}
