import type { NormalizedSchema } from '@smithy/core/schema'
import { readXmlBody } from './read-xml'
import type { Operation, ServiceModel } from './service-model'

export interface ArrivedRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: string
}

export interface ReadRequest {
  readonly operation: Operation
  readonly input: Readonly<Record<string, unknown>>
}

/** Who asks for what, out of the signature: every protocol has it in the same place. */
export function signatureScope(
  request: ArrivedRequest,
): { caller: string; region: string; service: string } | null {
  const found = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(
    String(request.headers.authorization ?? ''),
  )
  return found ? { caller: found[1] ?? '', region: found[2] ?? '', service: found[3] ?? '' } : null
}

export function readRequest(model: ServiceModel, request: ArrivedRequest): ReadRequest | null {
  switch (model.protocol) {
    case 'ec2':
    case 'query': {
      const form = new URLSearchParams(request.body)
      const operation = model.operations.get(form.get('Action') ?? '')
      return operation ? { operation, input: readForm(operation.input, form, '') } : null
    }
    case 'json': {
      const operation = model.operations.get(
        String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '',
      )
      return operation ? { operation, input: JSON.parse(request.body === '' ? '{}' : request.body) } : null
    }
    case 'rest-json':
    case 's3':
      return readRest(model, request)
  }
}

function readForm(schema: NormalizedSchema, form: URLSearchParams, prefix: string): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits()
    const called = String(
      Reflect.get(traits, 'ec2QueryName') ?? capital(String(Reflect.get(traits, 'xmlName') ?? name)),
    )
    const value = readField(member, form, prefix + called)
    if (value !== undefined) input[name] = value
  }
  return input
}

function readField(schema: NormalizedSchema, form: URLSearchParams, key: string): unknown {
  if (schema.isListSchema()) {
    const items: unknown[] = []
    for (let at = 1; ; at += 1) {
      const itemKey = [`${key}.${at}`, `${key}.member.${at}`, `${key}.${itemName(schema)}.${at}`].find(
        (one) => hasKey(form, one),
      )
      if (itemKey === undefined) return items.length > 0 ? items : undefined
      items.push(readField(schema.getValueSchema(), form, itemKey))
    }
  }
  if (schema.isStructSchema()) return hasKey(form, key) ? readForm(schema, form, `${key}.`) : undefined
  const text = form.get(key)
  if (text === null) return undefined
  return schema.isNumericSchema() ? Number(text) : text
}

const itemName = (schema: NormalizedSchema) =>
  String(Reflect.get(schema.getValueSchema().getMergedTraits(), 'xmlName') ?? 'item')
const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

function hasKey(form: URLSearchParams, key: string): boolean {
  for (const name of form.keys()) if (name === key || name.startsWith(`${key}.`)) return true
  return false
}

function readRest(model: ServiceModel, request: ArrivedRequest): ReadRequest | null {
  let best: { operation: Operation; labels: Record<string, string>; flag: string | null } | null = null
  for (const operation of model.operations.values()) {
    const { route } = operation
    if (!route || route.method !== request.method) continue
    // The bucket is the first part of an S3 path; its client's templates leave it out.
    const template = model.protocol === 's3' && hasBucket(operation) ? `/{Bucket}${route.path}` : route.path
    const labels = matchPath(template, request.path)
    if (!labels || (route.flag !== null && !request.query.has(route.flag))) continue
    if (best === null || (best.flag === null && route.flag !== null))
      best = { operation, labels, flag: route.flag }
  }
  if (best === null) return null
  const input: Record<string, unknown> = { ...best.labels }
  for (const [name, member] of best.operation.input.structIterator()) {
    const query = Reflect.get(member.getMergedTraits(), 'httpQuery')
    if (typeof query === 'string' && request.query.has(query)) input[name] = request.query.get(query)
  }
  if (model.protocol === 's3' && request.body.startsWith('<')) {
    for (const [name, member] of best.operation.input.structIterator())
      if (Reflect.get(member.getMergedTraits(), 'httpPayload'))
        input[name] = readXmlBody(member, request.body)
  }
  if (model.protocol === 'rest-json' && request.body !== '') Object.assign(input, JSON.parse(request.body))
  return { operation: best.operation, input }
}

function hasBucket({ input }: Operation): boolean {
  return input.isStructSchema() && [...input.structIterator()].some(([name]) => name === 'Bucket')
}

function matchPath(template: string, path: string): Record<string, string> | null {
  const wanted = template.split('/').filter((part) => part !== '')
  const given = path.split('/').filter((part) => part !== '')
  if (wanted.length !== given.length) return null
  const labels: Record<string, string> = {}
  for (const [at, part] of wanted.entries()) {
    const label = /^\{(\w+)\+?\}$/.exec(part)?.[1]
    if (label !== undefined) labels[label] = decodeURIComponent(given[at] ?? '')
    else if (part !== given[at]) return null
  }
  return labels
}
