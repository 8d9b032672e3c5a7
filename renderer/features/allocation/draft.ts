import type {
  AllocationDefinition,
  AllocationRule,
  AllocationSplit,
} from '../../../analytics/contract/allocation'
import type { Filter } from '../../../analytics/contract/dimensions'
import type { CostMeasure } from '../../../analytics/contract/spend'
import { compareDecimals, sumOf } from '../../format/decimal'

/** A rule as it is being written: what it gives may still be missing. */
export interface DraftRule {
  readonly id: string
  readonly name: string
  readonly where: readonly Filter[]
  readonly gives: 'value' | 'dimension'
  readonly to: string
  readonly toValueOf: string
  readonly enabled: boolean
}

export interface DraftPart {
  readonly id: string
  readonly value: string
  readonly percent: string
}

export interface DraftSplit {
  readonly id: string
  readonly of: string
  readonly method: AllocationSplit['method']
  /** Empty for all others; of a driver, for all of its labels. */
  readonly among: readonly string[]
  readonly parts: readonly DraftPart[]
  readonly driver: string
}

export interface Draft {
  readonly name: string
  readonly basis: CostMeasure
  readonly rules: readonly DraftRule[]
  readonly splits: readonly DraftSplit[]
}

let lastId = 0
/** Names what is written, so that it keeps its place on screen while it is moved. */
export function newId(): string {
  lastId += 1
  return `d${lastId}`
}

export function emptyDraft(name: string, basis: CostMeasure): Draft {
  return { name, basis, rules: [], splits: [] }
}

export function draftOf({ name, basis, rules, splits }: AllocationDefinition): Draft {
  return {
    name,
    basis,
    rules: rules.map(({ to, toValueOf, ...rule }) => ({
      ...rule,
      id: newId(),
      gives: toValueOf === undefined ? 'value' : 'dimension',
      to: to ?? '',
      toValueOf: toValueOf ?? '',
    })),
    splits: splits.map((split) => ({
      id: newId(),
      of: split.of,
      method: split.method,
      among: split.method === 'fixed' ? [] : (split.among ?? []),
      parts: split.method === 'fixed' ? split.parts.map((part) => ({ ...part, id: newId() })) : [],
      driver: split.method === 'driver' ? split.driver : '',
    })),
  }
}

/** What a draft says, and what is still missing in it, by rule and split. */
export interface ReadDraft {
  /** What is finished: figures are shown of it. */
  readonly definition: AllocationDefinition
  readonly problems: ReadonlyMap<string, string>
}

export function readDraft(draft: Draft): ReadDraft {
  const problems = new Map<string, string>()
  const names = draft.rules.map(({ name }) => name.trim())
  const rules = draft.rules.flatMap((rule, at): AllocationRule[] => {
    const problem = ruleProblem(rule, names.indexOf(rule.name.trim()) < at)
    if (problem !== null) {
      problems.set(rule.id, problem)
      return []
    }
    const given = rule.gives === 'value' ? { to: rule.to.trim() } : { toValueOf: rule.toValueOf }
    return [{ name: rule.name.trim(), where: rule.where.map(copied), enabled: rule.enabled, ...given }]
  })
  const divided = draft.splits.map(({ of }) => of.trim())
  const splits = draft.splits.flatMap((split, at): AllocationSplit[] => {
    const problem = splitProblem(split, divided.indexOf(split.of.trim()) < at)
    if (problem !== null) {
      problems.set(split.id, problem)
      return []
    }
    return [splitOf(split)]
  })
  return { definition: { name: draft.name, basis: draft.basis, rules, splits }, problems }
}

function copied({ value, ...filter }: Filter): Filter {
  return { ...filter, value: typeof value === 'string' ? value : [...value] }
}

/** A list that is being written may end with a comma. */
function namesIn({ among }: DraftSplit): readonly string[] {
  return among.map((name) => name.trim()).filter((name) => name !== '')
}

function splitOf(split: DraftSplit): AllocationSplit {
  const of = split.of.trim()
  const named = namesIn(split)
  const among = named.length === 0 ? {} : { among: [...named] }
  switch (split.method) {
    case 'fixed':
      return {
        method: 'fixed',
        of,
        parts: split.parts.map(({ value, percent }) => ({ value: value.trim(), percent: percent.trim() })),
      }
    case 'driver':
      return { method: 'driver', of, driver: split.driver, ...among }
    case 'even':
    case 'proportional':
      return { method: split.method, of, ...among }
  }
}

const reserved = ['(unallocated)', '(untagged)', '(other)']

function ruleProblem(rule: DraftRule, isTwice: boolean): string | null {
  if (rule.name.trim() === '') return 'The rule needs a name.'
  if (isTwice) return 'Another rule has this name.'
  if (rule.gives === 'dimension') return rule.toValueOf === '' ? 'Choose the tag whose value is given.' : null
  if (rule.to.trim() === '') return 'Say what the spend is given to.'
  return reserved.includes(rule.to.trim()) ? `${rule.to.trim()} cannot be given.` : null
}

function splitProblem(split: DraftSplit, isTwice: boolean): string | null {
  if (split.of.trim() === '') return 'Say what is divided.'
  if (isTwice) return 'This is divided already.'
  if (split.method === 'driver' && split.driver === '') return 'Choose a driver.'
  if (namesIn(split).includes(split.of.trim())) return 'It cannot be divided into itself.'
  if (split.method !== 'fixed') return null
  const wrong = split.parts.find(
    ({ value, percent }) => value.trim() === '' || !/^\d{1,3}(\.\d{1,10})?$/.test(percent.trim()),
  )
  if (wrong !== undefined) return 'Each part needs a value and a percentage.'
  return compareDecimals(percentSum(split), '100') === 0 ? null : 'The percentages do not come to 100.'
}

/** What the parts come to, exactly. */
export function percentSum({ parts }: Pick<DraftSplit, 'parts'>): string {
  const numbers = parts.map(({ percent }) => percent.trim()).filter((text) => /^\d+(\.\d+)?$/.test(text))
  return sumOf(['0', ...numbers])
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
}

export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const next = [...list]
  const [taken] = next.splice(from, 1)
  if (taken !== undefined) next.splice(to, 0, taken)
  return next
}

/** Everything that a draft gives to, for suggestions. */
export function valuesOfDraft({ rules, splits }: Draft): readonly string[] {
  return [
    ...new Set(
      [
        ...rules.map(({ to }) => to.trim()),
        ...splits.flatMap(({ of, among, parts }) => [of, ...among, ...parts.map(({ value }) => value)]),
      ].filter((value) => value !== ''),
    ),
  ].sort()
}
