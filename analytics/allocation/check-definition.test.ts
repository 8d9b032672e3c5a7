import { describe, expect, it } from 'vitest'
import { type AllocationDefinition, allocationDefinitionSchema } from '../contract/allocation'
import { checkDefinition } from './check-definition'

const set = (more: Partial<AllocationDefinition>): AllocationDefinition =>
  allocationDefinitionSchema.parse({ name: 'team', rules: [], ...more })

const rule = (name: string) => ({ name, where: [], to: 'Web', enabled: true })
const fixed = (of: string, ...parts: readonly (readonly [string, string])[]) =>
  ({ method: 'fixed', of, parts: parts.map(([value, percent]) => ({ value, percent })) }) as const
const even = (of: string, ...among: string[]) => ({ method: 'even', of, among }) as const

describe('checkDefinition', () => {
  it.each([
    [{ rules: [rule('one'), rule('one')] }, 'same-rule', 'Two rules of team are named one.'],
    [{ splits: [even('x', 'a'), even('x', 'b')] }, 'same-split', 'x is divided twice in team.'],
    [{ splits: [even('x', 'a', 'a')] }, 'same-target', 'x is divided to a twice in team.'],
    [
      { splits: [fixed('x', ['a', '33.33'], ['b', '66.66'])] },
      'not-hundred-percent',
      'The shares of x in team come to 99.99 %, not to 100 %.',
    ],
    [
      { splits: [fixed('x', ['a', '50'], ['b', '50.0000000001'])] },
      'not-hundred-percent',
      'The shares of x in team come to 100.0000000001 %, not to 100 %.',
    ],
    [{ splits: [even('x', 'x')] }, 'split-cycle', 'In team, shared cost would go round in a circle: x → x.'],
    [
      { splits: [even('start', 'x'), even('x', 'a', 'y'), fixed('y', ['z', '100']), even('z', 'x')] },
      'split-cycle',
      'In team, shared cost would go round in a circle: x → y → z → x.',
    ],
  ])('refuses %j', (definition, code, message) => {
    expect(checkDefinition(set(definition))).toMatchObject({ ok: false, failure: { code, message } })
  })

  it('takes shares that come to 100 and chains that end', () => {
    const definition = set({
      rules: [rule('one'), rule('two')],
      splits: [
        fixed('x', ['a', '33.3333333333'], ['y', '66.6666666667']),
        even('y', 'a', 'b'),
        { method: 'proportional', of: 'z' },
      ],
    })
    expect(checkDefinition(definition)).toEqual({ ok: true, value: definition })
  })

  it('knows values that cannot be given', () => {
    const given = (to: string) =>
      allocationDefinitionSchema.safeParse({ name: 'team', rules: [{ name: 'x', where: [], to }] }).success
    expect(['Web', '(unallocated)', '(other)', '(untagged)', ' Web', ''].map(given)).toEqual([
      true,
      ...Array.from({ length: 5 }, () => false),
    ])
  })
})
