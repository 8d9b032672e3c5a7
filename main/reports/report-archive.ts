import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type KeptReport, keptReportSchema } from '../../analytics/contract/report-files'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import { type FileContent, fileName } from '../exports/file-content'
import { saveFile } from '../exports/save-file'
import { type KeepReport, type ReportFile, reportTypes } from './report-file'

/** Older ones make room: they can be made again from the data. */
const mostKept = 200

/** The workspace's own copy of every report that was handed out, with the figures it was made from. */
export class ReportArchive {
  private readonly folder: string

  constructor(
    home: string,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.folder = join(home, 'reports')
  }

  /** Under the hash of its bytes: the same report made twice is kept once. */
  readonly keep: KeepReport = async (report, { format }: ReportFile, bytes) => {
    const id = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    const stem = `${report.title}-${report.window.from}-to-${report.window.to}`
    const kept: KeptReport = {
      id,
      kind: report.kind,
      title: report.title,
      format,
      name: fileName(stem, format),
      bytes: bytes.byteLength,
      madeAt: this.now().toISOString(),
      window: report.window,
      currency: report.currency,
      dataVersion: report.dataVersion,
      request: { ...report.request, ...(report.currency === null ? {} : { currency: report.currency }) },
    }
    // The figures apart, so that a list reads few bytes; the record last: what has no record is no report.
    await this.write(`${id}.${format}`, bytes)
    await this.write(`${id}.figures`, Buffer.from(JSON.stringify(report)))
    await this.write(`${id}.json`, Buffer.from(JSON.stringify(kept)))
    await this.makeRoom()
  }

  /** Newest first. What cannot be read is no report of this build and is left alone. */
  async list(): Promise<readonly KeptReport[]> {
    const names = await readdir(this.folder).catch(() => [])
    const kept: KeptReport[] = []
    for (const name of names) {
      const [, id] = /^([0-9a-f]{16})\.json$/.exec(name) ?? []
      const record = id === undefined ? null : await this.record(id)
      if (record !== null) kept.push(record)
    }
    return kept.sort((one, other) => (one.madeAt < other.madeAt ? 1 : -1))
  }

  async read(id: string): Promise<Result<KeptReport>> {
    const record = await this.record(id)
    return record === null ? noLongerKept() : succeed(record)
  }

  /** The report it was made from, as it was written down: reading it is work for another thread. */
  async figures(id: string): Promise<Result<string>> {
    const text = await readFile(join(this.folder, `${id}.figures`), 'utf8').catch(() => null)
    return text === null ? noLongerKept() : succeed(text)
  }

  async remove(id: string): Promise<void> {
    const record = await this.record(id)
    const endings = ['json', 'figures', ...(record === null ? [] : [record.format])]
    for (const ending of endings) await rm(join(this.folder, `${id}.${ending}`), { force: true })
  }

  /** The very bytes that were handed out. */
  contentOf({ id, name, format }: KeptReport): FileContent {
    const path = join(this.folder, `${id}.${format}`)
    return {
      name,
      type: reportTypes[format],
      async *chunks() {
        yield await readFile(path)
      },
    }
  }

  private async record(id: string): Promise<KeptReport | null> {
    const text = await readFile(join(this.folder, `${id}.json`), 'utf8').catch(() => null)
    if (text === null) return null
    try {
      return keptReportSchema.parse(JSON.parse(text))
    } catch {
      return null
    }
  }

  private async write(name: string, bytes: Uint8Array): Promise<void> {
    const content: FileContent = {
      name,
      type: '',
      async *chunks() {
        yield bytes
      },
    }
    const written = await saveFile(content, join(this.folder, name), new AbortController().signal)
    if (!written.ok) throw new Error(written.failure.message)
  }

  private async makeRoom(): Promise<void> {
    for (const { id } of (await this.list()).slice(mostKept)) await this.remove(id)
  }
}

function noLongerKept(): Result<never> {
  return fail('no-such-report', 'This report is no longer kept.', 'Make it again.')
}
