import csv from '../../resources/prices/instance-types.csv?raw'
import type { InstanceFacts } from '../contract/prices'
import { shippedRows } from './shipped-rows'

/** Where the facts and prices of instance types are from, and when the prices were. */
export const instanceTypesOrigin = {
  date: '2026-07-20',
  region: 'us-east-1',
  text: "The karpenter project's generated table of Linux on-demand prices",
} as const

interface ShippedType {
  /** null for some retired types, of which only the price is known. */
  readonly facts: InstanceFacts | null
  /** null for types that are not sold by the hour in us-east-1. */
  readonly linuxPrice: string | null
}

let known: ReadonlyMap<string, ShippedType> | null = null

/** What is shipped about an instance type; null for one that is not in the table. */
export function instanceFacts(type: string): InstanceFacts | null {
  return shippedTypes().get(type)?.facts ?? null
}

/** Every type of the table, for those who look for another one. */
export function everyInstanceType(): readonly InstanceFacts[] {
  return [...shippedTypes().values()].flatMap(({ facts }) => (facts ? [facts] : []))
}

/** USD an hour, Linux, us-east-1. */
export function shippedInstancePrice(type: string): string | null {
  return shippedTypes().get(type)?.linuxPrice ?? null
}

function shippedTypes(): ReadonlyMap<string, ShippedType> {
  known ??= new Map(shippedRows(csv).map((row) => [row.instance_type ?? '', shippedType(row)]))
  return known
}

function shippedType(row: Readonly<Record<string, string>>): ShippedType {
  const text = (name: string) => row[name] ?? ''
  const whole = (name: string) => (text(name) === '' ? null : Math.round(Number(text(name))))
  const counted = (name: string) => whole(name) ?? 0
  const price = text('linux_on_demand_usd_hour_us_east_1')
  const linuxPrice = Number(price) > 0 ? price : null
  if (text('vcpu') === '') return { facts: null, linuxPrice }
  const facts: InstanceFacts = {
    type: text('instance_type'),
    family: text('family'),
    size: text('size'),
    generation: counted('generation'),
    flex: text('flex') === 'true',
    vcpu: counted('vcpu'),
    memoryMib: counted('memory_mib'),
    architecture: text('arch') === 'arm64' ? 'arm64' : 'x86_64',
    manufacturer: text('cpu_manufacturer'),
    clockMhz: whole('clock_mhz'),
    hypervisor: text('hypervisor') === 'nitro' ? 'nitro' : text('hypervisor') === 'xen' ? 'xen' : null,
    ebsMbps: whole('ebs_mbps'),
    networkMbps: whole('network_mbps'),
    localNvmeGb: whole('local_nvme_gb'),
    gpu:
      text('gpu_name') === ''
        ? null
        : { name: text('gpu_name'), count: counted('gpu_count'), memoryMib: whole('gpu_memory_mib') },
    accelerator:
      text('accelerator_name') === ''
        ? null
        : { name: text('accelerator_name'), count: counted('accelerator_count') },
  }
  return { facts, linuxPrice }
}
