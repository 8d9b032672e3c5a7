import { columns } from '../columns'
import type { BillOutput } from './bill-output'
import { dataPath, exportManifest, fileName, manifestPath } from './data-exports'
import { idOf } from './delivery'
import {
  awsParquetTypes,
  type BillField,
  type FieldKind,
  isoMilliseconds,
  textSelect,
  typedSelect,
} from './fields'
import type { Month } from './months'

const kinds = {
  string: 'text',
  double: 'money',
  timestamp: 'time',
  'map<string,string>': 'texts',
  'map<string,double>': 'amounts',
} as const satisfies Record<(typeof columns)[number]['type'], FieldKind>

const allFields: readonly BillField[] = columns.map(({ name, type }) => ({
  name,
  kind: kinds[type],
  sql: name,
}))
const table = 'COST_AND_USAGE_REPORT'

/** All columns as text; maps are JSON in one field. */
export async function writeCur2Csv(output: BillOutput, month: Month): Promise<void> {
  const name = 'halden-cur2-csv'
  const style = { time: isoMilliseconds, nothing: '', money: 'mixed' } as const
  const files = [0, 1].map((chunk) => fileName(name, chunk, 'GZIP'))
  for (const [chunk, file] of files.entries()) {
    const select = textSelect(allFields, style, `line WHERE n % ${files.length} = ${chunk}`)
    await output.csv(dataPath(name, month, file), select, 'gzip')
  }
  const manifest = exportManifest({ name, table, month, columns: allFields, files, packing: 'GZIP' })
  await output.text(manifestPath(name, month), manifest)
}

const own = (name: string, sql: string, kind: FieldKind = 'text'): BillField => ({ name, kind, sql })
const as = (name: string): BillField => allFields.find((field) => field.name === name) ?? own(name, name)

/** A SELECT as a user would write it: some columns, some under shorter names, some taken out of a map. */
const ownSelect: readonly BillField[] = [
  ...[
    'bill_payer_account_id',
    'bill_payer_account_name',
    'bill_billing_period_start_date',
    'bill_billing_entity',
    'bill_bill_type',
    'bill_invoice_id',
    'line_item_usage_account_id',
    'line_item_usage_account_name',
    'line_item_line_item_type',
    'line_item_usage_start_date',
    'line_item_product_code',
    'line_item_operation',
    'line_item_currency_code',
    'line_item_resource_id',
    'line_item_line_item_description',
  ].map(as),
  own('unblended_cost', 'line_item_unblended_cost', 'money'),
  own('net_unblended_cost', 'line_item_net_unblended_cost', 'money'),
  own('usage_type', 'line_item_usage_type'),
  own('usage_amount', 'line_item_usage_amount', 'money'),
  own('usage_end_date', 'line_item_usage_end_date', 'time'),
  own('product_product_name', `product['product_name']`),
  own('product_region_code', `product['region']`),
  ...[
    'savings_plan_savings_plan_a_r_n',
    'savings_plan_savings_plan_effective_cost',
    'savings_plan_net_savings_plan_effective_cost',
    'savings_plan_total_commitment_to_date',
    'savings_plan_used_commitment',
    'savings_plan_recurring_commitment_for_billing_period',
    'savings_plan_net_recurring_commitment_for_billing_period',
    'reservation_reservation_a_r_n',
    'reservation_effective_cost',
    'reservation_net_effective_cost',
    'reservation_unused_amortized_upfront_fee_for_billing_period',
    'reservation_unused_recurring_fee',
    'reservation_net_unused_amortized_upfront_fee_for_billing_period',
    'reservation_net_unused_recurring_fee',
  ].map(as),
  own('resource_tags', 'resource_tags', 'texts'),
]

/** The older delivery has other figures in all of its rows: whoever reads it, or both, is found out. */
const wrong: readonly BillField[] = ownSelect.map((field) =>
  field.kind === 'money' ? { ...field, sql: `${field.sql} * 3 + 1` } : field,
)

/** A folder each run below one billing period. */
export async function writeCur2OwnSelect(output: BillOutput, month: Month): Promise<void> {
  const name = 'halden-own-query'
  const file = fileName(name, 0, 'PARQUET')
  const deliveries = [
    { folder: `${month.to.replaceAll('-', '')}T041502Z-${idOf(`${month.name}/older`)}`, fields: wrong },
    { folder: `${month.to.replaceAll('-', '')}T170933Z-${idOf(`${month.name}/newest`)}`, fields: ownSelect },
  ]
  for (const { folder, fields } of deliveries) {
    const path = dataPath(name, month, file, folder)
    const select = typedSelect(fields, awsParquetTypes, 'line')
    await (fields === ownSelect ? output.parquet(path, select) : output.trapParquet(path, select))
    const facts = {
      name,
      table,
      month,
      delivery: folder,
      columns: fields,
      files: [file],
      packing: 'PARQUET',
    } as const
    await output.text(manifestPath(name, month, folder), exportManifest(facts))
  }
}
