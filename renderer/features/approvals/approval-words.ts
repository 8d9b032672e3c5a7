import type { ApprovalState } from '../../../analytics/contract/approvals'
import type { Execution, ExecutionStep } from '../../../analytics/contract/executions'

type Tone = 'plain' | 'good' | 'warn' | 'bad'

export const approvalWords: Readonly<Record<ApprovalState, readonly [word: string, tone: Tone]>> = {
  waiting: ['needs a second person', 'warn'],
  approved: ['approved', 'good'],
  rejected: ['rejected', 'plain'],
  revoked: ['taken back', 'plain'],
  expired: ['expired', 'plain'],
  spent: ['executed', 'plain'],
}

export const undoWords = {
  exact: 'Can be taken back exactly',
  rebuild: 'Can be built anew',
  window: 'Can be taken back for a time',
  none: 'Cannot be taken back',
} as const

export function executionWords({ state, outcome, undoneBy }: Execution): readonly [word: string, tone: Tone] {
  if (undoneBy !== null) return ['taken back', 'plain']
  switch (state) {
    case 'planned':
      return ['not begun', 'plain']
    case 'running':
      return ['running', 'warn']
    case 'done':
      return ['done', 'good']
    case 'unknown':
      return ['not settled', 'bad']
    case 'failed':
      if (outcome === 'put-back') return ['failed, put back', 'warn']
      if (outcome === 'not-started') return ['nothing changed', 'plain']
      return outcome === 'stopped' ? ['stopped on the way', 'bad'] : ['failed', 'bad']
  }
}

export const stepWords: Readonly<Record<ExecutionStep['state'], string>> = {
  planned: 'to do',
  running: 'running',
  done: 'done',
  already: 'was so already',
  failed: 'failed',
}
