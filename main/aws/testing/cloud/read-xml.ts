import type { NormalizedSchema } from '@smithy/core/schema'

interface Element {
  readonly name: string
  readonly children: Element[]
  text: string
}

/** As much of XML as the SDK's own client writes: elements and text. */
export function readXmlBody(schema: NormalizedSchema, body: string): unknown {
  const root: Element = { name: '', children: [], text: '' }
  const open = [root]
  for (const [, close, name = '', selfClosing, text] of body.matchAll(
    /<(\/?)([\w:.-]+)[^>]*?(\/?)>|([^<]+)/g,
  )) {
    const inside = open.at(-1) ?? root
    if (text !== undefined) inside.text += unescaped(text)
    else if (close === '/') open.pop()
    else {
      const element: Element = { name, children: [], text: '' }
      inside.children.push(element)
      if (selfClosing !== '/') open.push(element)
    }
  }
  return readElement(schema, root.children[0] ?? root)
}

function readElement(schema: NormalizedSchema, { children, text }: Element): unknown {
  if (!schema.isStructSchema()) return schema.isNumericSchema() ? Number(text) : text
  const value: Record<string, unknown> = {}
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits()
    const called = String(Reflect.get(traits, 'xmlName') ?? name)
    const found = children.filter((child) => child.name === called)
    if (found.length === 0) continue
    const [first] = found
    if (!member.isListSchema()) value[name] = first && readElement(member, first)
    else {
      const items = Reflect.get(traits, 'xmlFlattened') ? found : (first?.children ?? [])
      value[name] = items.map((item) => readElement(member.getValueSchema(), item))
    }
  }
  return value
}

const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const unescaped = (text: string) => text.replaceAll(/&(\w+);/g, (whole, name: string) => signs[name] ?? whole)
