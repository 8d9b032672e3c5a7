import { columns } from '../columns'
import { filled, keysOf } from './aws-bill'
import type { BillOutput } from './bill-output'
import type { BillField, FieldKind } from './fields'

/** A column of CUR 1 under its heading in CSV, `lineItem/UsageAmount`. */
export interface Cur1Column extends BillField {
  /** The type its manifest gives it. */
  readonly type: 'String' | 'OptionalString' | 'BigDecimal' | 'OptionalBigDecimal' | 'DateTime' | 'Interval'
}

const groups = {
  identity: 'identity',
  bill: 'bill',
  line_item: 'lineItem',
  pricing: 'pricing',
  reservation: 'reservation',
  savings_plan: 'savingsPlan',
  split_line_item: 'splitLineItem',
} as const

/** What CUR 2.0 added, and what stands in maps there: CUR 1 knows no account names. */
const withoutTwin: ReadonlySet<string> = new Set([
  'bill_payer_account_name',
  'line_item_usage_account_name',
  'line_item_iam_principal',
])

/** Headings of the pricing group that begin with a small letter. */
const small: ReadonlySet<string> = new Set([
  'currency',
  'publicOnDemandCost',
  'publicOnDemandRate',
  'term',
  'unit',
])

/** Tags as users wrote them; exports of the second version have turned them into small letters and underscores. */
const rawTagKeys: Readonly<Record<string, string>> = {
  user_cost_center: 'user:cost-center',
  aws_eks_cluster_name: 'aws:eks:cluster-name',
}

const pascal = (snake: string): string =>
  snake
    .replace(/_a_r_n$/, '_ARN')
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
const camel = (snake: string): string => pascal(snake).replace(/^./, (letter) => letter.toLowerCase())

/** The columns of this bill: which products, tags and cost categories there are depends on what was used. */
export async function cur1Columns(output: BillOutput): Promise<readonly Cur1Column[]> {
  return [
    ...fixedColumns(['identity', 'bill', 'line_item']),
    ...(await productColumns(output)),
    ...fixedColumns(['pricing', 'reservation', 'savings_plan']),
    ...(await discountColumns(output)),
    ...fixedColumns(['split_line_item']),
    ...(await tagColumns(output)),
    ...(await keysOf(output, 'cost_category')).map((key) =>
      column(`costCategory/${key}`, 'tag', `cost_category['${key}']`),
    ),
  ]
}

function fixedColumns(wanted: readonly (keyof typeof groups)[]): readonly Cur1Column[] {
  return wanted.flatMap((group) =>
    columns.flatMap(({ name, type }) => {
      if (!name.startsWith(`${group}_`) || withoutTwin.has(name)) return []
      const short = name.slice(group.length + 1)
      const heading = group === 'pricing' && small.has(camel(short)) ? camel(short) : pascal(short)
      const kind = type === 'double' ? 'money' : type === 'timestamp' ? 'time' : 'text'
      return [column(`${groups[group]}/${heading}`, kind, name)]
    }),
  )
}

/** An attribute can stand in the map and in a column of its own; CUR 1 has it once. */
async function productColumns(output: BillOutput): Promise<readonly Cur1Column[]> {
  const flat = columns.flatMap(({ name }) => (name.startsWith('product_') ? [name] : []))
  const byHeading = new Map<string, string[]>()
  const add = (heading: string, sql: string): void => {
    byHeading.set(heading, [...(byHeading.get(heading) ?? []), sql])
  }
  for (const key of await keysOf(output, 'product')) {
    add(key === 'product_name' ? 'ProductName' : camel(key), `product['${key}']`)
  }
  for (const name of await filled(output, flat)) add(camel(name.slice('product_'.length)), name)
  return [...byHeading]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([heading, parts]) => column(`product/${heading}`, 'text', `COALESCE(${parts.join(', ')})`))
}

async function discountColumns(output: BillOutput): Promise<readonly Cur1Column[]> {
  const keys = await keysOf(output, 'discount')
  return [
    ...keys.map((key) => column(`discount/${pascal(key)}`, 'money', `discount['${key}']`)),
    column('discount/BundledDiscount', 'money', 'discount_bundled_discount'),
    column('discount/TotalDiscount', 'money', 'discount_total_discount'),
  ]
}

/** Owners written in capitals come from a tag spelled `Owner`: in CUR 1 it has a column of its own. */
async function tagColumns(output: BillOutput): Promise<readonly Cur1Column[]> {
  return (await keysOf(output, 'resource_tags')).flatMap((key) => {
    const value = `resource_tags['${key}']`
    const raw = rawTagKeys[key] ?? key.replaceAll('_', ':')
    if (key !== 'user_owner') return [column(`resourceTags/${raw}`, 'tag', value)]
    return [
      column('resourceTags/user:Owner', 'tag', `CASE WHEN ${value} = upper(${value}) THEN ${value} END`),
      column('resourceTags/user:owner', 'tag', `CASE WHEN ${value} <> upper(${value}) THEN ${value} END`),
    ]
  })
}

const certain: ReadonlySet<string> = new Set([
  'lineItem/UsageAmount',
  'lineItem/UnblendedCost',
  'lineItem/BlendedCost',
  'pricing/publicOnDemandCost',
])

function column(name: string, kind: FieldKind, sql: string): Cur1Column {
  return { name, kind, sql, type: typeOf(name, kind) }
}

function typeOf(name: string, kind: FieldKind): Cur1Column['type'] {
  if (name === 'identity/TimeInterval') return 'Interval'
  if (kind === 'time') return 'DateTime'
  if (kind === 'money') return certain.has(name) ? 'BigDecimal' : 'OptionalBigDecimal'
  return /^(identity|bill|lineItem)\//.test(name) ? 'String' : 'OptionalString'
}
