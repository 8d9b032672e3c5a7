import { createHash } from 'node:crypto'
import { findAnomalies } from '../anomaly/bill/find-anomalies'
import { listBudgets } from '../budgets/read-budgets'
import type { ChannelInput, ChannelOutput, EngineChannelName, ParsedInput } from '../contract/channels'
import type { ReportQuestion } from '../contract/reports'
import type { Result } from '../contract/result'
import type { CostQuery, CostTable } from '../contract/spend'
import type { Work } from '../engine/work'
import { forecastAccuracy } from '../forecast/ledger/forecast-accuracy'
import { forecastSpend } from '../forecast/spend/forecast-spend'
import { runCostQuery } from '../model/run-query'
import { readBridges } from '../reconcile/bridge'
import { readRestatements } from '../reconcile/restatements'
import { readTagHygiene } from '../tags/tag-hygiene'
import { readUntagged } from '../tags/untagged'
import { queryCommand } from './query-command'

/** What reports are made of: the answers that the screens and the command line get. */
const sources = {
  'spend/query': runCostQuery,
  'budgets/list': listBudgets,
  'anomalies/find': findAnomalies,
  'forecast/run': forecastSpend,
  'forecast/accuracy': forecastAccuracy,
  'sources/bridge': readBridges,
  'sources/restatements': readRestatements,
  'tags/hygiene': readTagHygiene,
  'tags/untagged': readUntagged,
} as const satisfies {
  readonly [C in EngineChannelName]?: (input: ParsedInput<C>, work: Work) => Promise<Result<ChannelOutput<C>>>
}
type SourceName = keyof typeof sources

export interface Answered<T> {
  /** What figures name as their origin. */
  readonly id: string
  readonly answer: Result<T>
}

/** Asks for a report and writes down what was asked; the same question is asked once. */
export class ReportQuestions {
  private readonly known = new Map<
    string,
    { readonly question: ReportQuestion; readonly answer: Promise<Result<unknown>> }
  >()

  constructor(private readonly work: Work) {}

  get asked(): readonly ReportQuestion[] {
    return [...this.known.values()].map(({ question }) => question)
  }

  async query(query: CostQuery): Promise<Answered<CostTable>> {
    return await this.ask('spend/query', query, queryCommand(query))
  }

  async ask<C extends SourceName>(
    channel: C,
    input: ChannelInput<C>,
    command: string,
  ): Promise<Answered<ChannelOutput<C>>> {
    const hash = questionHash(channel, input)
    let known = this.known.get(hash)
    if (known === undefined) {
      const question = { id: `q${this.known.size + 1}`, channel, input: jsonOf(input), hash, command }
      const source = sources[channel] as (input: unknown, work: Work) => Promise<Result<unknown>>
      known = { question, answer: source(input, this.work) }
      this.known.set(hash, known)
    }
    return { id: known.question.id, answer: (await known.answer) as Result<ChannelOutput<C>> }
  }
}

/** Names in order and nothing absent: the same question has the same hash, whoever wrote it down. */
export function questionHash(channel: string, input: unknown): string {
  return createHash('sha256')
    .update(canonical([channel, input]))
    .digest('hex')
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`
}

function jsonOf(input: unknown): ReportQuestion['input'] {
  return JSON.parse(JSON.stringify(input)) as ReportQuestion['input']
}
