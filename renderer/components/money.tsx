import { compareDecimals } from '../format/decimal'
import { digitsOf, formatMoney } from '../format/money'

interface MoneyProps {
  readonly value: string
  readonly currency: string
  readonly sign?: 'auto' | 'always'
}

/** An amount to the cent; the exact one on hover where the cent hides something. */
export function Money({ value, currency, sign = 'auto' }: MoneyProps) {
  const digits = digitsOf(currency)
  const shown = formatMoney(value, { digits, sign })
  const plain = shown.replaceAll(',', '').replace('\u2212', '-').replace('+', '')
  const isExact = compareDecimals(plain, value) === 0
  return (
    <span className="figures" {...(isExact ? {} : { title: `${value} ${currency}` })}>
      {shown}
    </span>
  )
}
