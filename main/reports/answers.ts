import type { ChannelInput, ChannelOutput, MainChannelName } from '../../analytics/contract/channels'
import { reportKinds, reportSections } from '../../analytics/contract/reports'
import { type Result, succeed } from '../../analytics/contract/result'
import { kinds, sectionTitles } from '../../analytics/reports/kinds'
import type { CallOptions } from '../application'
import type { Ask } from '../exports/rejected-lines'
import { compareApart, renderPreview } from './render-apart'
import type { ReportArchive } from './report-archive'

type ReportChannel = Extract<MainChannelName, `reports/${string}`>

export type ReportAnswers = {
  readonly [C in ReportChannel]: (
    input: ChannelInput<C>,
    call: CallOptions,
  ) => Promise<Result<ChannelOutput<C>>>
}

export function reportAnswers(archive: ReportArchive, ask: Ask): ReportAnswers {
  const signalOf = ({ signal }: CallOptions) => signal ?? new AbortController().signal
  return {
    'reports/preview': async ({ request, style }, call) => {
      const signal = signalOf(call)
      const made = await ask('reports/make', request, { signal })
      return made.ok ? succeed(await renderPreview(made.value, style, signal)) : made
    },
    'reports/list': async () =>
      succeed({
        reports: [...(await archive.list())],
        kinds: reportKinds.map((kind) => ({
          kind,
          title: kinds[kind].title,
          sections: [...kinds[kind].sections],
        })),
        sections: reportSections.map((id) => ({ id, title: sectionTitles[id] })),
      }),
    'reports/remove': async ({ id }) => {
      await archive.remove(id)
      return succeed({ id })
    },
    'reports/check': async ({ id }, call) => {
      const kept = await archive.read(id)
      if (!kept.ok) return kept
      const before = await archive.figures(id)
      if (!before.ok) return before
      const signal = signalOf(call)
      const made = await ask('reports/make', kept.value.request, { signal })
      if (!made.ok) return made
      const { listed, count } = await compareApart(before.value, made.value, signal)
      return succeed({
        id,
        isStale: count > 0,
        dataVersion: made.value.dataVersion,
        differences: [...listed],
        differenceCount: count,
      })
    },
  }
}
