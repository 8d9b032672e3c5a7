import type { ResourceDraft } from './collector'

type Fact = string | number | boolean

interface Told {
  readonly kind: string
  readonly id: string | undefined
  readonly arn?: string | undefined
  readonly name?: string | undefined
  readonly state?: string | undefined
  readonly createdAt?: Date | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
  readonly managedBy?: string | undefined
  readonly facts?: Readonly<Record<string, Fact | Date | null | undefined>>
  /** The bill's names for it, where they are not its id or ARN. */
  readonly billedAs?: readonly (string | undefined)[]
  readonly region?: string
}

/** A resource in the words of the inventory; what has no id is no resource and is left out by the caller. */
export function resource(told: Told): ResourceDraft {
  const id = told.id ?? told.arn ?? ''
  const tags = told.tags ?? {}
  const facts: Record<string, Fact> = {}
  for (const [name, value] of Object.entries(told.facts ?? {})) {
    if (value === undefined || value === null || value === '') continue
    facts[name] = value instanceof Date ? value.toISOString() : value
  }
  const billedAs = [...new Set([...(told.billedAs ?? [id, told.arn])])].filter(
    (one): one is string => one !== undefined && one !== '',
  )
  return {
    kind: told.kind,
    id,
    arn: told.arn ?? null,
    name: told.name ?? tags.Name ?? null,
    state: told.state ?? null,
    createdAt: told.createdAt?.toISOString() ?? null,
    managedBy: told.managedBy ?? managedBy(tags),
    tags,
    facts,
    billedAs,
    ...(told.region === undefined ? {} : { region: told.region }),
  }
}

interface Tag {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
  readonly key?: string | undefined
  readonly value?: string | undefined
}

export function tagsOf(tags: readonly Tag[] | undefined): Record<string, string> {
  const record: Record<string, string> = {}
  for (const tag of tags ?? []) {
    const key = tag.Key ?? tag.key
    if (key !== undefined) record[key] = tag.Value ?? tag.value ?? ''
  }
  return record
}

/** What made a thing writes its name into the tags: changing it by hand would be taken back by that. */
export function managedBy(tags: Readonly<Record<string, string>>): string | null {
  const named = (key: string, what: string) => (tags[key] === undefined ? null : `${what}:${tags[key]}`)
  const eks = Object.keys(tags).find((key) => key.startsWith('kubernetes.io/cluster/'))
  return (
    named('aws:autoscaling:groupName', 'auto-scaling') ??
    named('eks:cluster-name', 'eks') ??
    named('elasticbeanstalk:environment-name', 'beanstalk') ??
    named('aws:elasticmapreduce:job-flow-id', 'emr') ??
    named('aws:backup:source-resource', 'backup') ??
    named('aws:cloudformation:stack-name', 'cloudformation') ??
    (eks === undefined ? null : `eks:${eks.slice('kubernetes.io/cluster/'.length)}`) ??
    terraform(tags)
  )
}

/** Terraform writes no tag by itself; these are the ones that people have it write. */
function terraform(tags: Readonly<Record<string, string>>): string | null {
  for (const [key, value] of Object.entries(tags)) {
    if (
      /^(managed[-_ ]?by|provisioner|created[-_ ]?by)$/i.test(key) &&
      /terraform|opentofu|terragrunt/i.test(value)
    )
      return 'terraform'
    if (/^(terraform|tf[-_]?(module|workspace|stack))$/i.test(key) && !/^(false|no|0)$/i.test(value))
      return 'terraform'
  }
  return null
}

/** Tags that come as a record already. */
export function plainTags(tags: Readonly<Record<string, string>> | undefined): Record<string, string> {
  return { ...tags }
}
