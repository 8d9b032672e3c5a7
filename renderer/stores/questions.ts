import { create } from 'zustand'
import type { Question } from '../../analytics/contract/questions'

interface QuestionStore {
  /** Oldest first: they are put one after the other. */
  readonly questions: readonly Question[]
}

export const useQuestions = create<QuestionStore>()(() => ({ questions: [] }))

export function replaceQuestions(questions: readonly Question[]): void {
  useQuestions.setState({ questions })
}

export function putQuestion(question: Question): void {
  useQuestions.setState(({ questions }) => ({
    questions: [...questions.filter(({ id }) => id !== question.id), question],
  }))
}

export function dropQuestion(id: string): void {
  useQuestions.setState(({ questions }) => ({ questions: questions.filter((one) => one.id !== id) }))
}
