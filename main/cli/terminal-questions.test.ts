import { expect, it } from 'vitest'
import type { AppEvent } from '../../analytics/contract/events'
import type { Reply } from '../../analytics/contract/questions'
import { type AskLine, questionsOnTerminal } from './terminal-questions'

const question = {
  type: 'question',
  question: {
    id: 'q-1',
    kind: 'mfa-code',
    askedAt: '2026-11-01T00:00:00Z',
    until: null,
    device: 'arn:mfa/ann',
    profile: 'audit',
  },
} as const satisfies AppEvent

function terminal(askLine: AskLine) {
  const answers: [string, Reply][] = []
  const hear = questionsOnTerminal(askLine, async (id, reply) => answers.push([id, reply]))
  return { answers, hear }
}

it('asks until the line is a code', async () => {
  const lines = ['12', ' 123 456 ']
  const prompts: string[] = []
  const { answers, hear } = terminal(async (prompt) => {
    prompts.push(prompt)
    return lines.shift() ?? null
  })
  hear(question)
  await expect.poll(() => answers).toEqual([['q-1', { kind: 'code', code: '123456' }]])
  expect(prompts[0]).toBe('Code of the multi-factor device arn:mfa/ann of the profile audit: ')
  expect(prompts).toHaveLength(2)
})

it.each(['', null])('takes %j for a refusal', async (line) => {
  const { answers, hear } = terminal(async () => line)
  hear(question)
  await expect.poll(() => answers).toEqual([['q-1', { kind: 'no' }]])
})

it('stops asking when the question was answered elsewhere', async () => {
  let ended = false
  const { answers, hear } = terminal(
    (_prompt, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          ended = true
          resolve(null)
        })
      }),
  )
  hear(question)
  hear({ type: 'question-closed', id: 'q-1' })
  await expect.poll(() => ended).toBe(true)
  expect(answers).toEqual([])
})
