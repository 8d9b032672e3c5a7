import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Application } from '../application'
import { documentedError } from '../testing/documented'
import { openApplication } from '../testing/open-application'
import { documentOf, runCli } from '../testing/run-cli'
import { temporaryFolders } from '../testing/temporary-folder'
import { parseCommitments, parsePlan } from './parse-commitments'

// Whole processes at work on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const newFolder = temporaryFolders('commitments')
let home: string
let application: Application

beforeAll(async () => {
  home = await newFolder()
  application = (await openApplication(home)).application
})
afterAll(() => application.close())

describe('finops commitments', () => {
  it('asks for what the words say', () => {
    expect(parseCommitments({ days: '90' })).toEqual({ ok: true, value: { days: 90 } })
    expect(
      parsePlan({
        plan: true,
        term: '3',
        payment: 'all-upfront',
        fall: '20',
        months: '4',
        rate: ['compute-plan=27', 'database-plan=12.5'],
        interruptible: '40',
        spotDiscount: '65',
      }),
    ).toEqual({
      ok: true,
      value: {
        term: 3,
        payment: 'all-upfront',
        fall: 0.2,
        months: 4,
        rates: [
          { offering: 'compute-plan', discount: 0.27 },
          { offering: 'database-plan', discount: 0.125 },
        ],
        interruptible: 0.4,
        spotDiscount: 0.65,
      },
    })
  })

  it.each([
    [['--days', '3'], 2, /--days/],
    [['--plan', '--term', '2'], 2, /--term/],
    [['--plan', '--rate', 'compute-plan'], 2, /--rate/],
    [['--plan', '--spot-discount', '100'], 2, /--spot-discount/],
    [['--fall', '20'], 2, /--fall is for a plan/],
    [[], 3, /no whole day of billing data/],
    [['--plan'], 3, /no whole day of billing data/],
  ])('says what is wrong with %j', async (argv, code, message) => {
    const run = await runCli(['commitments', ...argv, '--json', '--home', home])
    expect(run.code).toBe(code)
    expect(documentedError.parse(documentOf(run)).error.message).toMatch(message)
  })
})
