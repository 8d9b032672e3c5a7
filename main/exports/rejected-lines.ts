import type { ChannelInput, ChannelName, ChannelOutput } from '../../analytics/contract/channels'
import type { MonthsOfSources } from '../../analytics/contract/invoice-bridge'
import type { Result } from '../../analytics/contract/result'
import { csvRecord } from './csv'
import { ExportFailedError } from './export-failed'
import { type FileContent, fileName } from './file-content'

/** Where an export's rows come from: the application itself, or the one a command speaks to. */
export type Ask = <C extends ChannelName>(
  channel: C,
  input: ChannelInput<C>,
  options: { readonly signal: AbortSignal },
) => Promise<Result<ChannelOutput<C>>>

const page = 1_000

/** The lines that could not be read, as they stand in their files. */
export function rejectedLinesCsv({ source, period }: MonthsOfSources, ask: Ask): FileContent {
  return {
    name: fileName(['rejected-lines', source, period].filter((part) => part !== undefined).join('-'), 'csv'),
    type: 'text/csv; charset=utf-8',
    async *chunks(signal) {
      // Spreadsheets take a file without the mark for one in the machine's old encoding.
      yield `\uFEFF${csvRecord(['source', 'period', 'file', 'line', 'reason', 'content'])}`
      const chosen = {
        ...(source === undefined ? {} : { source }),
        ...(period === undefined ? {} : { period }),
      }
      for (let offset = 0; ; offset += page) {
        const range = { ...chosen, offset, limit: page }
        const answer = await ask('sources/rejected', range, { signal })
        if (!answer.ok) throw new ExportFailedError(answer.failure.message)
        const { lines, total } = answer.value
        if (lines.length > 0) {
          yield lines
            .map((one) => csvRecord([one.source, one.period, one.file, one.line, one.reason, one.content]))
            .join('')
        }
        if (offset + lines.length >= total || lines.length === 0) return
      }
    },
  }
}
