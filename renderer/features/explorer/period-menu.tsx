import { useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import type { Preset } from '../../../analytics/contract/periods'
import { Button } from '../../components/button'
import { classNames } from '../../components/class-names'
import { formatMonth } from '../../format/time'
import { useSettings } from '../../queries/settings'
import { useChannel } from '../../queries/use-channel'
import { capitalised } from './dimension-words'
import type { Period } from './state'
import { dayAfter, lastDayOf, presetWords } from './words'

interface PeriodMenuProps {
  readonly period: Period
  readonly onChoose: (period: Period) => void
}

const months = Array.from({ length: 12 }, (_, at) => at + 1)

export function PeriodMenu({ period, onChoose }: PeriodMenuProps) {
  const presets = Object.keys(presetWords) as readonly Preset[]
  const chosen = 'preset' in period ? period.preset : null
  return (
    <div className="flex flex-col gap-3 overflow-y-auto p-3">
      <ul className="grid grid-cols-2 gap-px" aria-label="Periods">
        {presets.map((preset) => (
          <li key={preset}>
            <button
              type="button"
              aria-pressed={preset === chosen}
              onClick={() => onChoose({ preset })}
              className={classNames(
                'h-7 w-full rounded px-2 text-left hover:bg-hover',
                preset === chosen && 'bg-accent-soft font-medium text-accent',
              )}
            >
              {capitalised(presetWords[preset])}
            </button>
          </li>
        ))}
      </ul>
      <CustomDays period={period} onChoose={onChoose} />
      <FiscalYear />
      <p className="text-12 text-muted">
        UTC billing days. Periods with a name end with the last day the data reaches.
      </p>
    </div>
  )
}

function CustomDays({ period, onChoose }: PeriodMenuProps) {
  const { data: holdings } = useChannel('holdings/read', {})
  const [from, setFrom] = useState('from' in period ? period.from : '')
  const [last, setLast] = useState('from' in period ? lastDayOf(period.to) : '')
  const isWhole = from !== '' && last !== '' && from <= last
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isWhole) onChoose({ from, to: dayAfter(last) })
  }
  const limits = { min: holdings?.firstDay ?? undefined, max: holdings?.lastDay ?? undefined }
  const field = 'h-7 rounded-md border border-control bg-raised px-2 figures'
  return (
    <form className="flex flex-wrap items-end gap-2 border-hairline border-t pt-3" onSubmit={submit}>
      <label className="flex flex-col text-12 text-muted">
        First day
        <input
          type="date"
          className={`${field} text-13 text-ink`}
          value={from}
          {...limits}
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
      <label className="flex flex-col text-12 text-muted">
        Last day
        <input
          type="date"
          className={`${field} text-13 text-ink`}
          value={last}
          {...limits}
          onChange={(event) => setLast(event.target.value)}
        />
      </label>
      <Button type="submit" disabled={!isWhole}>
        Show these days
      </Button>
    </form>
  )
}

/** Quarters, years and fiscal periods are counted from it, on every screen. */
function FiscalYear() {
  const { settings, change } = useSettings()
  const client = useQueryClient()
  return (
    <label className="flex items-center gap-2 text-12 text-muted">
      The fiscal year starts in
      <select
        className="h-7 rounded-md border border-control bg-raised px-1 text-13 text-ink"
        value={settings.fiscalYearStart}
        onChange={(event) => {
          change({ fiscalYearStart: Number(event.target.value) })
          // Answers to the same words are of other days from now on.
          void client.invalidateQueries({
            predicate: ({ queryKey }) => /^(spend|units|tags|split)\//.test(String(queryKey[0])),
          })
        }}
      >
        {months.map((month) => (
          <option key={month} value={month}>
            {formatMonth(`2000-${String(month).padStart(2, '0')}`).slice(0, -5)}
          </option>
        ))}
      </select>
    </label>
  )
}
