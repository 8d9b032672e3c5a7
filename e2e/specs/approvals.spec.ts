import { z } from 'zod'
import { type AwsEnvironment, awsEnvironment } from '../../main/aws/testing/aws-environment'
import { CloudServer } from '../../main/aws/testing/cloud/cloud-server'
import { expect, test } from '../fixtures/app'
import { violationsInBothThemes } from '../fixtures/axe'
import { finops } from '../fixtures/program'
import { Shell } from '../pages/shell'

test.use({ startsAt: 'about' })

const foundSchema = z.object({
  recommendations: z.array(
    z.object({
      title: z.string(),
      account: z.string(),
      region: z.string(),
      action: z.object({ kind: z.string(), params: z.record(z.string(), z.unknown()) }).nullable(),
    }),
  ),
})

let cloud: CloudServer
let environment: AwsEnvironment
test.beforeAll(async () => {
  cloud = await CloudServer.start()
  environment = await awsEnvironment(cloud.url)
})
test.afterAll(async () => {
  await cloud.close()
  await environment.end()
})

test('what is approved is planned, executed, taken back, and can be read in the audit', async ({ app }) => {
  test.setTimeout(180_000)
  const { page, home } = app
  const found = foundSchema.parse(await finops(home, 'recommend'))
  const wanted = found.recommendations.find(({ action }) => action?.kind === 'set-log-retention')
  if (!wanted) throw new Error('the sample has no log group that never expires')
  const logGroupName = String(wanted.action?.params.group)
  cloud.state.account = wanted.account
  cloud.state.put(wanted.region, 'logGroups', { logGroupName })
  const before = cloud.state.dump()
  await finops(home, 'connections', 'write', 'on')

  await new Shell(page).goTo('approvals')
  await page.getByRole('checkbox', { name: `Choose ${wanted.title}` }).check()
  await page.getByRole('button', { name: 'Approve', exact: true }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click()
  const approved = page.getByRole('table', { name: 'Approved' })
  await approved.getByRole('checkbox', { name: `Choose ${wanted.title}` }).check()
  expect(await violationsInBothThemes(page, 'main')).toEqual([])

  await page.getByRole('button', { name: 'Execute', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Show the plan' }).click()
  await expect(dialog.getByRole('list', { name: 'Steps' })).toContainText('logs:PutRetentionPolicy')
  await expect(dialog.getByRole('region', { name: 'The way back' })).toContainText('keep everything again')
  expect(cloud.changes()).toEqual([])
  await dialog.getByRole('button', { name: 'Execute', exact: true }).click()
  await expect(dialog.getByRole('list', { name: 'Steps' })).toContainText('done')
  expect(cloud.changes()).toHaveLength(1)
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  await page.getByRole('button', { name: 'Executions', exact: true }).click()
  await page.getByRole('button', { name: `${wanted.title}, detail`, exact: true }).click()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(
    page.getByRole('dialog').getByText('It is itself the undo of another execution.'),
  ).toBeVisible()
  expect(cloud.state.dump()).toEqual(before)

  await page.getByRole('button', { name: 'Audit', exact: true }).click()
  const journal = page.getByRole('table', { name: 'Journal' })
  await expect(journal).toContainText(`asks logs:PutRetentionPolicy`)
  await expect(page.getByText(/^sound, \d+ entries$/)).toBeVisible()
  const verified = await finops(home, 'audit', '--verify')
  expect(verified).toMatchObject({ ok: true, state: 'sound' })
})
