import { createHash } from 'node:crypto'
import { type BoundAction, type Check, check } from './action'
import type { Cloud } from './cloud'

type Tags = Readonly<Record<string, string>>

/** Who else would undo the change, or be broken by it: told by the tags they leave. */
const managers: readonly (readonly [who: string, tag: RegExp])[] = [
  ['CloudFormation', /^aws:cloudformation:stack-(name|id)$/],
  ['an Auto Scaling group', /^aws:autoscaling:groupName$/],
  ['Kubernetes', /^(kubernetes\.io\/|eks:|karpenter\.sh\/|elbv2\.k8s\.aws\/|ebs\.csi\.aws\.com\/)/],
  ['Elastic Beanstalk', /^elasticbeanstalk:/],
  ['EMR', /^aws:elasticmapreduce:/],
  ['AWS Batch', /^aws:batch:|^AWSBatchServiceTag$/],
  ['AWS Backup', /^aws:backup:/],
  ['Service Catalog', /^aws:servicecatalog:/],
]
const terraformTag = /^(terraform|tf[-_:]?managed|hashicorp:terraform)/i
const managedByTag = /^managed[-_ ]?by$/i

/** null where nobody is known to manage it. */
export function managerOf(tags: Tags): string | null {
  for (const [name, value] of Object.entries(tags)) {
    for (const [who, pattern] of managers) if (pattern.test(name)) return who
    if (terraformTag.test(name) && value.toLowerCase() !== 'false') return 'Terraform'
    if (managedByTag.test(name) && /terraform|opentofu|pulumi|cloudformation|cdk/i.test(value)) return value
  }
  return null
}

/** A person wrote that this is to be left alone. */
const leaveAlone = /^(finops[-:_](exclude|keep|ignore)|do[-_ ]?not[-_ ]?(delete|touch|stop|modify))$/i

export function tagChecks(tags: Tags): readonly Check[] {
  const manager = managerOf(tags)
  const kept = Object.entries(tags).find(
    ([name, value]) => leaveAlone.test(name) && !/^(false|no|0)$/i.test(value),
  )
  return [
    check(
      'P1',
      kept === undefined,
      kept ? `The tag ${kept[0]} says to leave it alone` : 'No tag says to leave it alone',
    ),
    check(
      'P2',
      manager === null,
      manager === null ? 'No other tool manages it' : `It is managed by ${manager}`,
    ),
  ]
}

/** Two states are the same when this is: members in one order, and without what changes by itself. */
export function stateHash(action: BoundAction, state: unknown): string {
  return createHash('sha256')
    .update(canonical(action.lasting(state)))
    .digest('hex')
}

export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`
  }
  return JSON.stringify(value ?? null)
}

/** Everything that has to hold at this moment. */
export async function checksNow(
  action: BoundAction,
  state: unknown,
  cloud: Cloud,
): Promise<readonly Check[]> {
  return [...tagChecks(action.tags(state)), ...(await action.checks(state, cloud))]
}
