import { type PointerEvent, type RefObject, useMemo, useRef } from 'react'
import type { CostSeries } from '../../../analytics/contract/cost-series'
import type { Measure } from '../../../analytics/contract/spend'
import { Chart } from '../../charts/chart'
import { Legend } from '../../charts/legend'
import type { ChartPlace, ChartUnit, Mark } from '../../charts/model'
import { coloursFor } from '../../colours/assign'
import type { ColourTheme } from '../../colours/series'
import { openDrill } from './drill-menu'
import { groupFilters, groupName } from './group-names'
import { asked, type ExplorerState } from './state'
import { chartPoints, timeTitle, windowOf } from './times'
import { change } from './use-explorer'
import { isRate, measureWords } from './words'

interface SpendChartProps {
  readonly series: CostSeries
  readonly state: ExplorerState
  /** More than one where nothing is kept apart by group. */
  readonly measures: readonly Measure[]
  readonly theme: ColourTheme
  readonly highlighted: string | null
  readonly onHover: (name: string | null) => void
  readonly drawing: RefObject<SVGSVGElement | null>
}

function unitOf(measure: Measure, currency: string | null): ChartUnit {
  switch (measure) {
    case 'savings-rate':
      return { kind: 'percent' }
    case 'quantity':
      return { kind: 'number', name: 'units', digits: 2 }
    case 'lines':
      return { kind: 'number', name: 'lines', digits: 0 }
    default:
      return { kind: 'money', currency: currency ?? '' }
  }
}

function texts(values: readonly (string | number | null)[] | undefined): readonly (string | null)[] {
  return (values ?? []).map((value) => (value === null ? null : String(value)))
}

interface NamedSeries {
  readonly name: string
  readonly values: readonly string[]
  readonly colour: string
}

/** Groups of an answer by the name and the colour they have everywhere. */
function namedSeries(series: CostSeries, by: readonly string[], theme: ColourTheme): readonly NamedSeries[] {
  const plain = series.groups.map(({ values }) => groupName(values, by, series.accountNames))
  // Two accounts may carry one name; their ids tell them apart.
  const names = plain.map((name, at) =>
    plain.indexOf(name) === plain.lastIndexOf(name)
      ? name
      : `${name} (${series.groups[at]?.values.join(' · ') ?? at})`,
  )
  const colours = coloursFor(names, theme)
  return names.map((name, at) => ({
    name,
    values: series.groups[at]?.values ?? [],
    colour: colours.get(name) ?? 'var(--other)',
  }))
}

/** What is drawn, by the name and the colour it has everywhere: groups, or measures where there are several. */
export function drawnSeries(
  series: CostSeries,
  measures: readonly Measure[],
  by: readonly string[],
  theme: ColourTheme,
): readonly NamedSeries[] {
  if (measures.length < 2) return namedSeries(series, by, theme)
  const names = measures.map((measure) => measureWords[measure].title)
  const colours = coloursFor(names, theme)
  return names.map((name) => ({ name, values: [], colour: colours.get(name) ?? 'var(--other)' }))
}

function measureMarks(
  series: CostSeries,
  drawn: readonly NamedSeries[],
  measures: readonly Measure[],
): readonly Mark[] {
  const lines = (from: CostSeries['total']['points'], suffix: string) =>
    drawn.map(({ name, colour }, at) => ({
      name: `${name}${suffix}`,
      colour,
      values: texts(from[measures[at] ?? 'effective']),
    }))
  const { points, previous } = series.total
  return [
    { kind: 'lines', series: lines(points, '') },
    ...(previous === undefined
      ? []
      : [{ kind: 'lines' as const, isDashed: true, series: lines(previous, ', before') }]),
  ]
}

function marksOf(
  series: CostSeries,
  groups: readonly NamedSeries[],
  measure: Measure,
  kind: ExplorerState['chart'],
): readonly Mark[] {
  const drawn = groups.map(({ name, colour }, at) => ({
    name,
    colour,
    values: texts(series.groups[at]?.points[measure]),
  }))
  const before = series.total.previous?.[measure]
  const previous = { name: 'Before', colour: 'var(--ink)', values: texts(before) }
  if (isRate(measure) || kind === 'lines') {
    return [
      { kind: 'lines', series: drawn },
      ...(before === undefined
        ? []
        : [
            {
              kind: 'lines' as const,
              isDashed: true,
              series: groups.map(({ name, colour }, at) => ({
                name: `${name}, before`,
                colour,
                values: texts(series.groups[at]?.previous?.[measure]),
              })),
            },
          ]),
    ]
  }
  const stacked: Mark = kind === 'area' ? { kind: 'areas', series: drawn } : { kind: 'bars', series: drawn }
  if (before === undefined) return [stacked]
  return kind === 'area'
    ? [stacked, { kind: 'lines', isDashed: true, series: [previous] }]
    : [stacked, { kind: 'outline', series: previous }]
}

export function SpendChart(props: SpendChartProps) {
  const { series, state, measures, theme, highlighted, onHover, drawing } = props
  const frame = useRef<HTMLDivElement>(null)
  const pointer = useRef<{ readonly x: number; readonly y: number } | null>(null)
  const [measure = 'effective'] = measures
  const isSeveral = measures.length > 1
  const groups = useMemo(
    () => drawnSeries(series, measures, state.by, theme),
    [series, measures, state.by, theme],
  )
  const points = useMemo(() => chartPoints(series.times, series.grain), [series])
  const marks = useMemo(
    () =>
      isSeveral ? measureMarks(series, groups, measures) : marksOf(series, groups, measure, state.chart),
    [series, groups, measures, measure, isSeveral, state.chart],
  )
  const unit = useMemo(() => unitOf(measure, series.currency), [measure, series.currency])
  const hidden = useMemo(() => {
    const names = groups.map(({ name }) => name)
    const out = state.alone === null ? state.hidden : names.filter((name) => name !== state.alone)
    return new Set(out.flatMap((name) => [name, `${name}, before`]))
  }, [groups, state.alone, state.hidden])

  const drill = (place: ChartPlace) => {
    const group = groups.find(({ name }) => name === place.series?.replace(/, before$/, ''))
    const at = group === undefined ? -1 : groups.indexOf(group)
    const box = frame.current?.getBoundingClientRect() ?? new DOMRect()
    const spot = pointer.current ?? { x: box.left + box.width / 2, y: box.top + box.height / 3 }
    const window = windowOf(place.point, series.grain, series.about.window)
    const title = timeTitle(place.point, series.grain)
    const line = group === undefined || isSeveral ? series.total : series.groups[at]
    const index = series.times.findIndex(({ time }) => time === place.point)
    const value = line?.points[(isSeveral ? measures[at] : measure) ?? measure]?.[index] ?? null
    openDrill({
      ...spot,
      title: group === undefined ? title : `${group.name}, ${title}`,
      filters:
        group === undefined
          ? []
          : groupFilters(
              group.values,
              state.by,
              groups.map(({ values }) => values),
            ),
      time: { title, ...window },
      value: value === null ? null : String(value),
      row: null,
    })
  }
  const follow = (event: PointerEvent) => {
    pointer.current = { x: event.clientX, y: event.clientY }
  }
  return (
    <div
      className="flex flex-col gap-x-6 gap-y-2 lg:h-64 lg:flex-row 2xl:h-80"
      data-testid="chart-spend"
      data-by={state.by.join(',')}
    >
      <div
        ref={frame}
        className="h-60 min-w-0 lg:h-full lg:grow"
        onPointerDownCapture={follow}
        onKeyDownCapture={() => {
          pointer.current = null
        }}
      >
        <Chart
          title={`${measures.map((one) => measureWords[one].title).join(', ')} over time`}
          points={points}
          marks={marks}
          unit={unit}
          hidden={hidden}
          highlighted={hidden.has(highlighted ?? '') ? null : highlighted}
          onHover={(place) => onHover(place?.series ?? null)}
          onDrill={drill}
          onSelect={({ from, to }) =>
            change((now) =>
              asked(now, {
                period: {
                  from: windowOf(from, series.grain, series.about.window).from,
                  to: windowOf(to, series.grain, series.about.window).to,
                },
                grain: null,
              }),
            )
          }
          drawing={drawing}
        />
      </div>
      {groups.length < 2 && state.by.length === 0 ? null : (
        <Legend
          label="Groups"
          entries={groups
            .map(({ name, colour }) => ({
              name,
              colour,
              swatch: state.chart === 'lines' || isSeveral ? ('line' as const) : ('fill' as const),
            }))
            .toReversed()}
          hidden={new Set(state.hidden)}
          isolated={state.alone}
          onToggle={(name) =>
            change((now) => ({
              ...now,
              alone: null,
              hidden: now.hidden.includes(name)
                ? now.hidden.filter((each) => each !== name)
                : [...now.hidden, name],
            }))
          }
          onIsolate={(name) => change((now) => ({ ...now, alone: name }))}
          onHover={onHover}
          className="max-lg:flex-row max-lg:flex-wrap lg:w-68 lg:shrink-0"
        />
      )}
    </div>
  )
}
