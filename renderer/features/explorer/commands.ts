import type { Preset } from '../../../analytics/contract/periods'
import type { CostTable } from '../../../analytics/contract/spend'
import type { Command } from '../../app/commands'
import { capitalised } from './dimension-words'
import { showExplanation } from './explanation-panel'
import { openPart } from './open-part'
import { asked, chartKinds, type ExplorerState, risen, rowLayouts } from './state'
import { change, currentState, goTo } from './use-explorer'
import { presetWords } from './words'

const timeKeys: readonly (readonly [Preset, string])[] = [
  ['month-to-date', 't m'],
  ['last-month', 't l'],
  ['last-3-months', 't 3'],
  ['last-6-months', 't 6'],
  ['last-12-months', 't 1'],
  ['last-30-days', 't 0'],
  ['quarter-to-date', 't q'],
  ['year-to-date', 't y'],
  ['fiscal-year-to-date', 't f'],
  ['everything', 't a'],
]

function dayMoved(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The same number of days before or after; whole months stay whole months. */
export function shifted(
  window: { readonly from: string; readonly to: string },
  step: -1 | 1,
): { readonly from: string; readonly to: string } {
  const isWhole = window.from.endsWith('-01') && window.to.endsWith('-01')
  if (!isWhole) {
    const days = Math.round((Date.parse(window.to) - Date.parse(window.from)) / 86_400_000)
    return { from: dayMoved(window.from, step * days), to: dayMoved(window.to, step * days) }
  }
  const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
  const dayOf = (month: number) =>
    `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`
  const [from, to] = [monthOf(window.from), monthOf(window.to)]
  const months = step * (to - from)
  return { from: dayOf(from + months), to: dayOf(to + months) }
}

function turned<T>(values: readonly T[], now: T): T {
  return values[(values.indexOf(now) + 1) % values.length] ?? now
}

const say = (of: (state: ExplorerState) => Partial<ExplorerState>) => () =>
  change((state) => asked(state, of(state)))

/** Everything Explorer can do from the keyboard, in the palette and in the keyboard map. */
export function explorerCommands(
  table: () => CostTable | undefined,
  picture: () => void,
): readonly Command[] {
  const command = (id: string, title: string, run: () => void, keys?: string): Command => ({
    id: `explorer-${id}`,
    title,
    group: 'This screen',
    run,
    ...(keys === undefined ? {} : { keys }),
  })
  const shift = (step: -1 | 1) => () => {
    const window = table()?.about.window
    if (window !== undefined) change((state) => asked(state, { period: shifted(window, step) }))
  }
  return [
    command('filter', 'Filter…', () => openPart('filter'), '/'),
    command('measure', 'Choose measures…', () => openPart('measure'), 'm'),
    command('by', 'Group by…', () => openPart('by'), 'b'),
    command('grain', 'Choose the grain…', () => openPart('grain'), 'r'),
    command('period', 'Choose the period…', () => openPart('period'), 't t'),
    command('earlier', 'Period before', shift(-1), 't ArrowLeft'),
    command('later', 'Period after', shift(1), 't ArrowRight'),
    ...timeKeys.map(([preset, keys]) =>
      command(
        `period-${preset}`,
        `Period: ${presetWords[preset]}`,
        say(() => ({ period: { preset } })),
        keys,
      ),
    ),
    command(
      'compare',
      'Compare: none, previous period, a year before',
      say(({ compare }) => ({ compare: turned([null, 'previous', 'year'] as const, compare) })),
      'v',
    ),
    command(
      'chart',
      'Chart: bars, area, lines, none',
      say(({ chart }) => ({ chart: turned(chartKinds, chart) })),
      'c',
    ),
    command(
      'cumulative',
      'Cumulative on or off',
      say(({ cumulative }) => ({ cumulative: !cumulative })),
      'u',
    ),
    command(
      'rows',
      'Table: groups, or groups over time',
      say(({ rows }) => ({
        rows: rowLayouts[(rowLayouts.indexOf(rows) + 1) % rowLayouts.length] ?? 'groups',
      })),
      'y',
    ),
    command(
      'lines',
      'Show line items',
      () => goTo({ ...currentState(), lines: { where: [], within: null } }),
      'l',
    ),
    command('up', 'One level up', () => change(risen), 'Escape'),
    command('views', 'Saved views…', () => openPart('views'), 's'),
    command('share', 'Share this view…', () => openPart('share')),
    command(
      'explain',
      'How this is computed',
      () => showExplanation({ title: 'The whole table', filters: [], time: null }),
      'e',
    ),
    command('picture', 'Save the chart as PNG', picture),
    command(
      'clear',
      'Clear filters',
      say(() => ({ where: [], drill: [] })),
    ),
  ].map((each) => ({ ...each, title: capitalised(each.title) }))
}
