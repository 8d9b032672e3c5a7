import { quoteIdentifier, quoteLiteral } from '../../store/sql-text'
import { moneyType } from '../../store/warehouse-schema'

export interface BillColumn {
  readonly name: string
  readonly type: string
  /** As the file has it, where the reader had to rename: tags may differ in case alone. */
  readonly heading?: string
  /** Money already: nothing is left to be made exact. */
  readonly exact?: boolean
}

/** Texts that exports write where they mean "nothing"; a tag may well be called None, an id or an amount may not. */
export const nothing: readonly string[] = ['', 'NULL', 'null', 'None', '\\N']

/**
 * The columns of a bill under the names the trade knows them by. CUR 1 writes `lineItem/UsageAmount` in CSV and
 * `line_item_usage_amount` in Parquet, FOCUS changes case between clouds, users drop and rename columns.
 */
export class BillColumns {
  private readonly byName: ReadonlyMap<string, BillColumn>

  constructor(
    readonly all: readonly BillColumn[],
    private readonly onRead: (column: BillColumn) => void = () => undefined,
  ) {
    const named = new Map<string, BillColumn>()
    for (const column of all) {
      for (const name of [column.name.toLowerCase(), canonical(column.name)]) {
        if (!named.has(name)) named.set(name, column)
      }
    }
    this.byName = named
  }

  /** The column of that name; else one that has lost its group in a query of the user's own, if only one can be meant. */
  find(name: string): BillColumn | undefined {
    const exact = this.byName.get(name)
    if (exact) return exact
    const short = /^(?:line_item|bill|pricing|reservation|savings_plan|identity)_(.+)$/.exec(name)?.[1]
    return short && !ambiguous.has(short) ? this.byName.get(short) : undefined
  }

  /** These columns again, and the names of those that expressions made with them read. */
  watched(): { readonly columns: BillColumns; readonly read: ReadonlySet<string> } {
    const read = new Set<string>()
    return { columns: new BillColumns(this.all, ({ name }) => read.add(name)), read }
  }

  /** These columns where some already hold exact money. */
  withMoney(names: readonly string[]): BillColumns {
    const ready = new Set(names)
    return new BillColumns(
      this.all.map((column) =>
        ready.has(column.name) ? { ...column, type: moneyType, exact: true } : column,
      ),
    )
  }

  has(name: string): boolean {
    return this.find(name) !== undefined
  }

  hasAny(...names: readonly string[]): boolean {
    return names.some((name) => this.has(name))
  }

  text(...names: readonly string[]): string {
    return this.first(names, 'VARCHAR', (column) => {
      const value = quoteIdentifier(column.name)
      // The reader of CSV has taken the words for nothing out already; Parquet knows only the empty text.
      if (column.type === 'JSON') return `json_extract_string(${value}, '$')`
      return column.type === 'VARCHAR' ? `NULLIF(${value}, '')` : `CAST(${value} AS VARCHAR)`
    })
  }

  /** Exact money. What is no number, or too large for an amount, is NULL; `unreadable` tells it from an empty field. */
  money(...names: readonly string[]): string {
    return this.first(names, moneyType, moneyOf)
  }

  number(...names: readonly string[]): string {
    return this.first(names, 'DOUBLE', (column) => `TRY_CAST(${quoteIdentifier(column.name)} AS DOUBLE)`)
  }

  /** All times of bills are UTC, whatever form they are written in. */
  time(...names: readonly string[]): string {
    return this.first(names, 'TIMESTAMP', (column) => {
      const value = quoteIdentifier(column.name)
      return column.type.startsWith('TIMESTAMP') || column.type === 'DATE'
        ? `CAST(${value} AS TIMESTAMP)`
        : // What ends in Z needs no time zone worked out, which takes longest. Some clouds leave the seconds out.
          `COALESCE(CASE WHEN ${value} LIKE '%Z' THEN TRY_CAST(${value} AS TIMESTAMP) END,
            TRY_CAST(TRY_CAST(${value} AS TIMESTAMPTZ) AS TIMESTAMP), TRY_STRPTIME(${value}, '%Y-%m-%dT%H:%MZ'))`
    })
  }

  /** A map, from a MAP column or from JSON text, with or without its outer braces. */
  map(name: string): string {
    const column = this.find(name)
    const none = 'CAST(NULL AS MAP(VARCHAR, VARCHAR))'
    if (!column) return none
    this.onRead(column)
    const stored = quoteIdentifier(column.name)
    if (column.type.startsWith('MAP')) return `CAST(${stored} AS MAP(VARCHAR, VARCHAR))`
    if (column.type !== 'VARCHAR' && column.type !== 'JSON') return none
    const value = column.type === 'JSON' ? `CAST(${stored} AS VARCHAR)` : stored
    const braced = `CASE WHEN ${value} LIKE '{%' THEN ${value} WHEN ${value} <> '' THEN '{' || ${value} || '}' END`
    return `TRY_CAST(TRY_CAST(${braced} AS JSON) AS MAP(VARCHAR, VARCHAR))`
  }

  /** The last entry of a list; the text itself where it is none. */
  last(name: string): string {
    const column = this.find(name)
    if (!column?.type.endsWith('[]')) return this.text(name)
    this.onRead(column)
    return `CAST(${quoteIdentifier(column.name)}[-1] AS VARCHAR)`
  }

  /** Is there something in one of the fields that is no amount? `made`: where the amount already stands. */
  unreadable(names: readonly string[], made: (column: string) => string | null = () => null): string {
    const found = [...new Set(names.map((name) => this.find(name)).filter((column) => column !== undefined))]
    if (found.length === 0) return 'false'
    const parts = found.map((column) => {
      this.onRead(column)
      const { name, type } = column
      const value = quoteIdentifier(name)
      // NaN and the infinities are larger than all.
      if (/^(DOUBLE|FLOAT)$/.test(type)) return `COALESCE(abs(${value}) >= ${tooLarge}, false)`
      if (type !== 'VARCHAR') return `(${value} IS NOT NULL AND ${moneyOf(column)} IS NULL)`
      const there = `COALESCE(${value} NOT IN (${nothing.map(quoteLiteral).join(', ')}), false)`
      return `(${made(name) ?? moneyOfText(value)} IS NULL AND ${there})`
    })
    return `(${parts.join(' OR ')})`
  }

  /** Is one of the fields a number, and more than any amount can be? */
  tooLarge(names: readonly string[]): string {
    const found = names.map((name) => this.find(name)).filter((column) => column !== undefined)
    const parts = found.map(({ name }) => {
      const value = `TRY_CAST(${quoteIdentifier(name)} AS DOUBLE)`
      return `COALESCE(isfinite(${value}) AND abs(${value}) >= ${tooLarge}, false)`
    })
    return parts.length === 0 ? 'false' : `(${parts.join(' OR ')})`
  }

  /**
   * Columns that each hold one key of a map: `resourceTags/user:Team`, `resource_tags_user_team`. Their values
   * become one map; keys stay as the export writes them, so that two that differ only in case stay two.
   */
  spread(prefixes: readonly string[]): string {
    const entries = this.all.flatMap((column) => {
      const prefix = prefixes.find(
        (start) => column.name.toLowerCase().startsWith(start) && column.name.length > start.length,
      )
      const heading = column.heading ?? column.name
      return prefix === undefined || column.type.startsWith('MAP')
        ? []
        : [{ column, key: heading.slice(prefix.length) }]
    })
    if (entries.length === 0) return 'CAST(NULL AS MAP(VARCHAR, VARCHAR))'
    const structs = entries.map(({ column, key }) => {
      this.onRead(column)
      return `{'k': ${quoteLiteral(key)}, 'v': CAST(${quoteIdentifier(column.name)} AS VARCHAR)}`
    })
    return `map_from_entries(list_filter([${structs.join(', ')}], lambda entry: entry.v <> ''))`
  }

  private first(names: readonly string[], type: string, read: (column: BillColumn) => string): string {
    const found = names.map((name) => this.find(name)).filter((column) => column !== undefined)
    if (found.length === 0) return `CAST(NULL AS ${type})`
    const parts = [...new Set(found)].map((column) => {
      this.onRead(column)
      return read(column)
    })
    return parts.length === 1 ? (parts[0] ?? '') : `COALESCE(${parts.join(', ')})`
  }
}

/** No line of a bill comes to that, and a hundred million lines of less can be added up. */
const tooLarge = '1e18'

/** Amounts below `tooLarge`; everything else is NULL. */
function possible(money: string): string {
  return `CAST(TRY_CAST(${money} AS DECIMAL(30,12)) AS ${moneyType})`
}

function moneyOf({ name, type, exact }: BillColumn): string {
  const value = quoteIdentifier(name)
  if (exact) return value
  if (type === 'DOUBLE') return moneyOfDouble(value)
  if (type === 'VARCHAR') return moneyOfText(value)
  return possible(`TRY_CAST(${type === 'FLOAT' ? `CAST(${value} AS VARCHAR)` : value} AS ${moneyType})`)
}

/**
 * The digits that a double was written with. Scaled up, it holds them all only while it is small: 12345678.91 would
 * become 12345678.910000001024. So the larger it is, the fewer decimals are tried; what does not come back as the
 * same double has more, and goes the slow way over its text.
 */
function moneyOfDouble(value: string): string {
  const sizes = [
    { below: 2 ** 19, type: 'DECIMAL(18,10)' },
    { below: 2 ** 26, type: 'DECIMAL(18,8)' },
    { below: 2 ** 33, type: 'DECIMAL(18,6)' },
  ].map(
    ({ below, type }) =>
      `WHEN abs(${value}) < ${below} AND CAST(TRY_CAST(${value} AS ${type}) AS DOUBLE) = ${value} THEN CAST(TRY_CAST(${value} AS ${type}) AS ${moneyType})`,
  )
  return `CASE WHEN abs(${value}) < 2048 THEN TRY_CAST(${value} AS ${moneyType}) ${sizes.join(' ')}
    ELSE ${possible(`TRY_CAST(CAST(${value} AS VARCHAR) AS ${moneyType})`)} END`
}

/**
 * Text becomes money many times faster in 64 bits than in 128. They hold it exactly or not at all, but for one
 * thing: an exponent behind more digits than they have room for would cut the last ones off.
 */
function moneyOfText(value: string): string {
  const wide = possible(`TRY_CAST(${value} AS ${moneyType})`)
  return `CASE WHEN strlen(${value}) <= 18 OR NOT (contains(${value}, 'e') OR contains(${value}, 'E'))
    THEN COALESCE(CAST(TRY_CAST(${value} AS DECIMAL(18,12)) AS ${moneyType}), ${wide}) ELSE ${wide} END`
}

/** Short names that several groups share: guessing between them could take the wrong cost. */
const ambiguous: ReadonlySet<string> = new Set([
  'a_r_n',
  'region',
  'type',
  'term',
  'unit',
  'operation',
  'availability_zone',
  'start_time',
  'end_time',
  'effective_cost',
])

/** AWS's own rule for turning a CSV heading into a column name, plus the one spelling that drifts. */
export function canonical(name: string): string {
  return name
    .replaceAll(/([A-Z])/g, '_$1')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/_+/g, '_')
    .replaceAll(/^_|_$/g, '')
    .replace(/_arn$/, '_a_r_n')
}
