import { useState } from 'react'
import { FormField } from '../../components/form-field'
import { Segmented } from '../../components/segmented'
import { dimensionTitle } from '../explorer/dimension-words'
import { FilterRow } from '../explorer/filter-chips'
import { DimensionList } from '../explorer/group-menu'
import { PartMenu } from '../explorer/part-menu'
import type { Scope } from '../explorer/questions'
import { type Period, startState } from '../explorer/state'
import type { DraftRule } from './draft'

/** What suggestions are counted in. */
export interface RuleScope {
  readonly scope: Scope
  readonly period: Period
  /** The id of the list of values that are given already. */
  readonly valuesList: string
}

interface RuleEditorProps {
  readonly rule: DraftRule
  readonly scope: RuleScope
  readonly onChange: (rule: DraftRule) => void
}

/** Rules look at the bill, never at what rules have made of it. */
const ofTheBill = (dimension: string) => !dimension.startsWith('allocation')

const gives = [
  { value: 'value', title: 'A value' },
  { value: 'dimension', title: 'The value of a tag' },
] as const

/** The conditions of a rule and what it gives. */
export function RuleEditor({ rule, scope: { scope, period, valuesList }, onChange }: RuleEditorProps) {
  const [isAdding, setAdding] = useState(false)
  const [isChoosing, setChoosing] = useState(false)
  return (
    <fieldset className="flex flex-col gap-3 pt-1 pb-3 pl-14">
      <legend className="sr-only">{rule.name}</legend>
      <FormField
        label="Name"
        className="w-64"
        value={rule.name}
        maxLength={120}
        onText={(name) => onChange({ ...rule, name })}
      />
      <div className="flex flex-col gap-0.5">
        <span className="text-12 text-muted">
          Spend with all of these; without any, everything that is left
        </span>
        <FilterRow
          state={{ ...startState, period, where: rule.where }}
          scope={scope}
          open={isAdding}
          onOpen={setAdding}
          keep={(where) => onChange({ ...rule, where })}
          allows={ofTheBill}
        />
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <div className="flex flex-col gap-0.5">
          <span className="text-12 text-muted">is given to</span>
          <Segmented
            label="What the rule gives"
            value={rule.gives}
            options={gives}
            onChange={(next) => onChange({ ...rule, gives: next })}
          />
        </div>
        {rule.gives === 'value' ? (
          <FormField
            label="Value"
            className="w-56"
            value={rule.to}
            maxLength={200}
            list={valuesList}
            onText={(to) => onChange({ ...rule, to })}
          />
        ) : (
          <PartMenu
            label="Tag or dimension"
            value={rule.toValueOf === '' ? 'Choose' : dimensionTitle(rule.toValueOf)}
            open={isChoosing}
            onOpen={setChoosing}
          >
            {isChoosing ? (
              <DimensionList
                state={{ period }}
                scope={scope}
                chosen={[rule.toValueOf]}
                allows={ofTheBill}
                onChoose={(toValueOf) => {
                  setChoosing(false)
                  onChange({ ...rule, toValueOf })
                }}
              />
            ) : null}
          </PartMenu>
        )}
      </div>
    </fieldset>
  )
}
