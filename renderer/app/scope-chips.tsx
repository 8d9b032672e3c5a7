import type { Settings } from '../../analytics/contract/application'
import { ChoiceMenu } from '../components/choice-menu'
import { formatDay } from '../format/time'
import { useSettings } from '../queries/settings'
import { useChannel } from '../queries/use-channel'
import { basisTitles } from './commands'

const basisHints: Readonly<Record<Settings['basis'], string>> = {
  billed: 'As invoiced, on the day it is charged',
  effective: 'Upfront payments spread over their term',
  list: 'At public prices, before any discount',
  contracted: 'At negotiated prices, before commitments',
}

const bases = ['billed', 'effective', 'list', 'contracted'] as const

function ScopeFact({
  label,
  value,
  title,
}: {
  readonly label: string
  readonly value: string
  readonly title: string
}) {
  return (
    <span
      className="inline-flex h-6 min-w-0 items-center gap-1 rounded-md bg-sunken px-2 text-12 whitespace-nowrap"
      title={title}
    >
      <span className="text-muted">{label}</span>
      <span className="truncate font-medium">{value}</span>
    </span>
  )
}

/** What every figure on every screen is about: one scope for the whole application, always in sight. */
export function ScopeChips() {
  const { settings, change } = useSettings()
  const { data: holdings } = useChannel('holdings/read', {})
  if (holdings === undefined || holdings.firstDay === null || holdings.lastDay === null) return null
  const { payers, currencies } = holdings
  const currency = settings.currency ?? currencies[0] ?? ''
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1.5 max-xl:order-last max-xl:w-full">
      {payers.length === 0 ? null : (
        <ScopeFact
          label={payers.length === 1 ? 'Payer' : 'Payers'}
          value={payers.length === 1 ? (payers[0] ?? '') : String(payers.length)}
          title={`Payer accounts: ${payers.join(', ')}`}
        />
      )}
      <ScopeFact
        label="Period"
        value={`${formatDay(holdings.firstDay)} – ${formatDay(holdings.lastDay)}`}
        title="First and last day with charges, UTC billing days"
      />
      <ChoiceMenu
        label="Cost"
        value={settings.basis}
        options={bases.map((basis) => ({ value: basis, title: basisTitles[basis], hint: basisHints[basis] }))}
        onChange={(basis) => change({ basis })}
      />
      {currencies.length > 1 ? (
        <ChoiceMenu
          label="Currency"
          value={currency}
          options={currencies.map((code) => ({ value: code, title: code }))}
          onChange={(chosen) => change({ currency: chosen })}
        />
      ) : (
        <ScopeFact label="Currency" value={currency} title="Every amount is in this currency" />
      )}
    </div>
  )
}
