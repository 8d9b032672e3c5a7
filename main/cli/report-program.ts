import type { Command } from 'commander'
import { reportLocales } from '../../analytics/contract/report-files'
import { reportKinds, reportSections } from '../../analytics/contract/reports'
import type { Failure } from '../../analytics/contract/result'
import type { CommandContext } from './commands'
import { parseReport, type ReportWords } from './parse-report'
import { report } from './report'

interface ReportHost {
  readonly withSession: (run: (context: CommandContext) => Promise<number>) => Promise<void>
  readonly home: () => string
  readonly misused: (wrong: Failure) => void
}

export function addReportCommand(command: Command, { withSession, home, misused }: ReportHost): void {
  command
    .addHelpText('after', `\nKinds: ${reportKinds.join(', ')}.\nSections: ${reportSections.join(', ')}.`)
    .requiredOption('--out <file>', 'where to; its ending says what: .pdf, .html, .xlsx or .csv')
    .option('--from <day>', 'first day, YYYY-MM-DD')
    .option('--to <day>', 'the day after the last one')
    .option('--last <count>', 'instead of days: 30d, 2w or 6m (whole months), up to the last day with data')
    .option('--period <name>', 'instead of days: as in finops query; else the last month')
    .option('--measure <measure>', 'effective (the default), billed, list or contracted')
    .option('--compare <with>', 'previous (the default) or year')
    .option('--currency <code>', 'else the one with most spend')
    .option('--by <dimension>', 'of showback: account, tag:KEY, allocation:SET, ...; else account')
    .option('--where <expression...>', 'dimension=value, !=, ~ (contains), !~; repeatable')
    .option('--sections <list>', 'these, in this order, with commas')
    .option('--rows <count>', 'the longest a table gets')
    .option('--resource-rows <count>', 'the longest the list of resources gets')
    .option('--title <text>')
    .option('--paper <size>', 'a4 (the default) or letter')
    .option('--locale <language>', `of numbers and dates: ${reportLocales.join(', ')}`)
    .option('--company <name>')
    .option('--footer <text>')
    .option('--colour <colour>', '#1f4e79')
    .option('--logo <file>', 'a PNG or JPEG of at most 500 kB')
    .action(async (kind: string, words: ReportWords) => {
      // Read before the workspace is opened: a slip of the pen must not make one.
      const asked = await parseReport(kind, words)
      if (asked.ok) await withSession((context) => report(context, home(), asked.value))
      else misused(asked.failure)
    })
}
