import { fail, type Result, succeed } from '../../analytics/contract/result'
import {
  type NodeSums,
  type SplitNodesRequest,
  type SplitRequest,
  splitDimensionSchema,
  splitNodesRequestSchema,
  splitRequestSchema,
} from '../../analytics/contract/split-cost'
import { type CommandContext, settle } from './commands'
import { exitCodes } from './exit-codes'
import { moneyText } from './money-text'
import { type PeriodWords, parsePeriod, parseWhere } from './parse-query'
import { answer } from './terminal'
import { textTable } from './text-table'

export interface ContainerWords extends PeriodWords {
  readonly by?: string
  readonly grain?: string
  readonly gross?: boolean
  readonly where?: readonly string[]
  readonly limit: string
}

export const containerDimensions = splitDimensionSchema.options.join(', ')

export function parseContainers(words: ContainerWords): Result<SplitRequest> {
  const read = requestOf(words)
  if (!read.ok) return read
  const parsed = splitRequestSchema.safeParse({
    ...read.value,
    by: (words.by ?? 'cluster,namespace').split(',').map((name) => name.trim()),
    ...(words.grain === undefined ? {} : { grain: words.grain }),
  })
  return parsed.success ? succeed(parsed.data) : wrong(parsed.error.issues[0])
}

export function parseNodes(words: ContainerWords): Result<SplitNodesRequest> {
  const read = requestOf(words)
  if (!read.ok) return read
  const parsed = splitNodesRequestSchema.safeParse(read.value)
  return parsed.success ? succeed(parsed.data) : wrong(parsed.error.issues[0])
}

function requestOf(words: ContainerWords): Result<object> {
  const where = parseWhere(words.where ?? [])
  if (!where.ok) return where
  const isSaid = [words.from, words.to, words.period, words.last].some((one) => one !== undefined)
  const period = isSaid ? parsePeriod(words) : succeed({ period: 'last-month' })
  if (!period.ok) return period
  return succeed({
    ...period.value,
    net: words.gross !== true,
    limit: Number(words.limit),
    ...(where.value.length === 0 ? {} : { where: where.value }),
  })
}

function wrong(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): Result<never> {
  const name = String(issue?.path[0] ?? 'by')
  return fail('usage', `--${name}: ${issue?.message ?? 'not understood'}.`, 'See: finops containers --help')
}

const nothingSplit =
  'No split cost in the period: the export must have split cost allocation data switched on.'

export async function containerCost(
  { session, terminal, signal }: CommandContext,
  asked: SplitRequest,
): Promise<number> {
  return settle(terminal, await session.ask('spend/split', asked, { signal }), (found) => {
    answer(terminal, found, () => {
      if (found.rowCount === 0) return nothingSplit
      const timed = asked.grain === undefined ? [] : [{ head: asked.grain }]
      const cut =
        found.rows.length < found.rowCount
          ? `\n${found.rows.length} of ${found.rowCount} rows are shown.`
          : ''
      const figures = ({ used, unused, total }: typeof found.total) =>
        [used, unused, total].map((amount) => moneyText(amount))
      return `${textTable(
        [
          ...found.by.map((head) => ({ head })),
          ...timed,
          { head: 'Used', right: true },
          { head: 'Unused', right: true },
          { head: `Total ${found.currency ?? ''}`.trim(), right: true },
        ],
        [
          ...found.rows.map((row) => [
            ...row.values,
            ...(timed.length > 0 ? [row.time ?? ''] : []),
            ...figures(row),
          ]),
          ['Total', ...found.by.slice(1).map(() => ''), ...timed.map(() => ''), ...figures(found.total)],
        ],
      )}${cut}`
    })
    return exitCodes.done
  })
}

export async function nodeCost(
  { session, terminal, signal }: CommandContext,
  asked: SplitNodesRequest,
): Promise<number> {
  return settle(terminal, await session.ask('split/nodes', asked, { signal }), (found) => {
    answer(terminal, found, () => {
      if (found.total.nodes === 0) return nothingSplit
      const cut =
        found.nodes.length < found.total.nodes
          ? `\n${found.nodes.length} of ${found.total.nodes} nodes are shown.`
          : ''
      const unbilled =
        found.total.unbilled > 0 ? `\n${nodesText(found.total.unbilled)} without hours in the bill.` : ''
      return `${textTable(
        [
          { head: 'Cluster' },
          { head: 'Node' },
          { head: 'Used', right: true },
          { head: 'Unused', right: true },
          { head: 'Remainder', right: true },
          { head: `Cost ${found.currency ?? ''}`.trim(), right: true },
          { head: 'Other lines', right: true },
        ],
        [
          ...found.clusters.map((one) => nodeRow(one.cluster, nodesText(one.nodes), one)),
          ...found.nodes.map((one) => nodeRow(one.cluster, one.node, one)),
          nodeRow('Total', nodesText(found.total.nodes), found.total),
        ],
      )}${cut}${unbilled}`
    })
    return exitCodes.done
  })
}

function nodeRow(cluster: string, node: string, sums: NodeSums): string[] {
  const { used, unused, remainder, cost, other } = sums
  return [cluster, node, ...[used, unused, remainder, cost, other].map((amount) => moneyText(amount))]
}

function nodesText(count: number): string {
  return count === 1 ? '1 node' : `${count} nodes`
}
