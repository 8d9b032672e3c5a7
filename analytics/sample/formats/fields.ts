import { quoteIdentifier, quoteLiteral } from '../../store/sql-text'

/**
 * What is in a field: `text` may be spelled as a word for nothing, a `tag` may not, because a tag can have that
 * value; `texts` and `amounts` are maps.
 */
export type FieldKind = 'text' | 'tag' | 'money' | 'time' | 'texts' | 'amounts'

/** A column of a written bill, as an expression over the rows it is made from. */
export interface BillField {
  readonly name: string
  readonly kind: FieldKind
  readonly sql: string
}

export interface TextStyle {
  /** For strftime. */
  readonly time: string
  /** How an absent value is spelled. */
  readonly nothing: '' | 'NULL' | 'None'
  /** E-notation mixed in, or fifteen decimals each. */
  readonly money: 'mixed' | 'long'
  /** JSON objects without their outer braces. */
  readonly bareMaps?: boolean
}

export const isoSeconds = '%Y-%m-%dT%H:%M:%SZ'
export const isoMilliseconds = '%Y-%m-%dT%H:%M:%S.%gZ'

/**
 * Rows as text, the first of them the header: DuckDB's own header renames columns that differ only in case, and
 * two tags of one bill may. `from` needs a column `n`, a number of the row.
 */
export function textSelect(fields: readonly BillField[], style: TextStyle, from: string): string {
  const header = fields.map((field, index) => `${quoteLiteral(field.name)} AS c${index}`)
  const cells = fields.map((field) => cellText(field, style))
  return `SELECT ${header.join(', ')} UNION ALL SELECT ${cells.join(',\n  ')} FROM ${from}`
}

function cellText({ kind, sql }: BillField, style: TextStyle): string {
  const spelled = (text: string): string =>
    style.nothing === '' ? text : `COALESCE(${text}, ${quoteLiteral(style.nothing)})`
  switch (kind) {
    case 'text':
      return spelled(`NULLIF(CAST(${sql} AS VARCHAR), '')`)
    case 'tag':
      return `NULLIF(CAST(${sql} AS VARCHAR), '')`
    case 'money':
      return spelled(style.money === 'mixed' ? `money_text(${sql}, n)` : `long_text(${sql})`)
    case 'time':
      return spelled(`strftime(${sql}, ${quoteLiteral(style.time)})`)
    case 'texts':
    case 'amounts': {
      const json = `CAST(to_json(${sql}) AS VARCHAR)`
      return style.bareMaps === true ? `NULLIF(${json}[2:-2], '')` : json
    }
  }
}

export type ParquetTypes = Readonly<Record<FieldKind, string>>

export const awsParquetTypes: ParquetTypes = {
  text: 'VARCHAR',
  tag: 'VARCHAR',
  money: 'DOUBLE',
  time: 'TIMESTAMP',
  texts: 'MAP(VARCHAR, VARCHAR)',
  amounts: 'MAP(VARCHAR, DOUBLE)',
}

export function typedSelect(
  fields: readonly (BillField & { readonly type?: string })[],
  types: ParquetTypes,
  from: string,
): string {
  const cells = fields.map(
    ({ name, kind, sql, type }) => `CAST(${sql} AS ${type ?? types[kind]}) AS ${quoteIdentifier(name)}`,
  )
  return `SELECT ${cells.join(',\n  ')} FROM ${from}`
}
