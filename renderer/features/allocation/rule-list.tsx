import { ArrowDown, ArrowUp, GripVertical, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Allocation } from '../../../analytics/contract/allocation'
import { Button, IconButton } from '../../components/button'
import { Chip } from '../../components/chip'
import { classNames } from '../../components/class-names'
import { Money } from '../../components/money'
import { dimensionTitle } from '../explorer/dimension-words'
import { filterWords } from '../explorer/words'
import { type Draft, type DraftRule, moved, newId } from './draft'
import { RuleEditor, type RuleScope } from './rule-editor'

interface RuleListProps {
  readonly draft: Draft
  readonly problems: ReadonlyMap<string, string>
  readonly shown: Allocation | undefined
  readonly scope: RuleScope
  readonly onChange: (draft: Draft) => void
}

/** The rules in the order in which they are tried, each with the spend it matches. */
export function RuleList({ draft, problems, shown, scope, onChange }: RuleListProps) {
  const [open, setOpen] = useState<string | null>(null)
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const { rules } = draft
  const keep = (next: readonly DraftRule[]) => onChange({ ...draft, rules: next })
  const move = (from: number, to: number) => {
    if (to >= 0 && to < rules.length) keep(moved(rules, from, to))
  }
  const add = () => {
    const id = newId()
    const rule: DraftRule = {
      id,
      name: freeName(rules),
      where: [],
      gives: 'value',
      to: '',
      toValueOf: '',
      enabled: true,
    }
    keep([...rules, rule])
    setOpen(id)
  }
  return (
    <>
      {rules.length === 0 ? (
        <p className="py-2 text-muted">No rule yet: everything is unallocated.</p>
      ) : (
        <ol aria-label="Rules" className="flex flex-col border-hairline border-t">
          {rules.map((rule, at) => (
            <li
              key={rule.id}
              className={classNames(
                'border-hairline border-b',
                over === at && dragged !== null && dragged !== at && 'bg-accent-soft',
              )}
              onDragOver={(event) => {
                if (dragged === null) return
                event.preventDefault()
                setOver(at)
              }}
              onDrop={(event) => {
                event.preventDefault()
                if (dragged !== null) move(dragged, at)
                setDragged(null)
                setOver(null)
              }}
            >
              <RuleRow
                rule={rule}
                at={at}
                count={rules.length}
                problem={problems.get(rule.id)}
                matched={shown?.rules.find(({ name }) => name === rule.name.trim())?.amount}
                currency={shown?.currency ?? ''}
                isOpen={open === rule.id}
                onOpen={() => setOpen(open === rule.id ? null : rule.id)}
                onMove={(step) => move(at, at + step)}
                onDrag={(isDragged) => {
                  setDragged(isDragged ? at : null)
                  setOver(null)
                }}
                onChange={(next) => keep(rules.map((each) => (each.id === rule.id ? next : each)))}
                onRemove={() => keep(rules.filter((each) => each.id !== rule.id))}
              />
              {open === rule.id ? (
                <RuleEditor
                  rule={rule}
                  scope={scope}
                  onChange={(next) => keep(rules.map((each) => (each.id === rule.id ? next : each)))}
                />
              ) : null}
            </li>
          ))}
        </ol>
      )}
      <div className="pt-2">
        <Button onClick={add}>Add a rule</Button>
      </div>
    </>
  )
}

function freeName(rules: readonly DraftRule[]): string {
  for (let number = rules.length + 1; ; number += 1) {
    const name = `Rule ${number}`
    if (!rules.some((rule) => rule.name === name)) return name
  }
}

interface RuleRowProps {
  readonly rule: DraftRule
  readonly at: number
  readonly count: number
  readonly problem: string | undefined
  /** null while there is no figure for it. */
  readonly matched: string | undefined
  readonly currency: string
  readonly isOpen: boolean
  readonly onOpen: () => void
  readonly onMove: (step: -1 | 1) => void
  readonly onDrag: (isDragged: boolean) => void
  readonly onChange: (rule: DraftRule) => void
  readonly onRemove: () => void
}

function RuleRow(props: RuleRowProps) {
  const { rule, at, count, problem, matched, currency, isOpen, onOpen, onMove, onDrag, onChange, onRemove } =
    props
  return (
    <div className="flex min-h-8 items-center py-0.5">
      <span
        draggable
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move'
          event.dataTransfer.setData('text/plain', rule.name)
          onDrag(true)
        }}
        onDragEnd={() => onDrag(false)}
        className="inline-flex w-5 shrink-0 cursor-grab justify-center text-muted"
        aria-hidden
      >
        <GripVertical size={14} />
      </span>
      <span className="figures w-5 shrink-0 text-right text-12 text-muted">{at + 1}</span>
      <input
        type="checkbox"
        className="mx-1.5 shrink-0"
        aria-label={`${rule.name} is in force`}
        checked={rule.enabled}
        onChange={(event) => onChange({ ...rule, enabled: event.target.checked })}
      />
      <button
        type="button"
        aria-expanded={isOpen}
        aria-label={`${rule.name}, change`}
        onClick={onOpen}
        className={classNames(
          'flex min-w-0 grow flex-col gap-x-2 rounded px-1 py-1 text-left hover:bg-hover 2xl:flex-row 2xl:items-baseline',
          rule.enabled ? '' : 'text-muted line-through',
        )}
      >
        <span className="max-w-full shrink-0 truncate font-medium">
          {rule.name.trim() === '' ? 'No name' : rule.name}
        </span>
        <span className="min-w-0 max-w-full truncate text-12 text-muted">{ruleWords(rule)}</span>
      </button>
      {problem === undefined ? null : (
        <Chip tone="warn" title={problem}>
          not finished
        </Chip>
      )}
      <span className="mx-1 w-24 shrink-0 text-right" title="Matched in the period shown">
        {matched === undefined ? '–' : <Money value={matched} currency={currency} />}
      </span>
      <IconButton
        label={`Move ${rule.name} up`}
        className="size-6"
        disabled={at === 0}
        onClick={() => onMove(-1)}
      >
        <ArrowUp size={13} aria-hidden />
      </IconButton>
      <IconButton
        label={`Move ${rule.name} down`}
        className="size-6"
        disabled={at === count - 1}
        onClick={() => onMove(1)}
      >
        <ArrowDown size={13} aria-hidden />
      </IconButton>
      <IconButton label={`Remove ${rule.name}`} className="size-6" onClick={onRemove}>
        <Trash2 size={13} aria-hidden />
      </IconButton>
    </div>
  )
}

function ruleWords({ where, gives, to, toValueOf }: DraftRule): string {
  const conditions =
    where.length === 0 ? 'everything left' : where.map((filter) => filterWords(filter)).join(' and ')
  const target = gives === 'value' ? to || '…' : toValueOf === '' ? '…' : `its ${dimensionTitle(toValueOf)}`
  return `${conditions} → ${target}`
}
