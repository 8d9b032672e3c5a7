import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type CloudAnswer, CloudError, cloudAnswers } from './answers'
import { cloudChanges } from './changes'
import { CloudState } from './cloud-state'
import { type CloudFault, type CloudFaultRule, errorOf, strikes } from './faults'
import { identityAnswers } from './identity-answers'
import { type ArrivedRequest, readRequest, signatureScope } from './read-request'
import { type ServiceModel, serviceModel } from './service-model'
import { type WrittenAnswer, writeAnswer, writeError } from './write-answer'

export interface CloudRequest {
  /** As AWS's own logs name it: `ec2`, `DescribeVolumes`. */
  readonly service: string
  readonly operation: string
  readonly region: string
  readonly input: Readonly<Record<string, unknown>>
  readonly fault: CloudFault | null
  status: number
  /** Whether it was carried out, heard or not. */
  applied: boolean
}

const answers: Readonly<Record<string, CloudAnswer>> = {
  ...cloudAnswers,
  ...identityAnswers,
  ...cloudChanges,
}

const loginPage =
  '<!DOCTYPE html><html><head><title>Guest network</title></head><body><p>Please sign in to use this network.</p></body></html>'

/**
 * Speaks the protocols of AWS over HTTP: query XML of EC2 and of the older services, JSON 1.0 and 1.1, REST JSON and
 * S3's XML. It answers what reads and what the actions change, and refuses the rest; pages, faults and a log of every
 * request are the test's.
 */
export class CloudServer {
  readonly state = new CloudState()
  readonly rules: CloudFaultRule[] = []
  readonly requests: CloudRequest[] = []
  /** No page is longer, whatever was asked for. */
  pageSize = 1_000
  /** Before a request is answered: the moment for somebody else to change something. */
  onRequest: ((request: CloudRequest) => void) | null = null
  private readonly sockets = new Set<Socket>()

  private constructor(private readonly server: Server) {}

  static async start(): Promise<CloudServer> {
    const server = createServer()
    const cloud = new CloudServer(server)
    server.on('connection', (socket: Socket) => {
      cloud.sockets.add(socket)
      socket.once('close', () => cloud.sockets.delete(socket))
    })
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      response.on('error', () => response.destroy())
      void cloud.answer(request, response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return cloud
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** Requests by operation, `ec2:DescribeVolumes`. */
  counts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>()
    for (const { service, operation } of this.requests) {
      const name = `${service}:${operation}`
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    return counts
  }

  /** Requests that change something, trials left out. */
  changes(): readonly CloudRequest[] {
    return this.requests.filter(
      ({ service, operation, input }) =>
        cloudChanges[`${service}/${operation}`] !== undefined && input.DryRun !== 'true',
    )
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    await new Promise<void>((resolve) => this.server.close(() => resolve()))
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrived = await arrivedRequest(request)
    const scope = signatureScope(arrived)
    const version = new URLSearchParams(arrived.body).get('Version')
    const model = scope && (await serviceModel(scope.service, version))
    if (!scope || !model) {
      this.requests.push({
        service: scope?.service ?? '(unsigned)',
        operation: `${arrived.method} ${arrived.path}`,
        region: scope?.region ?? '',
        input: {},
        fault: null,
        status: 403,
        applied: false,
      })
      response.writeHead(403, { 'content-type': 'text/plain' }).end('not a request of a service here')
      return
    }
    const service = serviceName(scope.service, version)
    const read = readRequest(model, arrived)
    const operation = read?.operation.name ?? `${arrived.method} ${arrived.path}`
    const fault = strikes(this.rules, { service, operation, region: scope.region })
    const seen: CloudRequest = {
      service,
      operation,
      region: scope.region,
      input: read?.input ?? {},
      fault,
      status: 0,
      applied: false,
    }
    this.requests.push(seen)
    this.state.tick()
    this.onRequest?.(seen)
    const send = (status: number, { contentType, body }: WrittenAnswer) => {
      seen.status = status
      response
        .writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) })
        .end(body)
    }
    const answer = read && answers[`${service}/${operation}`]
    if (fault !== null && strike(fault, model, `${service}:${operation}`, request, response, send)) return
    if (!read || !answer) {
      const error = errorOf('unknown-operation', model.protocol, operation)
      return send(error.status, writeError(model.protocol, error.code, error.message))
    }
    try {
      if (service === 'ec2' && String(read.input.DryRun) === 'true')
        throw new CloudError('DryRunOperation', 412, 'Request would have succeeded, but DryRun flag is set.')
      const output = answer(this.state, scope.region, read.input, this.pageSize, scope.caller)
      seen.applied = true
      if (fault === 'lost-reply') return void request.socket.destroy()
      const written = writeAnswer(model.protocol, read.operation, output)
      if (fault !== 'truncate') return send(200, written)
      // Announces all of it and goes away in the middle.
      response.writeHead(200, {
        'content-type': written.contentType,
        'content-length': Buffer.byteLength(written.body),
      })
      seen.status = 200
      response.write(written.body.slice(0, Math.ceil(written.body.length / 2)), () =>
        request.socket.destroy(),
      )
    } catch (error) {
      if (!(error instanceof CloudError)) throw error
      send(error.status, writeError(model.protocol, error.code, error.message))
    }
  }
}

/** Whether the request is dealt with. */
function strike(
  fault: CloudFault,
  { protocol }: ServiceModel,
  action: string,
  request: IncomingMessage,
  response: ServerResponse,
  send: (status: number, written: WrittenAnswer) => void,
): boolean {
  switch (fault) {
    case 'html':
      send(200, { contentType: 'text/html; charset=utf-8', body: loginPage })
      return true
    case 'html-as-text':
      send(200, { contentType: 'text/plain', body: loginPage })
      return true
    case 'reset':
      request.socket.destroy()
      return true
    case 'hang':
      return true
    case 'truncate':
    case 'lost-reply':
      return false
    case 'throttle':
    case 'internal':
    case 'denied':
    case 'expired':
    case 'unknown-operation': {
      const { status, code, message } = errorOf(fault, protocol, action)
      response.setHeader('x-amzn-errortype', code)
      send(status, writeError(protocol, code, message))
      return true
    }
  }
}

/** Classic load balancers are signed for the same name as the newer ones. */
function serviceName(signedFor: string, version: string | null): string {
  if (signedFor !== 'elasticloadbalancing') return signedFor
  return version === '2012-06-01' ? 'elb' : 'elbv2'
}

async function arrivedRequest(request: IncomingMessage): Promise<ArrivedRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const [path = '/', query = ''] = (request.url ?? '/').split('?')
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  }
}
