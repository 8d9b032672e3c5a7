import type { InventoryRequest } from '../../../analytics/contract/inventory'

const short = new Set(['db', 'ecs', 'eks', 'nat', 'vpc'])

/** `nat-gateway` as a person writes it: NAT gateway. */
export function kindText(kind: string): string {
  const text = kind
    .split('-')
    .map((word) => (short.has(word) ? word.toUpperCase() : word))
    .join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `volumeType` as a person writes it: Volume type. */
export function factText(fact: string): string {
  const words = fact.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function factValue(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  return typeof value === 'number' ? value.toLocaleString('en-US') : value
}

export const sortOptions = [
  { value: 'cost', title: 'Cost' },
  { value: 'name', title: 'Name' },
  { value: 'kind', title: 'Kind' },
  { value: 'created', title: 'Age' },
] as const satisfies readonly { value: NonNullable<InventoryRequest['sort']>; title: string }[]

/** What the address keeps of the choice, as a request; whatever it holds, the request is a right one. */
export function requestOf(view: Readonly<Record<string, string>>, pageSize: number): InventoryRequest {
  const one = (name: string) => (view[name] ? [view[name]] : undefined)
  const sort = sortOptions.find(({ value }) => value === view.sort)?.value
  const offset = Number(view.offset)
  return {
    ...(view.search ? { search: view.search.slice(0, 400) } : {}),
    ...(one('kind') ? { kinds: one('kind') } : {}),
    ...(one('account') ? { accounts: one('account') } : {}),
    ...(one('region') ? { regions: one('region') } : {}),
    ...(one('state') ? { states: one('state') } : {}),
    ...(sort === undefined ? {} : { sort }),
    offset: Number.isSafeInteger(offset) && offset > 0 ? offset : 0,
    limit: pageSize,
  }
}
