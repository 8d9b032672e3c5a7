import { useEffect, useState } from 'react'
import type { Execution } from '../../../analytics/contract/executions'
import type { Failure } from '../../../analytics/contract/result'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { FailureNotice } from '../../components/failure-notice'
import { Modal } from '../../components/modal'
import { executionWords } from '../approvals/approval-words'
import { useChanges } from '../approvals/use-changes'
import { ProfileField } from './profile-field'
import { StepList } from './step-list'

interface RunDialogProps {
  readonly ids: readonly string[]
  readonly onClose: () => void
}

type Phase = 'choose' | 'planning' | 'planned' | 'running' | 'ended'

/** First the whole plan, then the change, step by step, with a Stop that holds before the next call. */
export function RunDialog({ ids, onClose }: RunDialogProps) {
  const bridge = useBridge()
  const { ask, refresh } = useChanges()
  const [profile, setProfile] = useState('')
  const [phase, setPhase] = useState<Phase>('choose')
  const [executions, setExecutions] = useState<readonly Execution[]>([])
  const [failure, setFailure] = useState<Failure | null>(null)
  const request = (dryRun: boolean) => ({ ids: [...ids], profile: profile === '' ? null : profile, dryRun })

  const run = async (dryRun: boolean) => {
    setFailure(null)
    setPhase(dryRun ? 'planning' : 'running')
    const result = await bridge.call('executions/run', request(dryRun))
    if (!result.ok) {
      setFailure(result.failure)
      setPhase(dryRun ? 'choose' : 'planned')
      return
    }
    setExecutions(result.value.executions)
    setPhase(dryRun ? 'planned' : 'ended')
    if (!dryRun) await refresh()
  }

  useEffect(() => {
    if (phase !== 'running') return
    // What runs is told by the journal; the answer comes when all of it has ended.
    const looking = setInterval(async () => {
      const listed = await bridge.call('executions/list', {})
      if (!listed.ok) return
      const running = listed.value.executions.filter(({ state }) => state === 'running')
      if (running.length > 0) setExecutions(running)
    }, 500)
    return () => clearInterval(looking)
  }, [phase, bridge])

  const isBusy = phase === 'planning' || phase === 'running'
  const canRun = phase === 'planned' && executions.some(({ state }) => state === 'planned')
  return (
    <Modal
      open
      onClose={() => (phase === 'running' ? undefined : onClose())}
      className="max-w-3xl"
      title={ids.length === 1 ? 'Execute a change' : `Execute ${ids.length} changes`}
      description="The plan is made of what AWS tells now. The first change is seen to its end before the next one begins, and the first failure stops the rest."
    >
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto">
        <ProfileField
          value={profile}
          isDisabled={isBusy || phase === 'ended'}
          onChange={(next) => {
            setProfile(next)
            setPhase('choose')
            setExecutions([])
          }}
        />
        {failure === null ? null : <FailureNotice failure={failure} />}
        <div aria-live="polite" className="flex flex-col gap-4">
          {executions.map((execution) => {
            const [word, tone] = executionWords(execution)
            return (
              <article key={execution.id} aria-label={execution.title} className="flex flex-col gap-2">
                <h3 className="flex items-center gap-2 font-semibold">
                  <span className="min-w-0 truncate">{execution.title}</span>
                  <Chip tone={tone}>
                    {phase === 'planned' && execution.state === 'planned' ? 'planned' : word}
                  </Chip>
                </h3>
                <StepList execution={execution} />
              </article>
            )
          })}
        </div>
      </div>
      <div className="mt-4 flex justify-end gap-2">
        {phase === 'running' ? (
          <Button kind="danger" onClick={() => void ask('executions/stop', {})}>
            Stop before the next call
          </Button>
        ) : (
          <Button onClick={onClose}>{phase === 'ended' ? 'Close' : 'Cancel'}</Button>
        )}
        {phase === 'choose' || phase === 'planning' ? (
          <Button kind="primary" disabled={isBusy} onClick={() => void run(true)}>
            {phase === 'planning' ? 'Asking AWS' : 'Show the plan'}
          </Button>
        ) : null}
        {phase === 'planned' ? (
          <Button kind="primary" disabled={!canRun} onClick={() => void run(false)}>
            Execute
          </Button>
        ) : null}
      </div>
    </Modal>
  )
}
