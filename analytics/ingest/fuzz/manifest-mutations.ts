import { readFile, writeFile } from 'node:fs/promises'
import type { Random } from '../../sample/random'

const lists = ['dataFiles', 'reportKeys', 'blobs'] as const

/** Damages a manifest in one way: not JSON any more, or JSON that says something else. */
export async function mutateManifest(path: string, random: Random): Promise<string> {
  const text = await readFile(path, 'utf8')
  const kind = random.pick([
    'cut',
    'an absent file',
    'a file twice',
    'a file less',
    'no files',
    'numbers for names',
    'no list',
    'deep nesting',
    'text for an object',
    'bits',
    'empty',
    'other sizes',
    'climbing names',
  ])
  await writeFile(path, apply(kind, text, random))
  return `manifest: ${kind}`
}

function apply(kind: string, text: string, random: Random): string {
  switch (kind) {
    case 'cut':
      return text.slice(0, random.integer(0, text.length - 1))
    case 'empty':
      return ''
    case 'text for an object':
      return JSON.stringify(text)
    case 'deep nesting':
      return `${'['.repeat(60_000)}${random.chance(0.5) ? ']'.repeat(60_000) : ''}`
    case 'bits': {
      const bytes = Buffer.from(text)
      const at = random.integer(0, bytes.length - 1)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.integer(0, 6))
      return bytes.toString('latin1')
    }
    default:
      return ofList(kind, JSON.parse(text) as Record<string, unknown>, random)
  }
}

function ofList(kind: string, manifest: Record<string, unknown>, random: Random): string {
  const name = lists.find((one) => Array.isArray(manifest[one])) ?? 'dataFiles'
  const files = [...((manifest[name] as unknown[] | undefined) ?? [])]
  const changed = (list: unknown): string => JSON.stringify({ ...manifest, [name]: list })
  const renamed = (file: unknown, to: (key: string) => string): unknown =>
    typeof file === 'string'
      ? to(file)
      : { ...(file as object), blobName: to(String((file as { blobName?: string }).blobName)) }
  switch (kind) {
    case 'an absent file':
      return changed([...files, renamed(files[0], (key) => key.replace(/(\.\w+)+$/, '-absent$&'))])
    case 'a file twice':
      return changed([...files, files[random.integer(0, files.length - 1)]])
    case 'a file less':
      return changed(files.slice(1))
    case 'no files':
      return changed([])
    case 'numbers for names':
      return changed(files.map((_, index) => index))
    case 'no list':
      return changed({ files })
    case 'other sizes':
      return JSON.stringify({ ...manifest, [name]: files }).replaceAll(
        /"(byteCount|dataRowCount)":\d+/g,
        '"$1":1',
      )
    case 'climbing names':
      return changed(files.map((file) => renamed(file, (key) => `../../../../etc/${key.split('/').at(-1)}`)))
    default:
      throw new Error(`no such mutation: ${kind}`)
  }
}
