import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Question } from '../../../analytics/contract/questions'
import { putQuestion, useQuestions } from '../../stores/questions'
import { setWork } from '../../stores/work'
import { type Answers, FakeBridge } from '../../testing/fake-bridge'
import { renderWith } from '../../testing/render'
import { Questions } from './questions'

const asked = { askedAt: '2026-11-01T00:00:00Z' }
const code: Question = {
  ...asked,
  id: 'q-1',
  kind: 'mfa-code',
  until: '2026-11-01T00:05:00Z',
  device: 'arn:aws:iam::111122223333:mfa/ann',
  profile: 'audit',
}
const offer: Question = {
  ...asked,
  id: 'q-2',
  kind: 'import',
  until: null,
  items: [{ token: 'token-1', label: '/exports/my-cur' }],
}

function put(question: Question, answers: Answers = {}) {
  const bridge = new FakeBridge({ 'questions/answer': { value: {} }, ...answers })
  renderWith(bridge, <Questions />)
  act(() => putQuestion(question))
  return bridge
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name })

describe('the code of a device', () => {
  it('is sent once it has six digits, however it is spaced', async () => {
    const bridge = put(code)
    const field = screen.getByLabelText(/arn:aws:iam::111122223333:mfa\/ann/)
    expect(screen.getByRole('dialog').textContent).toContain('The AWS profile audit')
    expect(document.activeElement).toBe(field)
    fireEvent.change(field, { target: { value: '12345' } })
    expect(button('Sign in').disabled).toBe(true)
    fireEvent.change(field, { target: { value: '123 456' } })
    fireEvent.click(button('Sign in'))
    expect(bridge.inputsOf('questions/answer')).toEqual([
      { id: 'q-1', reply: { kind: 'code', code: '123456' } },
    ])
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('is refused by closing the question, and the next question takes its place', async () => {
    const bridge = put(code)
    act(() => putQuestion(offer))
    fireEvent.click(button('Close'))
    expect(bridge.inputsOf('questions/answer')).toEqual([{ id: 'q-1', reply: { kind: 'no' } }])
    await screen.findByRole('dialog', { name: 'Import my-cur?' })
  })
})

describe('an offer to import', () => {
  it('imports by its token after a yes', async () => {
    const bridge = put(offer, { 'import/run': { value: { imports: [], warnings: [] } } })
    expect(screen.getByRole('dialog').textContent).toContain('/exports/my-cur')
    fireEvent.click(button('Import'))
    await waitFor(() => expect(bridge.inputsOf('import/run')).toEqual([{ paths: ['picked:token-1'] }]))
    expect(bridge.inputsOf('questions/answer')).toEqual([{ id: 'q-2', reply: { kind: 'yes' } }])
    expect(useQuestions.getState().questions).toEqual([])
  })

  it('reads nothing after a no, nor when it was answered elsewhere', async () => {
    const late = { code: 'no-such-question', message: 'Nobody waits for this answer any more.' }
    const bridge = put(offer, { 'questions/answer': { failure: late } })
    fireEvent.click(button('Import'))
    await waitFor(() => expect(bridge.inputsOf('questions/answer')).toHaveLength(1))
    act(() => putQuestion(offer))
    fireEvent.click(button('Do not import'))
    expect(bridge.inputsOf('questions/answer').at(-1)).toEqual({ id: 'q-2', reply: { kind: 'no' } })
    expect(bridge.inputsOf('import/run')).toEqual([])
  })

  it('waits while another import runs', () => {
    put(offer)
    act(() => setWork({ state: 'running' }))
    expect(button('Import').disabled).toBe(true)
  })
})
