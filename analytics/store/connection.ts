import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'

export type SqlValue = string | number | bigint | boolean | null
export type Row = Readonly<Record<string, string | number | boolean | null>>

/** Thrown when work was interrupted on request; everything else a query throws is unexpected. */
export class InterruptedError extends Error {
  constructor() {
    super('The work was cancelled.')
    this.name = 'InterruptedError'
  }
}

/** After a fault of its own DuckDB answers nothing any more: only a new process can open the files again. */
export function isBroken(text: string): boolean {
  return /^(Error: )?(FATAL|INTERNAL) Error|has been invalidated/m.test(text)
}

/**
 * A DuckDB connection as the rest of analytics uses it: bound values in, plain rows out. Decimals and big
 * integers come out as strings, so that money never passes through a JavaScript number.
 */
export class Connection {
  constructor(private readonly raw: DuckDBConnection) {}

  async run(sql: string, values: readonly SqlValue[] = [], signal?: AbortSignal): Promise<number> {
    return await this.guarded(signal, async () => {
      const result = await this.raw.run(sql, values as DuckDBValue[])
      return result.rowsChanged
    })
  }

  async rows(sql: string, values: readonly SqlValue[] = [], signal?: AbortSignal): Promise<readonly Row[]> {
    return await this.guarded(signal, async () => {
      const reader = await this.raw.runAndReadAll(sql, values as DuckDBValue[])
      return reader.getRowObjectsJson() as Row[]
    })
  }

  /** The cells without names, for tables that are passed on as they are. */
  async cells(
    sql: string,
    values: readonly SqlValue[] = [],
    signal?: AbortSignal,
  ): Promise<readonly (readonly (string | number | boolean | null)[])[]> {
    return await this.guarded(signal, async () => {
      const reader = await this.raw.runAndReadAll(sql, values as DuckDBValue[])
      return reader.getRowsJson() as (string | number | boolean | null)[][]
    })
  }

  async first(sql: string, values: readonly SqlValue[] = [], signal?: AbortSignal): Promise<Row | null> {
    return (await this.rows(sql, values, signal))[0] ?? null
  }

  /** All or nothing. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.raw.run('BEGIN TRANSACTION')
    try {
      const value = await work()
      await this.raw.run('COMMIT')
      return value
    } catch (error) {
      await this.rollBack()
      throw error
    }
  }

  /** Share of the running statement that is done, 0 to 1; null when DuckDB cannot tell. */
  progress(): number | null {
    const { percentage } = this.raw.progress
    return percentage < 0 ? null : percentage / 100
  }

  interrupt(): void {
    this.raw.interrupt()
  }

  closeSync(): void {
    this.raw.closeSync()
  }

  private async rollBack(): Promise<void> {
    try {
      await this.raw.run('ROLLBACK')
    } catch (error) {
      // An aborted COMMIT has already rolled back; the first error is the one worth telling.
      if (!/no transaction is active/i.test(String(error))) throw error
    }
  }

  private async guarded<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    if (signal?.aborted) throw new InterruptedError()
    const interrupt = () => this.raw.interrupt()
    signal?.addEventListener('abort', interrupt, { once: true })
    try {
      return await work()
    } catch (error) {
      if (signal?.aborted || /^INTERRUPT Error/.test(error instanceof Error ? error.message : '')) {
        throw new InterruptedError()
      }
      throw error
    } finally {
      signal?.removeEventListener('abort', interrupt)
    }
  }
}
