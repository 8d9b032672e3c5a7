import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AppEvent } from '../../analytics/contract/events'
import { succeed } from '../../analytics/contract/result'
import type { Progress } from '../../analytics/contract/tasks'
import { quickClient } from '../aws/testing/aws-environment'
import { mfaCodesFrom } from '../questions/ask-mfa-code'
import { QuestionCentre } from '../questions/question-centre'
import { syncAnswers } from './answers'
import { bytes, deliver, draft, got, openSyncFixture, type SyncFixture } from './sync-fixture'

let fixture: SyncFixture
let events: AppEvent[]
let questions: QuestionCentre
const source = { ...draft, profile: 'reader', addedAt: '2026-10-01T00:00:00Z', lastSync: null }

beforeEach(async () => {
  fixture = await openSyncFixture()
  events = []
  questions = new QuestionCentre((event) => events.push(event))
  await writeFile(
    join(fixture.environment.folder, 'config'),
    '[profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = not-a-secret\n[profile reader]\nrole_arn = arn:aws:iam::111122223333:role/billing\nsource_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/ann\nregion = us-east-1\n',
  )
  deliver(fixture.server, { period: '2026-09', files: { '1.parquet': bytes(100) } })
})
afterEach(() => fixture.end())

const answers = (isAnybodyThere = true) =>
  syncAnswers({
    home: fixture.home,
    env: process.env,
    settings: { ...quickClient, requestMs: 2_000 },
    policy: fixture.ports().policy,
    askMfaCode: mfaCodesFrom(questions, isAnybodyThere),
    ask: async (channel) => {
      if (channel === 's3-sources/list') return succeed({ sources: [source] })
      if (channel === 's3-sources/write' || channel === 's3-sources/synced') return succeed(source)
      return succeed({ imports: [], warnings: [] })
    },
  })

const asked = async () => {
  await expect.poll(() => questions.list()).toHaveLength(1)
  return questions.list()[0]?.id ?? ''
}

test('a role with a device is asked for once, whatever is done with its source', async () => {
  const sync = answers()
  const steps: Progress[] = []
  const running = sync['sync/run']({}, { onProgress: (step) => steps.push(step) })
  const id = await asked()
  expect(questions.list()).toMatchObject([{ device: 'arn:aws:iam::111122223333:mfa/ann', profile: 'reader' }])
  expect(steps.at(-1)?.stage).toBe('Waiting for the multi-factor code of reader')
  questions.answer({ id, reply: { kind: 'code', code: '123456' } })
  expect(got(await running).sources).toMatchObject([{ state: 'done', files: { fetched: 2 } }])
  const { addedAt, lastSync, ...place } = source
  got(await sync['s3/test'](place))
  got(await sync['s3/save'](place))
  expect(fixture.server.stsCalls.map((call) => call.get('TokenCode'))).toEqual(['123456'])
})

test('without the code nothing is fetched, and the next step is told', async () => {
  const refused = answers()['sync/run']({})
  questions.answer({ id: await asked(), reply: { kind: 'no' } })
  expect(await refused).toMatchObject({ failure: { code: 'mfa-not-given' } })
  expect(await answers(false)['sync/run']({})).toMatchObject({
    failure: { code: 'mfa-nobody-there', hint: expect.stringContaining('terminal') },
  })
  expect(fixture.server.requests).toEqual([])
})

test('a sync that is cancelled takes its question back', async () => {
  const stop = new AbortController()
  const running = answers()['sync/run']({}, { signal: stop.signal })
  await asked()
  stop.abort()
  expect(await running).toMatchObject({ failure: { code: 'cancelled' } })
  expect(questions.list()).toEqual([])
  expect(events.map(({ type }) => type)).toEqual(['question', 'question-closed'])
})
