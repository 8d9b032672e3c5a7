import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { Anomaly } from '../../../analytics/contract/anomalies'
import { Chip } from '../../components/chip'
import { classNames } from '../../components/class-names'
import { Money } from '../../components/money'
import { formatDay } from '../../format/time'
import {
  type AccountNames,
  kindTitles,
  labelTitles,
  placeNames,
  severityTitles,
  severityTones,
} from './anomaly-words'

interface InboxProps {
  readonly anomalies: readonly Anomaly[]
  readonly selected: string | null
  readonly names: AccountNames
  readonly onSelect: (id: string) => void
}

/** Where a key leads from a place in a list of so many; null for keys that lead nowhere. */
function target(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, count - 1)
    case 'ArrowUp':
      return Math.max(at - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}

export function Inbox({ anomalies, selected, names, onSelect }: InboxProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (selected !== null) document.getElementById(optionId(selected))?.scrollIntoView?.({ block: 'nearest' })
  }, [selected])
  const onKeyDown = (event: KeyboardEvent) => {
    const at = anomalies.findIndex(({ id }) => id === selected)
    const next = anomalies[target(event.key, at, anomalies.length) ?? -1]
    if (next === undefined) return
    event.preventDefault()
    onSelect(next.id)
  }
  return (
    <div
      ref={list}
      role="listbox"
      aria-label="Anomalies"
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="min-h-0 grow overflow-y-auto rounded -outline-offset-2"
      {...(selected === null ? {} : { 'aria-activedescendant': optionId(selected) })}
    >
      {anomalies.map((anomaly) => (
        <InboxEntry
          key={anomaly.id}
          anomaly={anomaly}
          isSelected={anomaly.id === selected}
          names={names}
          onSelect={onSelect}
        />
      ))}
    </div>
  )
}

function optionId(id: string): string {
  return `anomaly-${id}`
}

interface InboxEntryProps {
  readonly anomaly: Anomaly
  readonly isSelected: boolean
  readonly names: AccountNames
  readonly onSelect: (id: string) => void
}

function InboxEntry({ anomaly, isSelected, names, onSelect }: InboxEntryProps) {
  const { id, start, kind, severity, impact, currency, label } = anomaly
  const [place = 'The whole bill', ...around] = placeNames(anomaly.scope, names)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys for all of them.
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names the active one.
    <div
      id={optionId(id)}
      role="option"
      aria-selected={isSelected}
      onClick={() => onSelect(id)}
      className={classNames(
        'flex flex-col gap-0.5 border-hairline border-b border-l-2 py-2 pr-2 pl-2.5',
        isSelected ? 'border-l-accent bg-accent-soft' : 'border-l-transparent hover:bg-sunken',
      )}
    >
      <span className="flex items-baseline gap-3">
        <span className="min-w-0 grow truncate font-medium" title={[place, ...around].join(' · ')}>
          {place}
        </span>
        <span className="shrink-0 font-semibold">
          <Money value={impact} currency={currency} sign="always" />
        </span>
      </span>
      {around.length === 0 ? null : (
        <span className={classNames('truncate text-12', isSelected ? 'text-ink' : 'text-muted')}>
          {around.join(' · ')}
        </span>
      )}
      <span className={classNames('flex items-center gap-2 text-12', isSelected ? 'text-ink' : 'text-muted')}>
        <Chip tone={severityTones[severity]}>{severityTitles[severity]}</Chip>
        <span className="truncate">
          {kindTitles[kind]}, since {formatDay(start)}
        </span>
        <span className="ml-auto shrink-0">{label === null ? 'New' : labelTitles[label]}</span>
      </span>
    </div>
  )
}
