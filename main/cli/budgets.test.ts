import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { budgetSchema, budgetsSchema } from '../../analytics/contract/budgets'
import type { Application } from '../application'
import { documentedError } from '../testing/documented'
import { openApplication } from '../testing/open-application'
import { documentOf, runCli } from '../testing/run-cli'
import { temporaryFolders } from '../testing/temporary-folder'

// Whole processes at work on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const newFolder = temporaryFolders('budgets')
let home: string
let application: Application
const json = (...argv: readonly string[]) => runCli(['budgets', ...argv, '--json', '--home', home])

beforeAll(async () => {
  home = await newFolder()
  application = (await openApplication(home)).application
})
afterAll(() => application.close())

describe('finops budgets', () => {
  it('writes a budget down, lists it and takes it away', async () => {
    const added = await json(
      ...['add', 'Shop', '--amount', '1500.50', '--from', '2026-01-01', '--period', 'quarter'],
      ...[
        '--where',
        'account=111',
        '--threshold',
        'actual:80',
        'forecast:100',
        '--growth',
        '2.5',
        '--plan',
        'last-year',
      ],
    )
    expect(added.code).toBe(0)
    expect(budgetSchema.parse(documentOf(added))).toMatchObject({
      name: 'Shop',
      plan: 'last-year',
      where: [{ dimension: 'account', operator: '=', value: '111' }],
      thresholds: [
        { of: 'actual', percent: 80 },
        { of: 'forecast', percent: 100 },
      ],
    })
    const { budgets } = budgetsSchema.parse(documentOf(await json()))
    expect(budgets).toMatchObject([{ state: 'waiting', amount: '1500.500000000000', to: '2026-04-01' }])
    const table = await runCli(['budgets', 'list', '--home', home])
    expect(table.stdout).toMatch(/Shop\s+not begun\s+2026-01-01\s+2026-04-01\s+1,500\.50/)
    expect(documentOf(await json('remove', 'Shop'))).toEqual({ name: 'Shop' })
    expect(documentOf(await json())).toEqual({ budgets: [] })
  })

  it.each([
    [['add', 'x', '--amount', '-1', '--from', '2026-01-01'], 2, /--amount: an amount is a positive number/],
    [['add', 'x', '--amount', '1', '--from', '2026-01-02'], 2, /--from: a budget begins on the first day/],
    [['add', 'x', '--amount', '1', '--from', '2026-01-01', '--threshold', '80'], 2, /--threshold 80/],
    [['add', 'x', '--amount', '1', '--from', '2026-02-01', '--to', '2026-01-01'], 2, /holds no day/],
    [['remove', 'nothing'], 3, /no budget named nothing/],
  ])('says what is wrong with %j', async (argv, code, message) => {
    const run = await json(...argv)
    expect(run.code).toBe(code)
    expect(documentedError.parse(documentOf(run)).error.message).toMatch(message)
  })
})
