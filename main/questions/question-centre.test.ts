import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type AppEvent, appEventSchema } from '../../analytics/contract/events'
import { NoMfaCodeError } from '../aws/mfa'
import { mfaCodesFrom, mfaPatienceMs } from './ask-mfa-code'
import { QuestionCentre } from './question-centre'

let events: AppEvent[]
let centre: QuestionCentre
const request = () => ({ device: 'arn:mfa/ann', profile: 'audit', signal: new AbortController().signal })

beforeEach(() => {
  vi.useFakeTimers()
  events = []
  centre = new QuestionCentre((event) => events.push(appEventSchema.parse(event)))
})
afterEach(() => void vi.useRealTimers())

const open = () => centre.list()[0]?.id ?? ''

it('a question is told, listed, answered once, and then gone', async () => {
  const code = mfaCodesFrom(centre, true)(request())
  expect(centre.list()).toMatchObject([{ kind: 'mfa-code', device: 'arn:mfa/ann', profile: 'audit' }])
  const id = open()
  expect(centre.answer({ id, reply: { kind: 'yes' } })).toMatchObject({ failure: { code: 'wrong-answer' } })
  expect(centre.answer({ id, reply: { kind: 'code', code: '123456' } })).toEqual({ ok: true, value: {} })
  expect(await code).toBe('123456')
  expect(events.map(({ type }) => type)).toEqual(['question', 'question-closed'])
  expect(centre.list()).toEqual([])
  expect(centre.answer({ id, reply: { kind: 'no' } })).toMatchObject({
    failure: { code: 'no-such-question' },
  })
})

it('a code that is refused, too late, cancelled, or asked of nobody ends the wait with the reason', async () => {
  const ask = mfaCodesFrom(centre, true)
  const refused = ask(request())
  centre.answer({ id: open(), reply: { kind: 'no' } })
  await expect(refused).rejects.toEqual(new NoMfaCodeError('not-given'))

  const late = expect(ask(request())).rejects.toMatchObject({ reason: 'too-late' })
  await vi.advanceTimersByTimeAsync(mfaPatienceMs)
  await late

  const stop = new AbortController()
  const cancelled = ask({ ...request(), signal: stop.signal })
  stop.abort()
  await expect(cancelled).rejects.toMatchObject({ reason: 'not-given' })
  await expect(ask({ ...request(), signal: stop.signal })).rejects.toMatchObject({ reason: 'not-given' })

  const before = events.length
  await expect(mfaCodesFrom(centre, false)(request())).rejects.toMatchObject({ reason: 'nobody-there' })
  expect(events).toHaveLength(before)
  expect(centre.list()).toEqual([])
})

it('an offer waits as long as the application runs', async () => {
  const offer = centre.ask({ kind: 'import', items: [{ token: 't', label: '/bill.csv' }] }, null)
  await vi.advanceTimersByTimeAsync(24 * 3_600_000)
  expect(centre.list()).toMatchObject([{ kind: 'import', until: null }])
  centre.close()
  expect(await offer).toBe('cancelled')
})
