import type { Found } from './assess'

/** Lines of the bill that a finding wants lower, by their keys. */
function claimed({ candidate: { claims } }: Found): readonly string[] {
  return claims.map(({ line }) => line.key)
}

/** Which findings want the same lines lower: one of them at most will have them. */
export function overlapsOf(found: readonly Found[]): ReadonlyMap<string, string[]> {
  const byLine = new Map<string, string[]>()
  for (const one of found) {
    for (const key of claimed(one)) {
      const list = byLine.get(key)
      if (list) list.push(one.id)
      else byLine.set(key, [one.id])
    }
  }
  const overlaps = new Map<string, string[]>()
  for (const one of found) {
    const others = new Set(claimed(one).flatMap((key) => byLine.get(key) ?? []))
    others.delete(one.id)
    if (others.size > 0) overlaps.set(one.id, [...others])
  }
  return overlaps
}

export interface Split {
  /** Whose money counts. */
  readonly counted: readonly Found[]
  /** Whose money another one has already. */
  readonly covered: readonly Found[]
}

/** The best of those for the same money: what saves most comes first and takes its lines. */
export function withoutOverlaps(found: readonly Found[]): Split {
  const taken = new Set<string>()
  const counted: Found[] = []
  const covered: Found[] = []
  for (const one of [...found].sort((left, right) => left.value.rank - right.value.rank)) {
    const keys = claimed(one)
    if (keys.some((key) => taken.has(key))) {
      covered.push(one)
      continue
    }
    for (const key of keys) taken.add(key)
    counted.push(one)
  }
  return { counted, covered }
}
