import type { InvoiceBridge } from '../../../analytics/contract/invoice-bridge'
import { Money } from '../../components/money'
import { ScrollRegion } from '../../components/scroll-region'
import { forDrawing, signOf } from '../../format/decimal'
import { formatCount } from '../../format/money'
import { formatMonth } from '../../format/time'

const width = 132
const height = 30

interface Range {
  readonly low: number
  readonly high: number
}

function rangeOf(levels: readonly string[]): Range {
  const drawn = levels.map(forDrawing)
  return { low: Math.min(0, ...drawn), high: Math.max(0, ...drawn) }
}

interface BarProps {
  readonly from: string
  readonly to: string
  readonly range: Range
  readonly isTotal?: boolean
}

/** One step of the waterfall: from where the row before ended to where this one does. */
function Bar({ from, to, range, isTotal = false }: BarProps) {
  const span = range.high - range.low || 1
  const at = (level: string) => ((forDrawing(level) - range.low) / span) * (width - 2) + 1
  const [start, end] = [at(from), at(to)]
  const left = Math.min(start, end)
  const look = isTotal ? 'fill-ink' : end < start ? 'fill-other' : 'fill-accent'
  return (
    <svg width={width} height={height} className="block" aria-hidden="true">
      <line x1={at('0')} x2={at('0')} y1={0} y2={height} className="stroke-hairline" />
      {isTotal ? null : <line x1={start} x2={start} y1={0} y2={9} className="stroke-control" />}
      <rect x={left} y={9} width={Math.max(1.5, Math.abs(end - start))} height={12} rx={1} className={look} />
      {isTotal ? null : <line x1={end} x2={end} y1={21} y2={height} className="stroke-control" />}
    </svg>
  )
}

const groupTitles: Readonly<Record<InvoiceBridge['steps'][number]['group'], string>> = {
  usage: 'Usage',
  amortisation: 'Amortisation',
  cash: 'From cost to cash',
  discount: 'Discounts',
  other: 'Fees, credits, refunds, tax',
  unknown: 'Unknown line types',
}

/** The way from usage to the invoices: each row's amount as a figure and as its place in the waterfall. */
export function Waterfall({ bridge }: { readonly bridge: InvoiceBridge }) {
  const { steps, total, currency, remainder, issued } = bridge
  const range = rangeOf([...steps.map(({ after }) => after), total])
  const rows = steps.map((step, at) => ({
    step,
    before: steps[at - 1]?.after ?? '0',
    opens: step.group !== steps[at - 1]?.group,
  }))
  const caption = `From usage to invoices, ${formatMonth(bridge.period)}`
  return (
    <ScrollRegion label={`${caption}: table`}>
      <table className="grid-table" data-testid="bridge">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">From usage to invoices</th>
            <th scope="col" className="figure">
              Lines
            </th>
            <th scope="col" className="figure">
              {currency}
            </th>
            <th scope="col">
              <span className="sr-only">Drawn</span>
            </th>
            <th scope="col" className="figure">
              So far
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ step, before, opens }) => (
            <tr key={step.key}>
              <th scope="row" className="elastic">
                <span className="block truncate" title={step.title}>
                  {opens ? <span className="sr-only">{groupTitles[step.group]}: </span> : null}
                  {step.title}
                </span>
              </th>
              <td className="figure text-muted">{formatCount(step.lines)}</td>
              <td className="figure">
                <Money value={step.amount} currency={currency} />
              </td>
              <td>
                <Bar from={before} to={step.after} range={range} />
              </td>
              <td className="figure">
                <Money value={step.after} currency={currency} />
              </td>
            </tr>
          ))}
          <tr className="font-semibold">
            <th scope="row" className="elastic font-semibold!">
              Invoices, by the lines of the bill
            </th>
            <td />
            <td />
            <td>
              <Bar from="0" to={total} range={range} isTotal />
            </td>
            <td className="figure">
              <Money value={total} currency={currency} />
            </td>
          </tr>
          <tr>
            <th scope="row" className="elastic">
              Unexplained remainder
            </th>
            <td />
            <td className="figure">
              {remainder === null ? (
                <span className="text-muted">not measured</span>
              ) : (
                <span className={signOf(remainder) === 0 ? 'text-good' : 'text-bad'}>
                  {signOf(remainder) === 0 ? '✓ ' : '≠ '}
                  <Money value={remainder} currency={currency} />
                </span>
              )}
            </td>
            <td />
            <td className="figure">
              {issued === null ? null : <Money value={issued} currency={currency} />}
            </td>
          </tr>
        </tbody>
      </table>
    </ScrollRegion>
  )
}
