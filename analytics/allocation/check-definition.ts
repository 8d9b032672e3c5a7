import type { AllocationDefinition, AllocationSplit } from '../contract/allocation'
import { fail, type Result, succeed } from '../contract/result'
import { unitsOfPercent } from './shares'

const hundred = unitsOfPercent('100')

/** What a schema cannot see: whether rules and splits of a set fit each other. */
export function checkDefinition(definition: AllocationDefinition): Result<AllocationDefinition> {
  return (
    sameRule(definition) ??
    definition.splits.map((split) => splitAlone(split, definition)).find((refused) => refused !== null) ??
    sameSplit(definition) ??
    cycle(definition) ??
    succeed(definition)
  )
}

function sameRule({ name: set, rules }: AllocationDefinition): Result<never> | null {
  const names = rules.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  return twice === undefined
    ? null
    : fail('same-rule', `Two rules of ${set} are named ${twice}.`, 'Give each rule a name of its own.')
}

function sameSplit({ name: set, splits }: AllocationDefinition): Result<never> | null {
  const pools = splits.map(({ of }) => of)
  const twice = pools.find((name, at) => pools.indexOf(name) !== at)
  return twice === undefined
    ? null
    : fail('same-split', `${twice} is divided twice in ${set}.`, 'Divide each value once.')
}

function splitAlone(split: AllocationSplit, { name: set }: AllocationDefinition): Result<never> | null {
  const targets = targetsOf(split)
  const twice = targets.find((name, at) => targets.indexOf(name) !== at)
  if (twice !== undefined) {
    return fail('same-target', `${split.of} is divided to ${twice} twice in ${set}.`, 'Name each value once.')
  }
  if (split.method !== 'fixed') return null
  const sum = split.parts.reduce((total, { percent }) => total + unitsOfPercent(percent), 0n)
  return sum === hundred
    ? null
    : fail(
        'not-hundred-percent',
        `The shares of ${split.of} in ${set} come to ${percentText(sum)} %, not to 100 %.`,
        sum < hundred
          ? `Give away the ${percentText(hundred - sum)} % that are left.`
          : `Take back the ${percentText(sum - hundred)} % that are too much.`,
      )
}

function percentText(units: bigint): string {
  const digits = units.toString().padStart(11, '0')
  const fraction = digits.slice(-10).replace(/0+$/, '')
  return fraction === '' ? digits.slice(0, -10) : `${digits.slice(0, -10)}.${fraction}`
}

/** The values that a split names; none where it takes them as they come, and then never one that is divided. */
function targetsOf(split: AllocationSplit): readonly string[] {
  return split.method === 'fixed' ? split.parts.map(({ value }) => value) : (split.among ?? [])
}

function cycle({ name: set, splits }: AllocationDefinition): Result<never> | null {
  const next = new Map(splits.map((split) => [split.of, targetsOf(split)]))
  const done = new Set<string>()
  const follow = (value: string, path: readonly string[]): readonly string[] | null => {
    const at = path.indexOf(value)
    if (at >= 0) return [...path.slice(at), value]
    if (done.has(value)) return null
    for (const target of next.get(value) ?? []) {
      const found = follow(target, [...path, value])
      if (found) return found
    }
    done.add(value)
    return null
  }
  for (const { of } of splits) {
    const found = follow(of, [])
    if (found) {
      return fail(
        'split-cycle',
        `In ${set}, shared cost would go round in a circle: ${found.join(' → ')}.`,
        'Let one of these splits leave out the value that leads back.',
      )
    }
  }
  return null
}
