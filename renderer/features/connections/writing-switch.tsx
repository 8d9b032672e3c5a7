import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AwsConnection } from '../../../analytics/contract/connections'
import type { Failure } from '../../../analytics/contract/result'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Modal } from '../../components/modal'
import { Moment } from '../../components/moment'
import { nameOf } from './connection-words'

/** Switching on asks once more; switching off never does. */
export function WritingSwitch({ connection }: { readonly connection: AwsConnection }) {
  const { profile, writing, writingSince, account } = connection
  const bridge = useBridge()
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const change = async (next: boolean) => {
    setAsking(false)
    const result = await bridge.call('connections/write', { profile, writing: next })
    setFailure(result.ok ? null : result.failure)
    await client.invalidateQueries({ queryKey: ['connections/list'] })
    await client.invalidateQueries({ queryKey: ['connections/writing'] })
  }
  return (
    <section aria-label="Changes" className="flex flex-col gap-1">
      <div className="flex items-center gap-3">
        <h3 className="font-semibold">Changes</h3>
        {writing ? (
          <Button className="ml-auto" onClick={() => void change(false)}>
            Make read-only
          </Button>
        ) : (
          <Button className="ml-auto" onClick={() => setAsking(true)}>
            Allow changes
          </Button>
        )}
      </div>
      <p className="text-muted">
        {writing && writingSince !== null ? (
          <>
            Allowed <Moment instant={writingSince} />. Each change is still approved before it is made.
          </>
        ) : (
          'Read-only: whatever its policies allow, the program makes no change with it.'
        )}
      </p>
      {failure === null ? null : <FailureNotice failure={failure} />}
      <Modal
        open={isAsking}
        onClose={() => setAsking(false)}
        title={`Allow changes with ${nameOf(profile)}?`}
        description={`Approved changes can then be made in ${account === null ? 'the account of this connection' : `the account ${account}`}. Nothing is changed without an approval.`}
      >
        <div className="mt-3 flex justify-end gap-2">
          <Button onClick={() => setAsking(false)}>Keep it read-only</Button>
          <Button kind="primary" onClick={() => void change(true)}>
            Allow changes
          </Button>
        </div>
      </Modal>
    </section>
  )
}
