import { History, Plus, Trash2 } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import type { AllocationSet } from '../../../analytics/contract/allocation'
import type { Preset } from '../../../analytics/contract/periods'
import { changeView, useRoute } from '../../app/route'
import { useBridge } from '../../bridge/context'
import { Button, IconButton } from '../../components/button'
import { Chip } from '../../components/chip'
import { ChoiceMenu } from '../../components/choice-menu'
import { Answered, Panel } from '../../components/panel'
import { Removal } from '../../components/removal'
import { Skeleton } from '../../components/skeleton'
import { useChannel } from '../../queries/use-channel'
import { showToast } from '../../stores/toasts'
import { capitalised } from '../explorer/dimension-words'
import type { Scope } from '../explorer/questions'
import { measureWords, presetWords } from '../explorer/words'
import { type Draft, draftOf, emptyDraft, readDraft, valuesOfDraft } from './draft'
import { keepDraft, useDrafts } from './draft-store'
import { HistoryPanel } from './history-panel'
import { AllocationFigures, MovesTable, UnallocatedPanel, ValuesTable } from './outcome'
import { RuleList } from './rule-list'
import { SaveForm } from './save-form'
import { SplitList } from './split-list'
import { useRefresh } from './use-refresh'
import { useSettled } from './use-settled'

interface AllocationSetViewProps {
  readonly name: string
  readonly names: readonly string[]
  /** null of a set that was never saved. */
  readonly saved: AllocationSet | null
  readonly scope: Scope
  readonly onNew: () => void
}

const periods = ['month-to-date', 'last-month', 'last-3-months', 'trailing-12-months', 'everything'] as const

/** One set: its rules on the left, what they make of the bill on the right, before anything is saved. */
export function AllocationSetView({ name, names, saved, scope, onNew }: AllocationSetViewProps) {
  const { view } = useRoute()
  const valuesList = useId()
  const written = useDrafts((state) => state.drafts[name])
  const original = useMemo(
    () => (saved === null ? emptyDraft(name, 'effective') : draftOf(saved.definition)),
    [saved, name],
  )
  const draft = written ?? original
  const { definition, problems } = useMemo(() => readDraft(draft), [draft])
  const isChanged = written !== undefined && (problems.size > 0 || !sameRules(definition, saved))
  const preset: Preset = periods.find((one) => one === view.period) ?? 'month-to-date'
  const rules = JSON.stringify(definition)
  const asked = useSettled(rules)
  const question = {
    draft: JSON.parse(asked) as typeof definition,
    measure: scope.basis,
    period: preset,
    ...(scope.currency === null ? {} : { currency: scope.currency }),
  }
  const shown = useChannel('allocation/show', question)
  const moves = useChannel('allocation/moves', question, {
    enabled: saved !== null && isChanged && asked === rules,
  })
  const change = (next: Draft) => keepDraft(name, next)
  return (
    <div className="flex flex-col gap-4">
      <datalist id={valuesList}>
        {valuesOfDraft(draft).map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      <div className="flex flex-wrap items-center gap-2">
        <ChoiceMenu
          label="Set"
          value={name}
          options={names.map((value) => ({ value, title: value }))}
          onChange={(set) => changeView({ set })}
        />
        <IconButton label="New set of rules" className="size-6" onClick={onNew}>
          <Plus size={14} aria-hidden />
        </IconButton>
        {saved === null ? (
          <Chip>never saved</Chip>
        ) : (
          <Chip>{`version ${saved.version}${isChanged ? ', changed' : ''}`}</Chip>
        )}
        <ChoiceMenu
          label="Proportions by"
          value={draft.basis}
          options={(['effective', 'billed', 'list', 'contracted'] as const).map((value) => ({
            value,
            title: measureWords[value].title,
          }))}
          onChange={(basis) => change({ ...draft, basis })}
        />
        <ChoiceMenu
          label="Period"
          value={preset}
          options={periods.map((value) => ({ value, title: capitalised(presetWords[value]) }))}
          onChange={(period) => changeView({ period })}
        />
        <div className="ml-auto flex items-center gap-2">
          <RemoveSet name={name} saved={saved} />
          {saved === null ? null : (
            <Button onClick={() => changeView({ history: '1' })}>
              <History size={14} aria-hidden />
              History
            </Button>
          )}
          {isChanged && saved !== null ? (
            <Button kind="quiet" onClick={() => keepDraft(name, null)}>
              Discard changes
            </Button>
          ) : null}
          <SaveForm
            definition={definition}
            unfinished={problems.size}
            isChanged={isChanged || saved === null}
            onSaved={() => keepDraft(name, null)}
          />
        </div>
      </div>
      <div className="grid grid-cols-1 items-start gap-x-8 gap-y-6 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-6">
          <Panel title="Rules" hint="Tried from the top; the first that matches counts">
            <RuleList
              draft={draft}
              problems={problems}
              shown={shown.data}
              scope={{ scope, period: { preset }, valuesList }}
              onChange={change}
            />
          </Panel>
          <Panel title="Shared cost" hint="Values whose cost others carry, month by month">
            <SplitList draft={draft} problems={problems} valuesList={valuesList} onChange={change} />
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Panel
            title={isChanged ? 'Preview' : 'Outcome'}
            hint={`${measureWords[scope.basis].title}${problems.size > 0 ? '; without what is not finished' : ''}`}
          >
            <Answered answer={shown} skeleton={<Skeleton className="h-72" />}>
              {(data) => (
                <>
                  <AllocationFigures shown={data} />
                  <ValuesTable shown={data} period={preset} isSaved={!isChanged && saved !== null} />
                </>
              )}
            </Answered>
          </Panel>
          {isChanged && saved !== null ? (
            <Panel title="What moves" hint={`Against version ${saved.version}`}>
              <Answered answer={moves} skeleton={<Skeleton className="h-16" />}>
                {(data) => <MovesTable moves={data} />}
              </Answered>
            </Panel>
          ) : null}
          {shown.data === undefined ? null : <UnallocatedPanel shown={shown.data} />}
        </div>
      </div>
      {view.history === '1' && saved !== null ? (
        <HistoryPanel
          current={saved}
          period={preset}
          scope={scope}
          onClose={() => changeView({ history: '' })}
          onRestore={(former) => {
            keepDraft(name, draftOf(former.definition))
            changeView({ history: '' })
            showToast(
              'plain',
              `Version ${former.version} is in the editor.`,
              'Save it to bring it into force.',
            )
          }}
        />
      ) : null}
    </div>
  )
}

function sameRules(definition: AllocationSet['definition'], saved: AllocationSet | null): boolean {
  if (saved === null) return false
  return JSON.stringify(readDraft(draftOf(saved.definition)).definition) === JSON.stringify(definition)
}

function RemoveSet({ name, saved }: Pick<AllocationSetViewProps, 'name' | 'saved'>) {
  const bridge = useBridge()
  const refresh = useRefresh()
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <IconButton
        label={`Remove the set ${name}`}
        onClick={() => (saved === null ? keepDraft(name, null) : setAsking(true))}
      >
        <Trash2 size={14} aria-hidden />
      </IconButton>
      <Removal
        open={isAsking}
        onClose={() => setAsking(false)}
        title={`Remove the set ${name}?`}
        description="Questions can no longer be asked by it. Its versions are kept: a new set of this name goes on from them."
        confirm={`Remove ${name}`}
        remove={() => bridge.call('allocation/remove', { name })}
        onRemoved={() => {
          keepDraft(name, null)
          changeView({ set: '' })
          showToast('good', `Removed the set ${name}.`)
          void refresh()
        }}
      />
    </>
  )
}
