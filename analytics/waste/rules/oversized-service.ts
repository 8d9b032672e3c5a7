import { linesOf } from '../billed'
import { isStillBilled } from '../billed-time'
import { atPercentile } from '../metric-summaries'
import type { Candidate, Rule } from '../rule'
import { rounded, watchedEnough } from '../watched'

const fargate = /^Fargate-/

/** Memory, in GB, that a task of so many processor units may have. */
const pairs: Readonly<Record<number, readonly [least: number, most: number]>> = {
  256: [0.5, 2],
  512: [1, 4],
  1024: [2, 8],
  2048: [4, 16],
  4096: [8, 30],
  8192: [16, 60],
}

export const oversizedService: Rule = {
  id: 'oversized-service',
  title: 'Fargate service larger than its load, or idle',
  reads: ['bill', 'metrics', 'inventory'],
  criterion:
    'Processor and memory of the service, at the percentile set, would fit tasks of half the size with the headroom set; or both stay below the idle load set, and the service can go to nought.',
  saving: 'Half of the hours of its processors and memory, or all of them where it is idle.',
  action:
    'Register a smaller task definition and update the service; where it is idle set its count to nought.',
  undo: 'exact',
  undoWords: 'Update the service to the former task definition or count.',
  risk: 'medium',
  prechecks: ['managed-by', 'dependencies', 'commitments'],
  settings: [
    { name: 'idle', words: 'Idle below', unit: '%', value: 1 },
    { name: 'hours', words: 'Least hours of points', unit: 'hours', value: 24 },
  ],
  presets: [{ name: 'Compute Optimizer', values: { idle: 1, hours: 24 } }],
  find: (context) =>
    context.estate.billed.flatMap((resource): Candidate[] => {
      const { estate, value, sensitivity } = context
      const lines = linesOf(resource, fargate)
      const [line] = lines
      const { known } = resource
      if (!line || known?.kind !== 'ecs-service' || !isStillBilled(estate, line)) return []
      const watched = watchedEnough(
        context,
        resource,
        [
          ['CPUUtilization', 'Maximum'],
          ['MemoryUtilization', 'Maximum'],
        ],
        value('hours'),
      )
      const cpu = watched?.of('CPUUtilization')
      const memory = watched?.of('MemoryUtilization')
      if (!watched || !cpu || !memory) return []
      const idle = cpu.most < value('idle') && memory.most < value('idle')
      const cpuPeak = atPercentile(cpu, sensitivity.percentile)
      const memoryPeak = atPercentile(memory, sensitivity.percentile)
      const fits = (peak: number) => peak * 2 <= 100 - sensitivity.headroom
      const units = Number(known.facts.taskCpu ?? 0) / 2
      const gigabytes = Number(known.facts.taskMegabytes ?? 0) / 2_048
      const [least, most] = pairs[units] ?? [1, 0]
      const halves = fits(cpuPeak) && fits(memoryPeak) && gigabytes >= least && gigabytes <= most
      if (!idle && !halves) return []
      return [
        {
          resource,
          title: idle
            ? `${known.name ?? resource.name} does nothing`
            : `${known.name ?? resource.name} peaks at ${cpuPeak.toFixed(0)} % of its processors and ${memoryPeak.toFixed(0)} % of its memory`,
          claims: lines.map((one) => ({ line: one, share: idle ? 1 : 0.5 })),
          evidence: {
            ...watched.evidence,
            percentile: sensitivity.percentile,
            headroom: sensitivity.headroom,
            memorySeen: true,
            cpuPeak: rounded(cpuPeak),
            memoryPeak: rounded(memoryPeak),
            ...(idle
              ? {}
              : {
                  taskCpu: units,
                  taskGigabytes: gigabytes,
                  projectedCpu: rounded(cpuPeak * 2),
                  projectedMemory: rounded(memoryPeak * 2),
                }),
          },
          confidence: 0.75,
          action:
            idle && typeof known.facts.cluster === 'string'
              ? {
                  kind: 'set-service-count',
                  params: { cluster: known.facts.cluster, service: known.name ?? resource.name, count: 0 },
                }
              : null,
        },
      ]
    }),
}
