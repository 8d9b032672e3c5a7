import type { Action } from '../contract/actions'
import type { Evidence, Precheck, RuleSource, Sensitivity } from '../contract/findings'
import type { Risk, Undo } from '../contract/recommendations'
import type { BilledLine, BilledResource, KnownResource } from './billed'
import type { Estate } from './estate'

/** A number that somebody may want otherwise: never a constant inside a criterion. */
export interface Setting {
  readonly name: string
  readonly words: string
  readonly unit: string
  readonly value: number
}

/** The thresholds of a tool that people know, by name. Settings that it does not name keep their value. */
export interface Preset {
  readonly name: string
  readonly values: Readonly<Record<string, number>>
}

/** What a rule says of one resource; its money is worked out from the lines it names. */
export interface Candidate {
  readonly resource: Subject
  readonly title: string
  /** The lines of the bill that would be lower, each whole or in part. */
  readonly claims: readonly Claim[]
  /** What would be paid in their place, a month. */
  readonly targets?: readonly Target[]
  /** Paid once, and not a part of the monthly saving. */
  readonly once?: readonly Target[]
  readonly evidence: Evidence
  readonly confidence: number
  readonly action: Action | null
  readonly risk?: Risk
  readonly undo?: Undo
  /** Reported although it saves nothing: what is too small costs reliability. */
  readonly advisory?: boolean
}

export interface Subject {
  readonly payer: string
  readonly account: string
  readonly region: string
  /** As the bill names it. */
  readonly name: string
  readonly currency: string
  /** What the inventory calls it. */
  readonly known: KnownResource | null
}

export interface Claim {
  readonly line: BilledLine
  /** From 0 to 1; absent: all of it. */
  readonly share?: number
}

/** A price from the bill or the catalogue times how much of it a month has. */
export interface Target {
  readonly what: string
  readonly usd: string
  readonly quantity: number
  /** How much of a list price is paid after discounts, as the bill has it of the same thing; 1 for net prices. */
  readonly kept: number
  readonly source: string
}

export interface RuleContext {
  readonly estate: Estate
  readonly sensitivity: Sensitivity
  value(setting: string): number
  /** There is too little to say that something is idle: said instead of being taken for nought. */
  insufficient(resource: BilledResource, why: string, present: number, expected: number): void
}

export interface Rule {
  readonly id: string
  readonly title: string
  readonly reads: readonly RuleSource[]
  /** In words, for the catalogue. */
  readonly criterion: string
  readonly saving: string
  readonly action: string
  readonly undo: Undo
  readonly undoWords: string
  readonly risk: Risk
  readonly prechecks: readonly Precheck[]
  readonly settings: readonly Setting[]
  readonly presets: readonly Preset[]
  /** Only looked for when it is asked for by name: a chance, not a waste. */
  readonly onRequest?: boolean
  readonly find: (context: RuleContext) => readonly Candidate[]
}
