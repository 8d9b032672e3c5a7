import { lastPart, linesOf } from '../billed'
import { isStillBilled, monthOf } from '../billed-time'
import type { Candidate, Rule } from '../rule'

const database = /ExtendedSupport:/
const cluster = /^AmazonEKS-Hours:extendedSupport$/

export const extendedSupport: Rule = {
  id: 'extended-support',
  title: 'Version past its standard support',
  reads: ['bill'],
  criterion:
    'Extended support of a database engine or a Kubernetes version is billed to the end of the bill.',
  saving:
    'Of a database all lines of extended support; of a cluster what its hour costs above that of standard support.',
  action:
    'Upgrade: a database by a new major version or blue/green, a cluster one minor version after the other.',
  undo: 'rebuild',
  undoWords: 'A database comes back from its snapshot; managed nodes of a cluster do not go back.',
  risk: 'high',
  prechecks: ['managed-by', 'backup', 'dependencies'],
  settings: [{ name: 'days', words: 'Days billed', unit: 'days', value: 1 }],
  presets: [],
  find: ({ estate, value }) =>
    estate.billed.flatMap((resource): Candidate[] => {
      const clusters = linesOf(resource, cluster)
      const lines = [...clusters, ...linesOf(resource, database)].filter((line) =>
        isStillBilled(estate, line),
      )
      const [line] = lines
      if (!line || line.historyDays < value('days')) return []
      const { known } = resource
      const standard = estate.prices.unitPrice('AmazonEKS', 'cluster-hour-standard-support', resource.region)
      const isCluster = clusters.length > 0
      return [
        {
          resource,
          title: `${lastPart(resource.name)} runs a version in extended support`,
          claims: lines.map((one) => ({ line: one })),
          targets:
            isCluster && standard?.currency === resource.currency
              ? [
                  {
                    what: 'the standard hour',
                    usd: standard.amount,
                    quantity: monthOf(estate, line),
                    kept: line.kept ?? 1,
                    source: standard.origin,
                  },
                ]
              : [],
          evidence: {
            basis: 'bill',
            usageTypes: lines.map(({ usageType }) => usageType).join(', '),
            daysBilled: line.historyDays,
            ...(known
              ? { engine: known.facts.engine ?? null, version: known.facts.engineVersion ?? null }
              : {}),
            ...(isCluster && standard ? { priceSource: standard.origin } : {}),
          },
          confidence: 0.95,
          action: null,
        },
      ]
    }),
}
