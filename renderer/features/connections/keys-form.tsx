import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { AwsConnection } from '../../../analytics/contract/connections'
import type { Failure } from '../../../analytics/contract/result'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { FormField } from '../../components/form-field'
import { useChannel } from '../../queries/use-channel'
import { showToast } from '../../stores/toasts'

interface KeysFormProps {
  /** Whose keys are exchanged; absent for a connection of its own. */
  readonly replaces: AwsConnection | undefined
  readonly onClose: () => void
}

const nothing = { accessKeyId: '', secretAccessKey: '', sessionToken: '' }

/** Keys go from here into the keychain, and are gone from this page when they are saved. */
export function KeysForm({ replaces, onClose }: KeysFormProps) {
  const bridge = useBridge()
  const client = useQueryClient()
  const store = useChannel('connections/key-store', {})
  const [name, setName] = useState(replaces?.profile ?? '')
  const [region, setRegion] = useState(replaces?.region ?? '')
  const [keys, setKeys] = useState(nothing)
  const [isUntested, setUntested] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const type = (field: keyof typeof nothing) => (text: string) => setKeys({ ...keys, [field]: text.trim() })

  const save = async (event: FormEvent) => {
    event.preventDefault()
    setSaving(true)
    setFailure(null)
    const { sessionToken, ...pair } = keys
    const result = await bridge.call('connections/save-keys', {
      name: name.trim(),
      ...pair,
      ...(sessionToken === '' ? {} : { sessionToken }),
      region: region.trim() === '' ? null : region.trim(),
      ...(replaces === undefined ? {} : { replaces: true }),
      ...(isUntested ? { untested: true } : {}),
    })
    setSaving(false)
    if (!result.ok) {
      setFailure(result.failure)
      return
    }
    setKeys(nothing)
    const { account } = result.value
    showToast(
      'good',
      `The keys of ${result.value.name} are in the keychain.`,
      account === null ? null : `They are of the account ${account}. The connection is read-only.`,
    )
    await client.invalidateQueries({ queryKey: ['connections/list'] })
    onClose()
  }

  const closing = (
    <Button kind="quiet" onClick={onClose}>
      Close
    </Button>
  )
  if (store.data !== undefined && store.data.kind !== 'ready') {
    const { kind, reason, hint } = store.data
    return (
      <div className="flex max-w-prose flex-col items-start gap-2" role="status">
        <p className="font-medium">{reason}</p>
        <p>{hint}</p>
        <p className="text-muted">Keys are kept in the keychain of the system or not at all.</p>
        <div className="flex gap-2">
          <Button onClick={store.retry}>{kind === 'locked' ? 'It is unlocked now' : 'Look again'}</Button>
          {closing}
        </div>
      </div>
    )
  }
  return (
    <form onSubmit={(event) => void save(event)} className="flex flex-col gap-3" aria-label="Keys">
      <p className="max-w-prose text-12 text-muted">
        They are kept in the {store.data?.backend ?? 'keychain'} of this system and nowhere else, and are not
        shown again. A profile with single sign-on is safer: its keys end by themselves.
      </p>
      <div className="grid max-w-3xl grid-cols-2 gap-3">
        <FormField
          label="Name of the connection"
          value={name}
          onText={setName}
          disabled={replaces !== undefined}
          required
          fieldClass="font-mono text-12"
        />
        <FormField
          label="Region (optional)"
          value={region}
          onText={setRegion}
          placeholder="eu-central-1"
          fieldClass="font-mono text-12"
        />
        <FormField
          label="Access key id"
          value={keys.accessKeyId}
          onText={type('accessKeyId')}
          required
          fieldClass="font-mono text-12"
        />
        <FormField
          label="Secret access key"
          type="password"
          value={keys.secretAccessKey}
          onText={type('secretAccessKey')}
          autoComplete="new-password"
          required
          fieldClass="font-mono text-12"
        />
        <FormField
          label="Session token (of temporary keys)"
          type="password"
          value={keys.sessionToken}
          onText={type('sessionToken')}
          autoComplete="new-password"
          fieldClass="font-mono text-12"
        />
      </div>
      <label className="flex items-center gap-2">
        <input type="checkbox" checked={isUntested} onChange={(event) => setUntested(event.target.checked)} />
        Save without asking AWS whose they are
      </label>
      {failure === null ? null : <FailureNotice failure={failure} />}
      <div className="flex gap-2">
        <Button kind="primary" type="submit" disabled={isSaving}>
          {isSaving ? 'Saving…' : 'Save to the keychain'}
        </Button>
        {closing}
      </div>
    </form>
  )
}
