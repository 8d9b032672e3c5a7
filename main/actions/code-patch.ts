import type { CodePatchText } from '../../analytics/contract/executions'
import type { CodePatch } from './action'

/** What to change in the code that manages a resource, since changing the resource would be undone by it. */
export function codePatchText({ cloudFormation, terraform }: CodePatch, resource: string): CodePatchText {
  const [type, properties] = cloudFormation
  const [kind, settings] = terraform
  return {
    cloudFormation:
      properties === null
        ? `# Take the resource of the type ${type} with the physical id ${resource} out of the template.\n`
        : `# The resource with the physical id ${resource}\nType: ${type}\nProperties:\n${yaml(properties, 1)}`,
    terraform:
      settings === null
        ? `# Remove the ${kind} whose id is ${resource}, then apply.\n`
        : `# The ${kind} whose id is ${resource}\nresource "${kind}" "..." {\n${hcl(settings, 1)}}\n`,
  }
}

const indent = (depth: number) => '  '.repeat(depth)

function yaml(members: Readonly<Record<string, unknown>>, depth: number): string {
  return Object.entries(members)
    .map(([name, value]) => `${indent(depth)}${name}:${yamlValue(value, depth + 1)}`)
    .join('')
}

function yamlValue(value: unknown, depth: number): string {
  if (isObject(value)) return `\n${yaml(value, depth)}`
  if (!Array.isArray(value)) return ` ${JSON.stringify(value)}\n`
  return `\n${value.map((one) => `${indent(depth)}- ${JSON.stringify(one)}\n`).join('')}`
}

function hcl(members: Readonly<Record<string, unknown>>, depth: number): string {
  return Object.entries(members)
    .map(([name, value]) =>
      isObject(value)
        ? `${indent(depth)}${name} {\n${hcl(value, depth + 1)}${indent(depth)}}\n`
        : `${indent(depth)}${name} = ${JSON.stringify(value)}\n`,
    )
    .join('')
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
