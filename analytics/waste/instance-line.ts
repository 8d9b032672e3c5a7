import type { OperatingSystem } from '../contract/prices'
import { type BilledLine, type BilledResource, hasMeter } from './billed'

export interface InstanceLine {
  readonly line: BilledLine
  readonly lines: readonly BilledLine[]
  readonly type: string
  readonly system: OperatingSystem
}

const boxes = hasMeter(/^BoxUsage:/)

const systems: Readonly<Record<string, OperatingSystem>> = {
  RunInstances: 'linux',
  'RunInstances:0002': 'windows',
  'RunInstances:0010': 'rhel',
  'RunInstances:000g': 'suse',
}

/** The hours of an instance, where they are of one type and one system whose price is known by itself. */
export function instanceLine(resource: BilledResource): InstanceLine | null {
  const lines = resource.lines.filter((line) => boxes(line) && line.quantity > 0)
  const [line] = lines
  if (!line || lines.some(({ meter, operation }) => meter !== line.meter || operation !== line.operation))
    return null
  const system = systems[line.operation]
  const type = line.meter.split(':')[1]
  return system === undefined || type === undefined ? null : { line, lines, type, system }
}
