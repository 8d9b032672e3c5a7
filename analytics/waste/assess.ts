import { createHash } from 'node:crypto'
import type {
  Insufficient,
  ListedRecommendation,
  RecommendationsRequest,
  Sensitivity,
} from '../contract/findings'
import type { Asking } from '../model/ask'
import { allRules } from './all-rules'
import { costDaysOf } from './billed-time'
import { commitmentPool } from './commitment-pool'
import type { Decisions } from './decisions'
import type { Estate } from './estate'
import { gatherEstate } from './gather-estate'
import { overlapsOf } from './overlaps'
import type { Candidate, Rule, RuleContext } from './rule'
import { type Value, valueFindings } from './value-findings'

export const usualSensitivity: Sensitivity = { percentile: 'p99.5', headroom: 20, days: 14 }
export const usualCostDays = 30

export interface Assessed {
  readonly found: readonly Found[]
  readonly insufficient: readonly Insufficient[]
  readonly sensitivity: Sensitivity
  readonly costDays: number
}

export interface Found {
  readonly id: string
  readonly rule: Rule
  readonly candidate: Candidate
  readonly value: Value
}

/** All rules over the estate, and the money of what they found. */
export async function assess(asking: Asking, request: RecommendationsRequest): Promise<Assessed> {
  const { percentile, headroom, days } = request.sensitivity ?? {}
  const sensitivity: Sensitivity = {
    percentile: percentile ?? usualSensitivity.percentile,
    headroom: headroom ?? usualSensitivity.headroom,
    days: days ?? usualSensitivity.days,
  }
  const costDays = request.costDays ?? usualCostDays
  const estate = await gatherEstate(asking, { costDays, days: sensitivity.days })
  if (estate === null) return { found: [], insufficient: [], sensitivity, costDays }
  const insufficient: Insufficient[] = []
  const candidates = rulesAsked(request).flatMap((rule) =>
    rule
      .find(contextOf(rule, estate, sensitivity, request, insufficient))
      .map((candidate) => ({ rule, candidate })),
  )
  const values = await valueFindings(
    asking.connection,
    candidates.map(({ candidate }) => candidate),
    (first) => costDaysOf(estate, first),
    commitmentPool(estate.billed),
    request.minimumSaving ?? '0',
    asking.signal,
  )
  const found = candidates.flatMap(({ rule, candidate }, n): Found[] => {
    const value = values.get(n)
    return value ? [{ id: idOf(rule, candidate), rule, candidate, value }] : []
  })
  return {
    found: found.sort((one, other) => one.value.rank - other.value.rank),
    insufficient,
    sensitivity,
    costDays,
  }
}

function rulesAsked({ rule: asked }: RecommendationsRequest): readonly Rule[] {
  return allRules.filter(({ id, onRequest }) => (asked === undefined ? !onRequest : id === asked))
}

function contextOf(
  rule: Rule,
  estate: Estate,
  sensitivity: Sensitivity,
  request: RecommendationsRequest,
  insufficient: Insufficient[],
): RuleContext {
  const preset = rule.presets.find(({ name }) => name === request.presets?.[rule.id])
  const values = new Map(rule.settings.map(({ name, value }) => [name, value]))
  for (const [name, value] of Object.entries({ ...preset?.values, ...request.settings?.[rule.id] })) {
    if (values.has(name)) values.set(name, value)
  }
  return {
    estate,
    sensitivity,
    value: (name) => {
      const value = values.get(name)
      if (value === undefined) throw new Error(`The rule ${rule.id} has no setting ${name}.`)
      return value
    },
    insufficient: ({ account, region, name }, why, present, expected) => {
      insufficient.push({ rule: rule.id, account, region, resource: name, why, present, expected })
    },
  }
}

/** The same from run to run, and another for another rule on the same resource. */
function idOf({ id }: Rule, { resource: { account, region, name } }: Candidate): string {
  return `r-${createHash('sha256').update([id, account, region, name].join('\0')).digest('hex').slice(0, 12)}`
}

/** As the contract tells them, with what was decided of each. */
export function listedOf(found: readonly Found[], decisions: Decisions): readonly ListedRecommendation[] {
  const overlaps = overlapsOf(found)
  return found.map((one): ListedRecommendation => {
    const { id, rule, candidate, value } = one
    const { resource } = candidate
    const { known } = resource
    const decision = decisions.of(id)
    return {
      id,
      rule: rule.id,
      title: candidate.title,
      resource: resource.name,
      account: resource.account,
      region: resource.region,
      monthlySaving: value.net,
      currency: resource.currency,
      risk: candidate.risk ?? rule.risk,
      undo: candidate.undo ?? rule.undo,
      confidence: candidate.confidence,
      evidence: candidate.evidence,
      action: candidate.action,
      state: decision.state,
      grossSaving: value.gross,
      stranded: value.stranded,
      once: value.once,
      monthlyCost: value.cost,
      name: known?.name ?? null,
      inventoryId: known?.id ?? null,
      managedBy: known?.managedBy ?? null,
      owner: known?.tags.owner ?? known?.tags.team ?? null,
      overlaps: overlaps.get(id) ?? [],
      inbound: known?.inbound.length ?? 0,
      prechecks: [...rule.prechecks],
      note: decision.note,
      until: decision.until,
    }
  })
}
