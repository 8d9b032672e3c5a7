import type { ImportedPeriod, Source } from '../../../analytics/contract/imports'
import { classNames } from '../../components/class-names'
import { formatMonth, formatMonthShort, previousMonth } from '../../format/time'

type MonthState = 'final' | 'estimated' | 'restated' | 'failed' | 'missing'

interface StripMonth {
  readonly period: string
  readonly state: MonthState
  /** It may be so beside another state, which then is the louder one. */
  readonly restated: boolean
}

const longest = 24

function stateOf(period: ImportedPeriod | undefined, restated: ReadonlySet<string>): MonthState {
  if (period === undefined) return 'missing'
  if (period.checks.some((check) => !check.ok)) return 'failed'
  if (period.estimated) return 'estimated'
  return restated.has(period.period) ? 'restated' : 'final'
}

/** From the first month there is to the last, at most two years, gaps included. Oldest first. */
export function stripOf(source: Source, restated: ReadonlySet<string> = new Set()): readonly StripMonth[] {
  const byPeriod = new Map(source.periods.map((period) => [period.period, period]))
  const periods = [...byPeriod.keys()].sort()
  const first = periods[0]
  let period = periods.at(-1)
  const strip: StripMonth[] = []
  while (first !== undefined && period !== undefined && period >= first && strip.length < longest) {
    strip.unshift({
      period,
      state: stateOf(byPeriod.get(period), restated),
      restated: restated.has(period),
    })
    period = previousMonth(period)
  }
  return strip
}

const looks: Readonly<
  Record<MonthState, { readonly word: string; readonly mark: string; readonly look: string }>
> = {
  final: { word: 'final', mark: '✓', look: 'bg-good-soft text-good' },
  estimated: { word: 'estimated', mark: 'e', look: 'bg-warn-soft text-warn hatched' },
  restated: { word: 'restated', mark: 'r', look: 'bg-accent-soft text-accent' },
  failed: { word: 'failed check', mark: '!', look: 'bg-bad-soft text-bad' },
  missing: { word: 'missing', mark: '–', look: 'border border-dashed border-control text-muted' },
}

function wordsOf(state: MonthState, restated: boolean): string {
  return restated && state !== 'restated' ? `${looks[state].word}, restated` : looks[state].word
}

interface HeatStripProps {
  readonly source: Source
  /** Months that changed after they were final. */
  readonly restated: ReadonlySet<string>
}

export function HeatStrip({ source, restated }: HeatStripProps) {
  const strip = stripOf(source, restated)
  const seen = [
    ...new Set(strip.flatMap(({ state, restated: also }) => (also ? [state, 'restated' as const] : [state]))),
  ]
  return (
    <div className="mb-3 flex flex-wrap items-end gap-x-6 gap-y-2">
      <ol className="flex gap-1" aria-label={`Months of ${source.name}`}>
        {strip.map(({ period, state, restated: also }) => (
          <li key={period} className="flex w-9 flex-col items-center gap-0.5">
            <span
              className={classNames(
                'flex h-6 w-full items-center justify-center rounded font-medium text-12',
                looks[state].look,
              )}
              title={`${formatMonth(period)}: ${wordsOf(state, also)}`}
            >
              <span aria-hidden className={classNames(state === 'estimated' && 'rounded bg-warn-soft px-1')}>
                {looks[state].mark}
                {also && state !== 'restated' ? ` ${looks.restated.mark}` : ''}
              </span>
              <span className="sr-only">
                {formatMonth(period)}: {wordsOf(state, also)}
              </span>
            </span>
            <span aria-hidden className="text-12 text-muted">
              {period.endsWith('-01') ? period.slice(0, 4) : formatMonthShort(period).slice(0, 3)}
            </span>
          </li>
        ))}
      </ol>
      <ul className="flex gap-4 pb-0.5 text-12 text-muted" aria-label="Meaning of the marks">
        {seen.map((state) => (
          <li key={state}>
            <span aria-hidden className="mr-1 font-medium">
              {looks[state].mark}
            </span>
            {looks[state].word}
          </li>
        ))}
      </ul>
    </div>
  )
}
