import type { Report } from '../../analytics/contract/reports'
import { saveFile } from '../exports/save-file'
import { ReportArchive } from '../reports/report-archive'
import { reportFile } from '../reports/report-file'
import { figuresOf } from '../reports/sheets'
import { type CommandContext, settle } from './commands'
import { exitCodes } from './exit-codes'
import type { AskedReport } from './parse-report'
import { answer } from './terminal'

export async function report(
  { session, terminal, signal }: CommandContext,
  home: string,
  { path, ...file }: AskedReport,
): Promise<number> {
  const { keep } = new ReportArchive(home)
  const made = await reportFile(file, (...question) => session.ask(...question), keep, signal)
  if (!made.ok) return settle(terminal, made, () => exitCodes.done)
  const one = made.value.report
  return settle(terminal, await saveFile(made.value, path, signal), ({ bytes }) => {
    answer(
      terminal,
      { out: path, bytes, format: file.format, ...documentOf(one) },
      () => `${path}: ${one.title}, ${one.window.from} to ${one.window.to} (exclusive), ${bytes} bytes.`,
    )
    return exitCodes.done
  })
}

/** What a script can check: the figures, each with the question it answers. */
function documentOf(report: Report): object {
  const { kind, title, measure, currency, window, previous, asOf, dataVersion, questions } = report
  return {
    kind,
    title,
    measure,
    currency,
    window,
    previous,
    asOf,
    dataVersion,
    figures: figuresOf(report).map(({ section, label, value, unit, question }) => ({
      section,
      label,
      value,
      unit,
      question,
    })),
    questions: questions.map(({ id, channel, hash, command }) => ({ id, channel, hash, command })),
  }
}
