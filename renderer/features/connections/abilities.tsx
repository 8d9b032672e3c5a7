import { Check, CircleHelp, X } from 'lucide-react'
import { useState } from 'react'
import type { Ability, ConnectionCheck } from '../../../analytics/contract/connections'
import { type Column, DataTable } from '../../components/data-table'
import { Segmented } from '../../components/segmented'
import { areaTexts, countAllowed } from './connection-words'

const marks = {
  allowed: { icon: Check, text: 'Allowed', className: 'text-good' },
  denied: { icon: X, text: 'Refused', className: 'text-bad' },
  unknown: { icon: CircleHelp, text: 'Not known', className: 'text-muted' },
} as const

function StateMark({ state }: { readonly state: Ability['state'] }) {
  const { icon: Icon, text, className } = marks[state]
  return (
    <span className={`inline-flex items-center gap-1 ${className}`}>
      <Icon size={14} aria-hidden />
      {text}
    </span>
  )
}

const columns: readonly Column<Ability>[] = [
  {
    id: 'title',
    head: 'For',
    cell: ({ title }) => <span className="first-letter:uppercase inline-block">{title}</span>,
  },
  { id: 'state', head: 'State', cell: ({ state }) => <StateMark state={state} /> },
  {
    id: 'missing',
    head: 'Missing, and what there is not without it',
    isElastic: true,
    cell: ({ state, missing, without }) =>
      state === 'denied' ? (
        <span className="block whitespace-normal">
          <span className="font-mono text-12">{missing.join(', ')}</span>
          <span className="block text-12 text-muted">{without}</span>
        </span>
      ) : (
        ''
      ),
  },
]

const areas = ['scan', 'change', 'organisation'] as const

export function Abilities({ check }: { readonly check: ConnectionCheck }) {
  const [area, setArea] = useState<Ability['area']>('scan')
  const { abilities, identity, notes } = check
  // What is missing is what somebody looks for here.
  const rows = abilities
    .filter((one) => one.area === area)
    .sort((one, other) => Number(other.state === 'denied') - Number(one.state === 'denied'))
  return (
    <>
      <p className="break-all font-mono text-12">{identity}</p>
      {notes.map((note) => (
        <p key={note} className="text-12 text-muted">
          {note}
        </p>
      ))}
      <div>
        <Segmented
          label="What for"
          value={area}
          options={areas.map((value) => ({
            value,
            title: `${areaTexts[value]} ${countAllowed(abilities, value)}`,
          }))}
          onChange={setArea}
        />
      </div>
      <DataTable caption={areaTexts[area]} columns={columns} rows={rows} rowKey={({ name }) => name} />
    </>
  )
}
