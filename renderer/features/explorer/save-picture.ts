import type { CostTable } from '../../../analytics/contract/spend'
import { formatDay } from '../../format/time'
import { showToast } from '../../stores/toasts'
import type { Scope } from './questions'
import { type ExplorerState, filtersOf } from './state'
import { filterWords, sentenceOf, windowWords } from './words'

interface PictureOf {
  readonly drawing: SVGSVGElement | null
  readonly state: ExplorerState
  readonly scope: Scope
  readonly table: CostTable | undefined
  readonly legend: readonly { readonly name: string; readonly colour: string }[]
}

/** The chart as a file, with its question, its filters and where its figures are from. */
export async function savePicture({ drawing, state, scope, table, legend }: PictureOf): Promise<void> {
  if (drawing === null || table === undefined) return
  const { window, asOf } = table.about
  const filters = filtersOf(state).map((filter) => filterWords(filter))
  try {
    const { chartAsPng, savePicture: save } = await import('../../charts/export-png')
    const picture = await chartAsPng(drawing, {
      title: sentenceOf(state, scope.basis),
      subtitle: [table.currency ?? '', windowWords(window.from, window.to), ...filters]
        .filter((part) => part !== '')
        .join(' · '),
      source: `FinOps Autopilot · UTC billing days${asOf === null ? '' : ` · data as of ${formatDay(asOf)}`}`,
      legend: legend.map((entry) => ({ ...entry, swatch: 'fill' as const })),
    })
    save(picture, `spend-${window.from}-to-${window.to}.png`)
  } catch (cause) {
    showToast('bad', 'The chart was not saved.', cause instanceof Error ? cause.message : null)
  }
}
