import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type Fault, type FaultRule, type Operation, takeFault } from './faults'
import { assumedRoleXml, errorXml, listXml } from './s3-xml'
import { type PutOptions, StoredObjects, type TestObject } from './stored-objects'

export interface SeenRequest {
  readonly operation: Operation
  readonly key: string
  readonly range: string | null
  status: number
  /** Bytes of the body that were handed to the connection. */
  sent: number
}

/**
 * Speaks S3 over HTTP as far as a reader needs it: ListObjectsV2 with paging, GET with Range and If-Match, HEAD,
 * GetBucketLocation, ETags and checksums, path style; and STS AssumeRole. Faults are switched on by rules.
 */
export class S3TestServer {
  readonly objects = new StoredObjects()
  readonly rules: FaultRule[] = []
  readonly requests: SeenRequest[] = []
  /** Bodies of the calls to STS. */
  readonly stsCalls: URLSearchParams[] = []
  bucket = 'company-billing'
  /** Requests signed for another region are sent away. */
  region: string | null = null
  /** How big the pieces of a body are, and how long it takes between them: time enough to cancel. */
  pieceBytes = 16 * 1024
  pieceDelayMs = 0
  onPiece: ((request: SeenRequest) => void) | null = null
  private readonly sockets = new Set<Socket>()

  private constructor(private readonly server: Server) {}

  static async start(): Promise<S3TestServer> {
    const server = createServer()
    const test = new S3TestServer(server)
    server.on('connection', (socket: Socket) => {
      test.sockets.add(socket)
      socket.once('close', () => test.sockets.delete(socket))
    })
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      response.on('error', () => response.destroy())
      void test.answer(request, response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return test
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  put(key: string, body: Buffer | string, options?: PutOptions): TestObject {
    return this.objects.put(key, Buffer.from(body), options)
  }

  sentFor(key: string): number {
    return this.requests
      .filter((one) => one.operation === 'get' && one.key === key)
      .reduce((sum, one) => sum + one.sent, 0)
  }

  gets(): readonly SeenRequest[] {
    return this.requests.filter(({ operation }) => operation === 'get')
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    await new Promise<void>((resolve) => this.server.close(() => resolve()))
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Taken as it came: URL would resolve the dots of a key like `a/../b`.
    const [path = '/', query = ''] = (request.url ?? '/').split('?')
    const parameters = new URLSearchParams(query)
    const slash = path.indexOf('/', 1)
    const bucket = decodeURIComponent(path.slice(1, slash < 0 ? undefined : slash))
    const key = slash < 0 ? '' : decodeURIComponent(path.slice(slash + 1))
    const operation = operationOf(request, parameters, key)
    const seen: SeenRequest = { operation, key, range: request.headers.range ?? null, status: 0, sent: 0 }
    this.requests.push(seen)
    const reply = (status: number, type: string, body: string, headers: Record<string, string> = {}) => {
      seen.status = status
      response.writeHead(status, {
        'content-type': type,
        'content-length': Buffer.byteLength(body),
        ...headers,
      })
      response.end(request.method === 'HEAD' ? undefined : body)
    }
    const refuse = (
      status: number,
      code: string,
      message: string,
      more = '',
      headers: Record<string, string> = {},
    ) => reply(status, 'application/xml', errorXml(code, message, more), headers)

    if (operation === 'sts') {
      const call = new URLSearchParams(await bodyOf(request))
      this.stsCalls.push(call)
      return reply(200, 'text/xml', assumedRoleXml(call.get('RoleArn') ?? ''))
    }
    const signedFor = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1]
    if (!signedFor) return refuse(403, 'AccessDenied', 'Access Denied')
    const fault = takeFault(this.rules, operation, key)
    if (fault) {
      const done = await strikeAtOnce(fault, request, reply, refuse)
      if (done) return
    }
    if (this.region !== null && signedFor !== this.region) {
      return refuse(301, 'PermanentRedirect', 'The bucket must be addressed at another endpoint.', '', {
        'x-amz-bucket-region': this.region,
      })
    }
    if (bucket !== this.bucket) return refuse(404, 'NoSuchBucket', 'The specified bucket does not exist')
    if (operation === 'location') {
      const where = this.region === null || this.region === 'us-east-1' ? '' : this.region
      return reply(
        200,
        'application/xml',
        `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${where}</LocationConstraint>`,
      )
    }
    if (operation === 'list') {
      const xml = Buffer.from(listXml(this.bucket, parameters, this.objects))
      return await this.send(response, 200, { 'content-type': 'application/xml' }, xml, fault, seen)
    }
    const object = this.objects.get(key)
    if (!object) return refuse(404, 'NoSuchKey', 'The specified key does not exist.')
    const wanted = request.headers['if-match']
    if (wanted !== undefined && wanted.replaceAll('"', '') !== object.etag) {
      return refuse(
        412,
        'PreconditionFailed',
        'At least one of the pre-conditions you specified did not hold',
      )
    }
    await this.sendObject(request, response, object, fault, seen)
  }

  private async sendObject(
    request: IncomingMessage,
    response: ServerResponse,
    object: TestObject,
    fault: Fault | null,
    seen: SeenRequest,
  ): Promise<void> {
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
    const from = range ? Number(range[1]) : 0
    const to = range?.[2] ? Math.min(Number(range[2]), object.body.length - 1) : object.body.length - 1
    const headers: Record<string, string> = {
      'content-type': 'application/octet-stream',
      etag: `"${object.etag}"`,
      'last-modified': new Date(object.modifiedMs).toUTCString(),
      'accept-ranges': 'bytes',
      ...object.headers,
    }
    if (range && from >= object.body.length) {
      seen.status = 416
      const xml = errorXml('InvalidRange', 'The requested range is not satisfiable', '')
      response.writeHead(416, { 'content-type': 'application/xml' }).end(xml)
      return
    }
    if (range) headers['content-range'] = `bytes ${from}-${to}/${object.body.length}`
    else if (request.headers['x-amz-checksum-mode'] === 'ENABLED')
      Object.assign(headers, object.checksumHeaders)
    if (request.method === 'HEAD') {
      seen.status = 200
      response.writeHead(200, { ...headers, 'content-length': object.body.length }).end()
      return
    }
    await this.send(response, range ? 206 : 200, headers, object.body.subarray(from, to + 1), fault, seen)
  }

  /** The body in pieces, with whatever goes wrong in the middle of it. */
  private async send(
    response: ServerResponse,
    status: number,
    headers: Record<string, string>,
    whole: Buffer,
    fault: Fault | null,
    seen: SeenRequest,
  ): Promise<void> {
    seen.status = status
    const stop =
      fault && 'afterBytes' in fault && fault.afterBytes !== undefined
        ? Math.min(fault.afterBytes, whole.length)
        : whole.length
    const body = fault?.kind === 'corrupt' ? flipped(whole) : whole.subarray(0, stop)
    response.writeHead(status, {
      ...headers,
      'content-length': fault?.kind === 'short' ? body.length : whole.length,
    })
    response.flushHeaders()
    for (let at = 0; at < body.length && !response.destroyed; at += this.pieceBytes) {
      const piece = body.subarray(at, at + this.pieceBytes)
      await new Promise<void>((resolve) => response.write(piece, () => resolve()))
      seen.sent += piece.length
      this.onPiece?.(seen)
      if (this.pieceDelayMs > 0) await pause(this.pieceDelayMs)
    }
    if (fault?.kind === 'hang') return
    if (fault?.kind === 'reset') response.socket?.resetAndDestroy()
    else if (fault?.kind === 'truncate') response.socket?.end()
    else response.end()
  }
}

type Reply = (status: number, type: string, body: string) => void
type Refuse = (status: number, code: string, message: string) => void

/** Faults that take the place of the answer; the others happen in the middle of one. */
async function strikeAtOnce(
  fault: Fault,
  request: IncomingMessage,
  reply: Reply,
  refuse: Refuse,
): Promise<boolean> {
  switch (fault.kind) {
    case 'slow-down':
      refuse(503, 'SlowDown', 'Please reduce your request rate.')
      return true
    case 'internal-error':
      refuse(500, 'InternalError', 'We encountered an internal error. Please try again.')
      return true
    case 'expired-token':
      refuse(400, 'ExpiredToken', 'The provided token has expired.')
      return true
    case 'access-denied':
      refuse(403, 'AccessDenied', fault.message ?? 'Access Denied')
      return true
    case 'html':
      reply(
        fault.status ?? 200,
        'text/html',
        `<!DOCTYPE html><html><body><h1>Guest network</h1><p>Please sign in.${fault.wellFormed ? '</p>' : '<br>'}</body></html>`,
      )
      return true
    case 'delay':
      await pause(fault.ms)
      return false
    case 'hang':
      return fault.afterBytes === undefined
    case 'reset':
      if (fault.afterBytes !== undefined) return false
      request.socket.resetAndDestroy()
      return true
    case 'truncate':
    case 'short':
    case 'corrupt':
      return false
  }
}

function operationOf(request: IncomingMessage, parameters: URLSearchParams, key: string): Operation {
  if (request.method === 'POST') return 'sts'
  if (parameters.has('location')) return 'location'
  if (key === '') return 'list'
  return request.method === 'HEAD' ? 'head' : 'get'
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function flipped(body: Buffer): Buffer {
  const copy = Buffer.from(body)
  const middle = Math.floor(copy.length / 2)
  copy[middle] = (copy[middle] ?? 0) ^ 1
  return copy
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
