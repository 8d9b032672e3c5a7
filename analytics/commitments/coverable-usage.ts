/** Usage that a Savings Plan or a reservation can cover, told by its usage type alone, as FOCUS bills have it too. */
export const usageClasses = [
  'ec2',
  'fargate',
  'lambda',
  'rds',
  'elasticache',
  'redshift',
  'opensearch',
  'sagemaker',
] as const
export type UsageClass = (typeof usageClasses)[number]

const patterns: Readonly<Record<UsageClass, string>> = {
  ec2: '(^|-)(BoxUsage|DedicatedUsage|SpotUsage)(:|$)',
  fargate: '(^|-)Fargate-.*(vCPU|GB)-Hours',
  // Requests are covered by nothing.
  lambda: '(^|-)Lambda-(GB-Second|Provisioned)',
  rds: '(^|-)(InstanceUsage|Multi-AZUsage|Multi-AZClusterUsage)[A-Za-z-]*:db\\.',
  elasticache: '(^|-)NodeUsage:cache\\.',
  redshift: '(^|-)Node:(ra3|rg|dc|ds)',
  opensearch: '(^|-)ESInstance:',
  sagemaker: ':ml\\.',
}

/** In SQL, over a charge: the class of its usage; NULL for what nothing covers. */
export const usageClassSql = `CASE ${usageClasses
  .map((name) => `WHEN regexp_matches("x_UsageType", '${patterns[name]}') THEN '${name}'`)
  .join(' ')} END`

/** `m6i.4xlarge` of `BoxUsage:m6i.4xlarge`; null where usage has no type. */
export function instanceOf(usageType: string): string | null {
  return /:((?:[a-z]+\.)?[a-z][a-z0-9-]*\.[a-z0-9-]+)$/.exec(usageType)?.[1] ?? null
}

/** What sizes share: `m6i` of `m6i.4xlarge`, `db.r6g` of `db.r6g.large`. */
export function familyOf(instance: string): string {
  return instance.slice(0, instance.lastIndexOf('.'))
}
