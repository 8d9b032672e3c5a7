import { createWriteStream } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { ZipFile } from 'yazl'
import { quoteLiteral } from '../../store/sql-text'

export type Packing = 'none' | 'gzip' | { readonly zipMember: string }

/** Puts the files of one written bill below its root, and remembers which of them make up the bill. */
export class BillOutput {
  readonly files: string[] = []
  readonly traps: string[] = []

  constructor(
    readonly connection: DuckDBConnection,
    readonly root: string,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async run(sql: string): Promise<void> {
    this.signal?.throwIfAborted()
    await this.connection.run(sql)
  }

  async rows(sql: string): Promise<readonly Readonly<Record<string, string | null>>[]> {
    this.signal?.throwIfAborted()
    const reader = await this.connection.runAndReadAll(sql)
    return reader.getRowObjects().map((row) => {
      const texts = Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)])
      return Object.fromEntries(texts)
    })
  }

  /** A file of the bill. */
  async parquet(path: string, select: string): Promise<void> {
    this.files.push(await this.copyParquet(path, select))
  }

  async csv(path: string, select: string, packing: Packing): Promise<void> {
    this.files.push(await this.copyCsv(path, select, packing))
  }

  /** A file that lies there and does not count: an older delivery, a status table. */
  async trapParquet(path: string, select: string): Promise<void> {
    this.traps.push(await this.copyParquet(path, select))
  }

  async trapCsv(path: string, select: string, packing: Packing): Promise<void> {
    this.traps.push(await this.copyCsv(path, select, packing))
  }

  async text(path: string, content: string): Promise<void> {
    await writeFile(await this.place(path), content)
  }

  /** Puts a byte order mark before a file, as some programs do with UTF-8. */
  async markEncoding(path: string): Promise<void> {
    const file = join(this.root, path)
    await writeFile(file, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), await readFile(file)]))
  }

  private async copyParquet(path: string, select: string): Promise<string> {
    const file = await this.place(path)
    await this.run(`COPY (${select}) TO ${quoteLiteral(file)} (FORMAT parquet, COMPRESSION snappy)`)
    return file
  }

  private async copyCsv(path: string, select: string, packing: Packing): Promise<string> {
    const file = await this.place(path)
    if (typeof packing === 'string') {
      await this.copyText(file, select, packing)
      return file
    }
    const plain = `${file}.plain`
    try {
      await this.copyText(plain, select, 'none')
      const zip = new ZipFile()
      // A fixed time keeps the bytes the same.
      zip.addFile(plain, packing.zipMember, { mtime: new Date(Date.UTC(2026, 0, 1)) })
      zip.end()
      await pipeline(zip.outputStream, createWriteStream(file))
    } finally {
      await rm(plain, { force: true })
    }
    return file
  }

  private async copyText(file: string, select: string, compression: 'none' | 'gzip'): Promise<void> {
    await this.run(
      `COPY (${select}) TO ${quoteLiteral(file)} (FORMAT csv, HEADER false, COMPRESSION ${compression})`,
    )
  }

  private async place(path: string): Promise<string> {
    const file = join(this.root, path)
    await mkdir(dirname(file), { recursive: true })
    return file
  }
}
