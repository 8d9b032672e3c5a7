import type { SqlValue } from '../store/connection'
import { quoteLiteral } from '../store/sql-text'

/** The values of a statement that is put together from parts: each gets a number, in whatever order parts are made. */
export class BoundValues {
  private readonly list: SqlValue[] = []

  get values(): readonly SqlValue[] {
    return this.list
  }

  /** What stands for a value in the statement. */
  bind(value: SqlValue): string {
    const known = this.list.indexOf(value)
    return `$${known >= 0 ? known + 1 : this.list.push(value)}`
  }

  /** SQL with a `?` for each value, with their numbers in place. */
  inline(sql: string, values: readonly SqlValue[]): string {
    let at = 0
    return sql.replaceAll('?', () => this.bind(values[at++] ?? null))
  }
}

/** The statement as a person would write it: for reading, never for running. */
export function readableSql(sql: string, values: readonly SqlValue[]): string {
  return sql.replaceAll(/\$(\d+)/g, (_placeholder, number: string) =>
    literal(values[Number(number) - 1] ?? null),
  )
}

function literal(value: SqlValue): string {
  if (value === null) return 'NULL'
  return typeof value === 'string' ? quoteLiteral(value) : String(value)
}
