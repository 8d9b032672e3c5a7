const sizes: readonly string[] = [
  'nano',
  'micro',
  'small',
  'medium',
  'large',
  'xlarge',
  '2xlarge',
  '4xlarge',
  '8xlarge',
  '16xlarge',
  '32xlarge',
]

/** The next smaller size of a class, with half of everything: `db.r6g.large` of `db.r6g.xlarge`. */
export function smallerSize(type: string): string | null {
  const parts = type.split('.')
  const at = sizes.indexOf(parts.at(-1) ?? '')
  const smaller = sizes[at - 1]
  return at <= 0 || smaller === undefined ? null : [...parts.slice(0, -1), smaller].join('.')
}
