import type { Anomaly } from '../../../analytics/contract/anomalies'
import { Money } from '../../components/money'
import { sumOf } from '../../format/decimal'

const parts = [
  { key: 'price', title: 'Price', hint: 'The same usage at another price' },
  { key: 'usage', title: 'Usage', hint: 'More or less of what was there before' },
  { key: 'mix', title: 'New and gone', hint: 'What appeared or went away' },
] as const

/** Price, usage and mix; with their sum, because the impact is measured against something else. */
export function Split({ anomaly }: { readonly anomaly: Anomaly }) {
  const { split, currency } = anomaly
  return (
    <div>
      <dl className="grid grid-cols-4" data-testid="split">
        {parts.map(({ key, title, hint }) => (
          <div key={key} className="border-hairline border-l py-0.5 pl-3" title={hint}>
            <dt className="text-12 text-muted">{title}</dt>
            <dd className="font-medium" data-value={split[key]}>
              <Money value={split[key]} currency={currency} sign="always" />
            </dd>
          </div>
        ))}
        <div className="border-hairline border-l py-0.5 pl-3">
          <dt className="text-12 text-muted">Together</dt>
          <dd className="font-medium">
            <Money value={sumOf([split.price, split.usage, split.mix])} currency={currency} sign="always" />
          </dd>
        </div>
      </dl>
      <p className="mt-1 text-12 text-muted">
        Against the four weeks before. The impact is measured against the expected course, so the two differ a
        little.
      </p>
    </div>
  )
}
