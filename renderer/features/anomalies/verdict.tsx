import { CalendarPlus } from 'lucide-react'
import { useId } from 'react'
import type { Anomaly, AnomalyLabel } from '../../../analytics/contract/anomalies'
import { Button } from '../../components/button'
import { Keys } from '../../components/keys'
import { verbTitles } from './anomaly-words'

export const verbs: readonly {
  readonly label: AnomalyLabel
  readonly keys: string
  readonly hint: string
}[] = [
  { label: 'real', keys: 'r', hint: 'Something happened that somebody should deal with' },
  { label: 'resolved', keys: 's', hint: 'It was real, and it has been dealt with' },
  { label: 'expected', keys: 'e', hint: 'Known beforehand: others like it are not told again' },
  { label: 'not-useful', keys: 'n', hint: 'Not worth a look: others like it are not told again' },
]

/** Only what is acknowledged can be resolved. */
export function verbsFor({ label: said }: Anomaly): typeof verbs {
  return verbs.filter(({ label }) => label !== 'resolved' || said === 'real' || said === 'resolved')
}

interface VerdictProps {
  readonly anomaly: Anomaly
  readonly note: string
  readonly isBusy: boolean
  readonly onNote: (note: string) => void
  readonly onJudge: (label: AnomalyLabel | null) => void
  readonly onPlan: () => void
}

export function Verdict({ anomaly, note, isBusy, onNote, onJudge, onPlan }: VerdictProps) {
  const id = useId()
  return (
    <div className="flex flex-wrap items-center gap-2">
      <fieldset className="flex gap-2" disabled={isBusy}>
        <legend className="sr-only">Judge this anomaly</legend>
        {verbsFor(anomaly).map(({ label, keys, hint }) => {
          const isSaid = anomaly.label === label
          return (
            <Button
              key={label}
              aria-pressed={isSaid}
              title={isSaid ? 'Take it back' : hint}
              className={isSaid ? 'border-accent! bg-accent-soft!' : ''}
              onClick={() => onJudge(isSaid ? null : label)}
            >
              {verbTitles[label]} <Keys keys={keys} />
            </Button>
          )
        })}
      </fieldset>
      <form
        className="min-w-40 grow"
        onSubmit={(event) => {
          event.preventDefault()
          if (anomaly.label !== null) onJudge(anomaly.label)
        }}
      >
        <label htmlFor={id} className="sr-only">
          Note
        </label>
        <input
          id={id}
          value={note}
          maxLength={1_000}
          onChange={(event) => onNote(event.target.value)}
          placeholder={anomaly.label === null ? 'Note, kept with the judgement' : 'Note; Enter keeps it'}
          className="h-7 w-full rounded-md border border-control bg-canvas px-2.5 placeholder:text-muted"
        />
      </form>
      <Button kind="quiet" title="Tell beforehand that cost changes here" onClick={onPlan}>
        <CalendarPlus size={14} aria-hidden />
        Plan it…
      </Button>
    </div>
  )
}
