import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { splitNodesSchema, splitTableSchema } from '../../analytics/contract/split-cost'
import { usage } from '../../analytics/testing/bill-rows'
import { codeOf, mustSucceed } from '../../analytics/testing/open-test-store'
import { writeParquet } from '../../analytics/testing/parquet-file'
import type { Application } from '../application'
import { documentedError } from '../testing/documented'
import { openApplication } from '../testing/open-application'
import { documentOf, runCli } from '../testing/run-cli'
import { temporaryFolders } from '../testing/temporary-folder'
import { parseContainers, parseNodes } from './containers'

// Whole processes at work on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const newFolder = temporaryFolders('containers')
let home: string
let application: Application
const run = (...argv: readonly string[]) => runCli(['containers', ...argv, '--home', home])

const pod = (namespace: string, used: string, unused: string) =>
  usage(0, {
    line_item_operation: 'EKSPod-EC2',
    line_item_usage_type: 'EKS-EC2-vCPU-Hours',
    line_item_resource_id: `arn:aws:eks:eu-west-1:1:pod/live/${namespace}/web/1`,
    split_line_item_split_cost: used,
    split_line_item_unused_cost: unused,
    split_line_item_net_split_cost: null,
    split_line_item_net_unused_cost: null,
    split_line_item_parent_resource_id: 'i-1',
  })

const splitColumns = ['split_cost', 'unused_cost', 'net_split_cost', 'net_unused_cost'].map(
  (name) => `split_line_item_${name}`,
)

beforeAll(async () => {
  home = await newFolder()
  const folder = await newFolder()
  application = (await openApplication(home)).application
  await writeParquet(
    join(folder, 'bill.parquet'),
    [
      usage(10, { line_item_resource_id: 'i-1', line_item_usage_type: 'EU-BoxUsage:m5.large' }),
      pod('shop', '4', '2'),
      pod('data', '1', '2.5'),
    ],
    Object.fromEntries(splitColumns.map((name) => [name, 'VARCHAR'])),
  )
  expect((await runCli(['import', folder, '--home', home])).code).toBe(0)
})
afterAll(() => application.close())

describe('finops containers', () => {
  it('asks of the last month after discounts, unless it is told otherwise', () => {
    expect(mustSucceed(parseContainers({ limit: '1000' }))).toEqual({
      by: ['cluster', 'namespace'],
      period: 'last-month',
      net: true,
      limit: 1_000,
    })
    expect(mustSucceed(parseNodes({ limit: '5', gross: true, last: '2w', where: ['account=1'] }))).toEqual({
      period: 'last-2-weeks',
      net: false,
      limit: 5,
      where: [{ dimension: 'account', operator: '=', value: '1' }],
    })
    expect(codeOf(parseContainers({ limit: '10', by: 'planet' }))).toBe('usage')
    expect(codeOf(parseNodes({ limit: 'many' }))).toBe('usage')
  })

  it('tells what each namespace used, and the rest of its node beside the bill', async () => {
    const september = ['--from', '2026-09-01', '--to', '2026-10-01'] as const
    const { rows, total } = splitTableSchema.parse(
      documentOf(await run('--by', 'namespace', ...september, '--json')),
    )
    expect(rows.map(({ values, total: sum }) => [values[0], Number(sum)])).toEqual([
      ['shop', 6],
      ['data', 3.5],
    ])
    expect(Number(total.total)).toBe(9.5)
    const nodes = splitNodesSchema.parse(documentOf(await run('nodes', ...september, '--json')))
    expect([Number(nodes.total.cost), Number(nodes.total.remainder)]).toEqual([10, 0.5])
    const table = await run('nodes', ...september)
    expect(table.stdout).toMatch(/Total\s+1 node\s+5\.00/)
    expect(table.stdout).toMatch(/live\s+i-1\s+5\.00\s+4\.50\s+0\.50\s+10\.00\s+0\.00/)
  })

  it('says that nothing is split, and what is wrong', async () => {
    const none = await run('--from', '2026-08-01', '--to', '2026-09-01')
    expect(none.stdout).toContain('No split cost in the period')
    const wrong = await run('--by', 'planet', '--json')
    expect(wrong.code).toBe(2)
    expect(documentedError.parse(documentOf(wrong)).error.message).toMatch(/--by/)
  })
})
