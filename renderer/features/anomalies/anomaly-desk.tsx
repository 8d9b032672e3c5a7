import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type {
  AnomaliesRequest,
  Anomaly,
  AnomalyLabel,
  Anomalies as Found,
} from '../../../analytics/contract/anomalies'
import type { CostMeasure } from '../../../analytics/contract/spend'
import type { Command } from '../../app/commands'
import { changeView, useRoute } from '../../app/route'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { ChoiceMenu } from '../../components/choice-menu'
import { Keys } from '../../components/keys'
import { Segmented } from '../../components/segmented'
import { counted } from '../../format/money'
import { useChannel } from '../../queries/use-channel'
import { useRegisteredCommands } from '../../stores/screen-commands'
import { Adjustments } from './adjustments'
import { AnomalyContext } from './anomaly-context'
import { labelTitles, placeNames, verbTitles } from './anomaly-words'
import { Inbox } from './inbox'
import {
  dialOptions,
  floorOptions,
  inState,
  orderOptions,
  readInboxChoice,
  shownInInbox,
  stateOptions,
} from './inbox-choice'
import { type Judgement, judge, nextOf } from './judge'
import { PlannedCosts } from './planned-costs'
import { draftFor, type PlannedDraft } from './planned-draft'
import { TrackRecord } from './track-record'
import { Verdict, verbs, verbsFor } from './verdict'

interface AnomalyDeskProps {
  readonly found: Found
  readonly question: AnomaliesRequest
  readonly measure: CostMeasure
  readonly reach: { readonly firstDay: string; readonly lastDay: string }
}

const noNames = {}

/** The inbox, what is known of the one that is chosen, and what people say of it. */
export function AnomalyDesk({ found, question, measure, reach }: AnomalyDeskProps) {
  const bridge = useBridge()
  const client = useQueryClient()
  const { view } = useRoute()
  const choice = useMemo(() => readInboxChoice(view), [view])
  const { data: accounts } = useChannel('spend/query', { measure, by: ['account'], period: 'everything' })
  const names = accounts?.accountNames ?? noNames
  const shown = useMemo(() => shownInInbox(found.anomalies, choice), [found.anomalies, choice])
  // An alert leads to its anomaly whatever has been said of it since.
  const named = found.anomalies.find(({ id }) => id === view.anomaly)
  const anomaly = named ?? shown[0] ?? null
  const [last, setLast] = useState<Judgement | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [draft, setDraft] = useState<PlannedDraft | null>(null)
  const [written, setWritten] = useState<{ readonly id: string; readonly note: string } | null>(null)
  const note = written !== null && written.id === anomaly?.id ? written.note : (anomaly?.note ?? '')
  const next = anomaly === null ? null : nextOf(shown, anomaly.id)
  const isLeaving = choice.state === 'open'

  const say = useCallback(
    async (chosen: Anomaly, label: AnomalyLabel | null) => {
      if (isBusy) return
      setBusy(true)
      const isKept = await judge(bridge, client, chosen.id, label, label === null ? '' : note)
      setBusy(false)
      if (!isKept) return
      const [place = 'The whole bill'] = placeNames(chosen.scope, names)
      setLast({ id: chosen.id, place, label, before: { label: chosen.label, note: chosen.note } })
      setWritten(null)
      if (isLeaving && label !== null) changeView({ anomaly: next ?? '' })
    },
    [bridge, client, isBusy, note, names, isLeaving, next],
  )

  const undo = useCallback(async () => {
    if (last === null || isBusy) return
    setBusy(true)
    const isKept = await judge(bridge, client, last.id, last.before.label, last.before.note ?? '')
    setBusy(false)
    if (!isKept) return
    setLast(null)
    changeView({ anomaly: last.id })
  }, [bridge, client, last, isBusy])

  const commands = useMemo((): readonly Command[] => {
    const move = (by: 1 | -1) => {
      const at = shown.findIndex(({ id }) => id === anomaly?.id)
      const target = shown[at + by]
      if (target !== undefined) changeView({ anomaly: target.id })
    }
    const group = 'This screen'
    return [
      ...(anomaly === null ? verbs : verbsFor(anomaly)).map(
        ({ label, keys }): Command => ({
          id: `anomaly-${label}`,
          title: `Judge: ${verbTitles[label].toLowerCase()}`,
          group,
          keys,
          run: () => (anomaly === null ? undefined : void say(anomaly, label)),
        }),
      ),
      { id: 'anomaly-undo', title: 'Take the last judgement back', group, keys: 'u', run: () => void undo() },
      { id: 'anomaly-next', title: 'Next anomaly', group, keys: 'j', run: () => move(1) },
      { id: 'anomaly-previous', title: 'Previous anomaly', group, keys: 'k', run: () => move(-1) },
    ]
  }, [anomaly, shown, say, undo])
  useRegisteredCommands(commands)

  const open = found.anomalies.filter((one) => inState(one, 'open')).length
  return (
    <div className="flex flex-col gap-6">
      <div className="grid grid-cols-[22rem_minmax(0,1fr)] gap-6 2xl:grid-cols-[28rem_minmax(0,1fr)]">
        <section
          aria-label="Inbox"
          className="sticky top-0 flex max-h-[calc(100vh-11rem)] min-h-96 flex-col gap-2 self-start"
        >
          <div className="flex flex-wrap items-center gap-2">
            <Segmented
              label="State"
              value={choice.state}
              options={stateOptions}
              onChange={(state) => changeView({ state: state === 'open' ? '' : state, anomaly: '' })}
            />
            <span className="text-12 text-muted">
              {open} of {counted(found.anomalies.length, 'anomaly', 'anomalies')} new
            </span>
          </div>
          <div className="flex flex-wrap items-center gap-1.5">
            <ChoiceMenu
              label="By"
              value={choice.order}
              options={orderOptions}
              onChange={(order) => changeView({ order: order === 'newest' ? '' : order })}
            />
            <ChoiceMenu
              label="False alarms"
              value={choice.dial}
              options={dialOptions}
              onChange={(dial) => changeView({ dial: dial === '12' ? '' : dial })}
            />
            <ChoiceMenu
              label="From"
              value={choice.floor}
              options={floorOptions}
              onChange={(floor) => changeView({ floor: floor === '0' ? '' : floor })}
            />
          </div>
          <div role="status">
            {last === null ? null : (
              <p className="flex items-center gap-2 rounded-md bg-sunken py-0.5 pr-0.5 pl-2.5">
                <span className="min-w-0 grow truncate">
                  {last.label === null
                    ? `Taken back: ${last.place}`
                    : `${labelTitles[last.label]}: ${last.place}`}
                </span>
                <Button kind="quiet" disabled={isBusy} onClick={() => void undo()}>
                  Undo <Keys keys="u" />
                </Button>
              </p>
            )}
          </div>
          {shown.length === 0 ? (
            <NothingHere isAny={found.anomalies.length > 0} />
          ) : (
            <Inbox
              anomalies={shown}
              selected={anomaly?.id ?? null}
              names={names}
              onSelect={(id) => changeView({ anomaly: id })}
            />
          )}
        </section>
        {anomaly === null ? null : (
          <AnomalyContext
            key={anomaly.id}
            anomaly={anomaly}
            measure={measure}
            reach={reach}
            names={names}
            verdict={
              <Verdict
                anomaly={anomaly}
                note={note}
                isBusy={isBusy}
                onNote={(text) => setWritten({ id: anomaly.id, note: text })}
                onJudge={(label) => void say(anomaly, label)}
                onPlan={() => setDraft(draftFor(anomaly, placeNames(anomaly.scope, names)[0] ?? ''))}
              />
            }
          />
        )}
      </div>
      {found.incompleteDays.length === 0 ? null : (
        <p className="text-12 text-muted">
          Left out, because they are still being filled: {found.incompleteDays.join(', ')}.
        </p>
      )}
      <div className="grid grid-cols-1 gap-x-8 gap-y-6 xl:grid-cols-3">
        <PlannedCosts draft={draft} names={names} onDraft={setDraft} />
        <Adjustments found={found} currency={found.currency ?? ''} />
        <TrackRecord question={question} />
      </div>
    </div>
  )
}

function NothingHere({ isAny }: { readonly isAny: boolean }) {
  return (
    <p className="py-4 text-muted">
      {isAny
        ? 'Nothing here. The other anomalies are under another state above.'
        : 'Nothing is out of the ordinary. A wider dial or a lower amount tells of smaller changes.'}
    </p>
  )
}
