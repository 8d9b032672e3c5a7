import { ImageDown } from 'lucide-react'
import type { RefObject } from 'react'
import type { Overview } from '../../../analytics/contract/overview'
import { basisTitles } from '../../app/commands'
import type { LegendEntry } from '../../charts/legend'
import { IconButton } from '../../components/button'
import { formatMonth } from '../../format/time'
import { showToast } from '../../stores/toasts'

interface SaveChartProps {
  readonly overview: Overview
  readonly drawing: RefObject<SVGSVGElement | null>
  readonly legend: readonly LegendEntry[]
}

function sourceLine({ measure, month }: Overview): string {
  const basis = `${basisTitles[measure]} cost`
  const days =
    month.days < month.daysInMonth
      ? `; ${formatMonth(month.period)}: ${month.days} of ${month.daysInMonth} days`
      : ''
  return `FinOps Autopilot · ${basis}, UTC billing days${days}${month.estimated ? ', estimated' : ''}`
}

async function save({ overview, drawing, legend }: SaveChartProps): Promise<void> {
  const { current } = drawing
  if (current === null) return
  const [first = '', last = ''] = [overview.months[0], overview.months.at(-1)]
  try {
    // Fetched when somebody wants a picture: few do, and the screen should not wait for it.
    const { chartAsPng, savePicture } = await import('../../charts/export-png')
    const picture = await chartAsPng(current, {
      title: 'Spend by service',
      subtitle: `${overview.currency} by month, ${formatMonth(first)} to ${formatMonth(last)}`,
      source: sourceLine(overview),
      legend,
    })
    savePicture(picture, `spend-by-service-${first}-to-${last}.png`)
  } catch (cause) {
    showToast('bad', 'The chart was not saved.', cause instanceof Error ? cause.message : null)
  }
}

export function SaveChart(props: SaveChartProps) {
  return (
    <IconButton label="Save the chart as PNG" onClick={() => void save(props)}>
      <ImageDown size={15} aria-hidden />
    </IconButton>
  )
}
