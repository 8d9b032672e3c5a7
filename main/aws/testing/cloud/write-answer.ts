import type { NormalizedSchema } from '@smithy/core/schema'
import type { Operation, Protocol } from './service-model'

export interface WrittenAnswer {
  readonly contentType: string
  readonly body: string
}

/** An answer in the words of its protocol. `output` has the fields of the SDK's own types. */
export function writeAnswer(protocol: Protocol, operation: Operation, output: object): WrittenAnswer {
  const { name } = operation
  switch (protocol) {
    case 'ec2':
      return xml(
        `<${name}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r-1</requestId>${membersXml(operation.output, output)}</${name}Response>`,
      )
    case 'query':
      return xml(
        `<${name}Response><${name}Result>${membersXml(operation.output, output)}</${name}Result><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></${name}Response>`,
      )
    case 's3':
      return {
        contentType: 'application/xml',
        body: `<?xml version="1.0"?><${name}Result xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${membersXml(operation.output, output)}</${name}Result>`,
      }
    case 'json':
      return {
        contentType: 'application/x-amz-json-1.1',
        body: JSON.stringify(json(operation.output, output)),
      }
    case 'rest-json':
      return { contentType: 'application/json', body: JSON.stringify(json(operation.output, output)) }
  }
}

export function writeError(protocol: Protocol, code: string, message: string): WrittenAnswer {
  const inner = `<Code>${code}</Code><Message>${escaped(message)}</Message>`
  switch (protocol) {
    case 'ec2':
      return xml(`<Response><Errors><Error>${inner}</Error></Errors><RequestID>r-1</RequestID></Response>`)
    case 'query':
      return xml(
        `<ErrorResponse><Error><Type>Sender</Type>${inner}</Error><RequestId>r-1</RequestId></ErrorResponse>`,
      )
    case 's3':
      return { contentType: 'application/xml', body: `<Error>${inner}</Error>` }
    case 'json':
      return {
        contentType: 'application/x-amz-json-1.1',
        body: JSON.stringify({ __type: `com.amazonaws#${code}`, message }),
      }
    case 'rest-json':
      return { contentType: 'application/json', body: JSON.stringify({ __type: code, message }) }
  }
}

const xml = (body: string): WrittenAnswer => ({
  contentType: 'text/xml;charset=UTF-8',
  body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
})

function membersXml(schema: NormalizedSchema, value: object): string {
  if (!schema.isStructSchema()) return ''
  let text = ''
  for (const [name, member] of schema.structIterator()) {
    const field: unknown = Reflect.get(value, name)
    if (field !== undefined && field !== null)
      text += fieldXml(String(trait(member, 'xmlName') ?? name), member, field)
  }
  return text
}

function fieldXml(tag: string, schema: NormalizedSchema, value: unknown): string {
  if (schema.isListSchema() && Array.isArray(value)) {
    const item = schema.getValueSchema()
    if (trait(schema, 'xmlFlattened')) return value.map((one) => fieldXml(tag, item, one)).join('')
    const itemTag = String(trait(item, 'xmlName') ?? 'member')
    return `<${tag}>${value.map((one) => fieldXml(itemTag, item, one)).join('')}</${tag}>`
  }
  if (schema.isStructSchema() && typeof value === 'object' && value !== null)
    return `<${tag}>${membersXml(schema, value)}</${tag}>`
  return `<${tag}>${escaped(value instanceof Date ? timeText(schema, value) : String(value))}</${tag}>`
}

const timeText = (schema: NormalizedSchema, time: Date) =>
  schema.getSchema() === 6 ? time.toUTCString() : time.toISOString()

function json(schema: NormalizedSchema, value: unknown): unknown {
  if (value === null || value === undefined) return value
  // Timestamps are seconds, unless their schema says they are text.
  if (value instanceof Date) return schema.getSchema() === 5 ? value.toISOString() : value.getTime() / 1_000
  if (schema.isListSchema() && Array.isArray(value))
    return value.map((one) => json(schema.getValueSchema(), one))
  if (schema.isStructSchema() && typeof value === 'object') {
    const written: Record<string, unknown> = {}
    for (const [name, member] of schema.structIterator()) {
      const field: unknown = Reflect.get(value, name)
      if (field !== undefined) written[String(trait(member, 'jsonName') ?? name)] = json(member, field)
    }
    return written
  }
  return value
}

function trait(schema: NormalizedSchema, name: string): unknown {
  return Reflect.get(schema.getMergedTraits(), name)
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign)
