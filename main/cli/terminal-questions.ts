import type { AppEvent } from '../../analytics/contract/events'
import { mfaCodeSchema, type Question, type Reply } from '../../analytics/contract/questions'

/** Asks for a line on the terminal; null when the person ends it without one. */
export type AskLine = (prompt: string, signal: AbortSignal) => Promise<string | null>

type AnswerQuestion = (id: string, reply: Reply) => Promise<unknown>

/** Puts the application's questions to whoever sits at the terminal, until they are answered there or elsewhere. */
export function questionsOnTerminal(askLine: AskLine, answer: AnswerQuestion): (event: AppEvent) => void {
  const open = new Map<string, AbortController>()
  const put = async (question: Extract<Question, { kind: 'mfa-code' }>) => {
    const closed = new AbortController()
    open.set(question.id, closed)
    const reply = await readCode(askLine, question, closed.signal)
    open.delete(question.id)
    if (!closed.signal.aborted) await answer(question.id, reply)
  }
  return (event) => {
    // Whether to import a file is asked where somebody dropped it.
    if (event.type === 'question' && event.question.kind === 'mfa-code') void put(event.question)
    if (event.type === 'question-closed') open.get(event.id)?.abort()
  }
}

async function readCode(
  askLine: AskLine,
  { device, profile }: Extract<Question, { kind: 'mfa-code' }>,
  signal: AbortSignal,
): Promise<Reply> {
  const who = profile === null ? '' : ` of the profile ${profile}`
  let prompt = `Code of the multi-factor device ${device}${who}: `
  while (!signal.aborted) {
    const line = await askLine(prompt, signal)
    if (line === null || line.trim() === '') return { kind: 'no' }
    const code = mfaCodeSchema.safeParse(line.replaceAll(/\s/g, ''))
    if (code.success) return { kind: 'code', code: code.data }
    prompt = 'The code has six digits. Code: '
  }
  return { kind: 'no' }
}
