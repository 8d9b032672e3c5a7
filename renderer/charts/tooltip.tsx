import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { classNames } from '../components/class-names'
import type { ChartUnit } from './model'
import { placeTooltip } from './place-tooltip'
import { type Readout, type ReadoutRow, unitName } from './readout'
import { Swatch } from './swatch'

interface TooltipProps {
  readonly readout: Readout
  readonly unit: ChartUnit
  /** The series pointed at: its row stands out. */
  readonly series: string | null
  readonly isFiltered: boolean
  /** What it points at, in the window. Asked again when the page scrolls under it. */
  readonly target: () => DOMRect
  /** The chart: it stays over it where it can, so that it hides no legend. */
  readonly within: () => DOMRect
}

const noPlace = { left: 0, top: 0 }

/** Every series of one point. It lies over the page and not in it, so that no panel cuts it off. */
export function Tooltip({ readout, unit, series, isFiltered, target, within }: TooltipProps) {
  const element = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState(noPlace)
  const [scrolls, setScrolls] = useState(0)
  useEffect(() => {
    const onScroll = () => setScrolls((count) => count + 1)
    window.addEventListener('scroll', onScroll, { capture: true, passive: true })
    return () => window.removeEventListener('scroll', onScroll, { capture: true })
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown and a scroll move it, though it reads neither.
  useLayoutEffect(() => {
    const { current } = element
    if (current === null) return
    const size = { width: current.offsetWidth, height: current.offsetHeight }
    const bounds = { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight }
    const next = placeTooltip(target(), size, bounds, within())
    setPlace((before) => (before.left === next.left && before.top === next.top ? before : next))
  }, [readout, target, within, scrolls])
  const { title, note, parts, total, others } = readout
  return (
    <div
      ref={element}
      aria-hidden
      data-testid="chart-tooltip"
      style={place}
      className="pointer-events-none fixed z-30 max-w-90 rounded-md border border-hairline bg-raised px-3 py-2 text-12 shadow-float"
    >
      <p className="mb-1 font-medium">
        {title}
        {note === null ? null : <span className="font-normal text-muted"> · {note}</span>}
      </p>
      {parts.length + others.length === 0 ? <p className="text-muted">No values</p> : null}
      <table className="w-full">
        <tbody>
          {parts.map((row) => (
            <Row key={`part ${row.name}`} row={row} isChosen={row.name === series} />
          ))}
          {total === null ? null : (
            <tr className="font-semibold">
              <td className="pt-1 pr-6">
                {isFiltered ? 'Shown' : 'Total'} {unitName(unit)}
              </td>
              <td className="figures pt-1 text-right" data-value={total.value}>
                {total.text}
              </td>
            </tr>
          )}
          {others.map((row) => (
            <Row key={`${row.swatch} ${row.name}`} row={row} isChosen={row.name === series} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ row, isChosen }: { readonly row: ReadoutRow; readonly isChosen: boolean }) {
  return (
    <tr className={classNames(isChosen && 'bg-hover font-medium')}>
      <td className="max-w-60 pr-6">
        <span className="flex items-center gap-2">
          <Swatch colour={row.colour} kind={row.swatch} />
          <span className="truncate">{row.name}</span>
        </span>
      </td>
      <td
        className="figures text-right whitespace-nowrap"
        {...(row.value === null ? {} : { 'data-value': row.value })}
      >
        {row.text}
      </td>
    </tr>
  )
}
