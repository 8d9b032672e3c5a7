import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SplitNodesRequest, splitNodesSchema } from '../contract/split-cost'
import { readSplitCost } from '../model/split-cost'
import { type BillRow, exactSum, usage } from '../testing/bill-rows'
import { mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { compileNodes } from './compile-nodes'
import { readSplitNodes } from './split-nodes'

let workspace: TestStore

const pod = (node: string, cluster: string, used: string, unused: string, more: BillRow = {}) =>
  usage(0, {
    line_item_operation: 'EKSPod-EC2',
    line_item_usage_type: 'EKS-EC2-vCPU-Hours',
    line_item_resource_id: `arn:aws:eks:eu-west-1:1:pod/${cluster}/shop/orders/${used}`,
    split_line_item_split_cost: used,
    split_line_item_unused_cost: unused,
    split_line_item_net_split_cost: null,
    split_line_item_net_unused_cost: null,
    split_line_item_parent_resource_id: node,
    ...more,
  })
const node = (id: string, cost: string, more: BillRow = {}) =>
  usage(cost, { line_item_resource_id: id, line_item_usage_type: 'EU-BoxUsage:m5.large', ...more })

const bill: readonly BillRow[] = [
  node('i-1', '10.0000000003'),
  node('i-1', '0.75', { line_item_usage_type: 'EU-DataTransfer-Out-Bytes' }),
  node('i-2', '4', { line_item_usage_type: 'SpotUsage:m5.large' }),
  node('i-9', '100'),
  pod('i-1', 'live', '3.0000000001', '2'),
  pod('i-1', 'live', '1.5', '3.5000000002', { line_item_usage_account_id: '999' }),
  pod('i-2', 'live', '2', '1'),
  pod('i-3', 'stage', '0.5', '0.25'),
]

const asked = { net: false, from: '2026-09-01', to: '2026-10-01', limit: 10 } as const
const read = async (more: Partial<SplitNodesRequest> = {}) => {
  const answer = mustSucceed(await readSplitNodes({ ...asked, ...more }, workspace.work()))
  expect(splitNodesSchema.parse(answer)).toEqual(answer)
  return answer
}

beforeAll(async () => {
  workspace = await openTestStore()
  const texts = ['line_item_unblended_cost', 'split_line_item_split_cost', 'split_line_item_unused_cost']
  const nets = ['split_line_item_net_split_cost', 'split_line_item_net_unused_cost']
  await writeParquet(
    join(workspace.outside, 'bill.parquet'),
    bill,
    Object.fromEntries([...texts, ...nets].map((name) => [name, 'VARCHAR'])),
  )
  mustSucceed(await workspace.bringIn(workspace.outside))
})
afterAll(() => workspace.close())

describe('the nodes of containers', () => {
  it('come to what their containers were given and a remainder, to the last digit', async () => {
    const { nodes, clusters, total, currency } = await read()
    expect(currency).toBe('USD')
    expect(
      nodes.map((one) => [one.node, one.cost, one.total, one.remainder, one.other, one.unbilled]),
    ).toEqual([
      ['i-1', '10.000000000300', '10.000000000300', '0.000000000000', '0.750000000000', 0],
      ['i-2', '4.000000000000', '3.000000000000', '1.000000000000', '0.000000000000', 0],
      ['i-3', '0.000000000000', '0.750000000000', '-0.750000000000', '0.000000000000', 1],
    ])
    expect(clusters.map(({ cluster, nodes: count }) => [cluster, count])).toEqual([
      ['live', 2],
      ['stage', 1],
    ])
    for (const part of ['cost', 'used', 'unused', 'remainder', 'other'] as const) {
      expect(exactSum(nodes.map((one) => one[part]))).toBe(total[part])
      expect(exactSum(clusters.map((one) => one[part]))).toBe(total[part])
    }
    expect(exactSum([total.used, total.unused, total.remainder])).toBe(total.cost)
  })

  it('share what the lens shows, and stay in no total twice', async () => {
    const lens = mustSucceed(await readSplitCost({ ...asked, by: ['namespace'] }, workspace.work()))
    expect((await read()).total).toMatchObject(lens.total)
    const whole = await workspace.query({ measure: 'effective', from: asked.from, to: asked.to })
    expect(whole.total.effective).toBe(exactSum(['10.0000000003', '0.75', '4', '100']))
  })

  it('are told whole where a filter lets some of their containers through', async () => {
    const { nodes, total } = await read({ where: [{ dimension: 'account', operator: '=', value: '999' }] })
    expect(nodes.map((one) => one.node)).toEqual(['i-1'])
    expect(total.remainder).toBe('0.000000000000')
    expect((await read({ limit: 1 })).total.nodes).toBe(3)
  })

  it('are none where nothing is split', async () => {
    const { nodes, total, currency } = await read({ from: '2026-07-01', to: '2026-08-01' })
    expect([nodes, total.cost, total.nodes, currency]).toEqual([[], '0', 0, null])
  })

  it('are asked in SQL that DuckDB takes, after discounts and before', async () => {
    for (const net of [true, false]) {
      const question = {
        measures: ['effective'] as const,
        by: [],
        window: { from: '2026-09-01', to: '2026-10-01' },
        previous: null,
        fiscalYearStart: 1,
        apart: false,
        where: [{ dimension: `tag:a'; DROP TABLE x`, operator: '=', value: "b'" } as const],
      }
      const { sql, values } = compileNodes(question, net, 5)
      expect(sql).not.toContain('DROP')
      expect(await workspace.rows(`EXPLAIN ${sql}`, values)).not.toEqual([])
    }
  })
})
