import { readFile } from 'node:fs/promises'
import { checkDefinition } from '../../analytics/allocation/check-definition'
import { type AllocationDefinition, allocationDefinitionSchema } from '../../analytics/contract/allocation'
import { fail, type Result, succeed } from '../../analytics/contract/result'

/** The sets of rules in a file: one, or several under `sets`. All are checked before any is saved. */
export async function readAllocationFile(path: string): Promise<Result<readonly AllocationDefinition[]>> {
  const text = await textOf(path)
  if (!text.ok) return text
  const read = jsonOf(path, text.value)
  if (!read.ok) return read
  const written = isSets(read.value) ? read.value.sets : [read.value]
  const definitions: AllocationDefinition[] = []
  for (const [at, one] of written.entries()) {
    const parsed = allocationDefinitionSchema.safeParse(one)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      const place = [...(written.length > 1 ? [`sets.${at}`] : []), ...(issue?.path ?? [])].join('.')
      return fail(
        'allocation-refused',
        `${path}: ${place === '' ? '' : `${place}: `}${issue?.message ?? 'not understood'}.`,
        'finops allocation export shows how a set of rules is written.',
      )
    }
    const checked = checkDefinition(parsed.data)
    if (!checked.ok) return checked
    definitions.push(parsed.data)
  }
  const names = definitions.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  return twice === undefined
    ? succeed(definitions)
    : fail(
        'allocation-refused',
        `${path}: there are two sets named ${twice}.`,
        'Give each a name of its own.',
      )
}

function isSets(value: unknown): value is { readonly sets: readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'sets' in value && Array.isArray(value.sets)
}

async function textOf(path: string): Promise<Result<string>> {
  try {
    return succeed(await readFile(path, 'utf8'))
  } catch (error) {
    return fail(
      'file-unreadable',
      `${path} cannot be read.`,
      'Check the path and its permissions.',
      String(error),
    )
  }
}

function jsonOf(path: string, text: string): Result<unknown> {
  try {
    return succeed(JSON.parse(text))
  } catch (error) {
    return fail('not-json', `${path} is not JSON.`, 'Check the file at the place named.', String(error))
  }
}
