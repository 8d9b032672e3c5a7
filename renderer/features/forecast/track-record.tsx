import { useMemo } from 'react'
import type {
  Accuracy,
  AccuracyFigures,
  AccuracySpan,
  Ahead,
  ForecastOrigin,
  MethodRecord,
} from '../../../analytics/contract/forecast-accuracy'
import { Button } from '../../components/button'
import { type Column, DataTable } from '../../components/data-table'
import { Answered, Panel } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { counted, formatPercent } from '../../format/money'
import type { ChannelAnswer } from '../../queries/use-channel'
import { modelTitle } from './accuracy-card'
import { offBy } from './parts-table'

interface TrackRecordProps {
  readonly answer: ChannelAnswer<Accuracy>
  readonly isComparing: boolean
  readonly onCompare: () => void
}

const aheadTitles: Readonly<Record<Ahead, string>> = {
  '1-7': 'Days 1 to 7',
  '8-30': 'Days 8 to 30',
  '31-90': 'Days 31 to 90',
  'month-end': 'End of the month',
  months: 'Months after it',
}
const order = Object.keys(aheadTitles)

const originTitles: Readonly<Record<ForecastOrigin, string>> = {
  shown: 'shown before',
  backtest: 'tried afterwards',
}

const habitTitles: Readonly<Record<string, string>> = {
  'trailing-30-days': 'Mean of the last 30 days',
  'run-rate-7-days': 'Run rate of 7 days',
}

/** Forecasts of this bill against what came: those somebody saw, and those that were tried on earlier days. */
export function TrackRecord({ answer, isComparing, onCompare }: TrackRecordProps) {
  return (
    <Panel title="Track record" hint="of the whole, without scenarios">
      <Answered answer={answer} skeleton={<Skeleton className="h-40" />}>
        {(record) => (
          <div data-testid="forecast-track" className="flex flex-col gap-3">
            <Spans record={record} />
            {isComparing ? (
              <Methods methods={record.methods} />
            ) : (
              <Button className="self-start" onClick={onCompare}>
                Compare with other methods
              </Button>
            )}
          </div>
        )}
      </Answered>
    </Panel>
  )
}

function share(value: number | null): string {
  return value === null ? 'not known' : formatPercent(value * 100)
}

function figureColumns<T extends AccuracyFigures>(): readonly Column<T>[] {
  const column = (id: string, head: string, of: (row: T) => number | null): Column<T> => ({
    id,
    head,
    isFigure: true,
    cell: (row) => share(of(row)),
    compare: (left, right) => (of(left) ?? 0) - (of(right) ?? 0),
  })
  return [
    { ...column('total', 'Sum off by', ({ total }) => total), cell: ({ total }) => offBy(total) },
    column('bias', 'Bias', ({ bias }) => bias),
    column('in80', 'In 80 %', ({ coverage80 }) => coverage80),
    column('in95', 'In 95 %', ({ coverage95 }) => coverage95),
  ]
}

function Spans({ record: { spans, setAside } }: { readonly record: Accuracy }) {
  const columns = useMemo(
    (): readonly Column<AccuracySpan>[] => [
      {
        id: 'ahead',
        head: 'Ahead',
        cell: ({ ahead, origin, forecasts }) => (
          <span className="flex flex-col">
            <span>{aheadTitles[ahead]}</span>
            <span className="text-12 text-muted">
              {forecasts} {originTitles[origin]}
            </span>
          </span>
        ),
      },
      ...figureColumns<AccuracySpan>(),
    ],
    [],
  )
  if (spans.length === 0) {
    return (
      <p className="text-muted">
        No forecast can be measured yet: it takes three months of data, or a forecast whose days have come.
      </p>
    )
  }
  const sorted = [...spans].sort(
    (a, b) => order.indexOf(a.ahead) - order.indexOf(b.ahead) || (a.origin < b.origin ? 1 : -1),
  )
  return (
    <>
      <DataTable
        caption="Track record"
        testId="forecast-record"
        columns={columns}
        rows={sorted}
        rowKey={({ ahead, origin }) => `${origin} ${ahead}`}
        className="max-h-80"
      />
      {setAside === 0 ? null : (
        <p className="text-12 text-muted">
          {counted(setAside, 'forecast was', 'forecasts were')} made from figures that have changed, and not
          counted.
        </p>
      )}
    </>
  )
}

function Methods({ methods }: { readonly methods: readonly MethodRecord[] }) {
  const columns = useMemo(
    (): readonly Column<MethodRecord>[] => [
      {
        id: 'method',
        head: 'The next 30 days by',
        cell: ({ name }) => habitTitles[name] ?? modelTitle(name),
      },
      ...figureColumns<MethodRecord>(),
    ],
    [],
  )
  if (methods.length === 0) {
    return <p className="text-muted">There is too little history to compare methods on.</p>
  }
  return (
    <DataTable
      caption="Methods"
      testId="forecast-methods"
      columns={columns}
      rows={methods}
      rowKey={({ name }) => name}
      className="max-h-72"
    />
  )
}
