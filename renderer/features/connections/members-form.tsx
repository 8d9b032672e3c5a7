import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { Member, MembersRequest } from '../../../analytics/contract/connections'
import type { Failure } from '../../../analytics/contract/result'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { FailureNotice } from '../../components/failure-notice'
import { FormField } from '../../components/form-field'
import { counted } from '../../format/money'
import { showToast } from '../../stores/toasts'
import { ConnectionNames } from './connection-names'

const states: Readonly<
  Record<Member['state'], { readonly tone: 'plain' | 'good' | 'warn'; readonly text: string }>
> = {
  works: { tone: 'good', text: 'Role works' },
  refused: { tone: 'warn', text: 'Refused' },
  suspended: { tone: 'plain', text: 'Suspended' },
  own: { tone: 'plain', text: 'Account of the connection' },
}

const columns: readonly Column<Member>[] = [
  { id: 'account', head: 'Account', cell: ({ account }) => account },
  { id: 'name', head: 'Name', cell: ({ accountName }) => accountName },
  {
    id: 'state',
    head: 'State',
    cell: ({ state, isKept }) =>
      isKept && state === 'works' ? (
        <Chip>Added</Chip>
      ) : (
        <Chip tone={states[state].tone}>{states[state].text}</Chip>
      ),
  },
  {
    id: 'why',
    head: 'Next step',
    isElastic: true,
    cell: ({ trouble }) =>
      trouble === null ? (
        ''
      ) : (
        <span className="block whitespace-normal text-12">
          {trouble.message} {trouble.hint}
        </span>
      ),
  },
]

interface Found {
  readonly request: MembersRequest
  readonly members: readonly Member[]
}

/** A role of one name in every account of the organisation, tried before anything is added. */
export function MembersForm({ onClose }: { readonly onClose: () => void }) {
  const bridge = useBridge()
  const client = useQueryClient()
  const names = useId()
  const [profile, setProfile] = useState('')
  const [role, setRole] = useState('')
  const [externalId, setExternalId] = useState('')
  const [region, setRegion] = useState('')
  const [isWorking, setWorking] = useState(false)
  const [found, setFound] = useState<Found | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const addable = (found?.members ?? []).filter(({ state, isKept }) => state === 'works' && !isKept)

  const find = async (event: FormEvent) => {
    event.preventDefault()
    const request = {
      profile: profile.trim() === '' ? null : profile.trim(),
      role: role.trim(),
      externalId: externalId.trim() === '' ? null : externalId.trim(),
    }
    setWorking(true)
    setFailure(null)
    const result = await bridge.call('connections/members', request)
    setWorking(false)
    setFound(result.ok ? { request, members: result.value.members } : null)
    if (!result.ok) setFailure(result.failure)
  }
  const add = async () => {
    if (found === null) return
    setWorking(true)
    const accounts = addable.map(({ account, accountName }) => ({ account, accountName }))
    const result = await bridge.call('connections/save-members', {
      ...found.request,
      accounts,
      region: region.trim() === '' ? null : region.trim(),
    })
    setWorking(false)
    await client.invalidateQueries({ queryKey: ['connections/list'] })
    if (!result.ok) {
      setFailure(result.failure)
      return
    }
    showToast('good', `${counted(result.value.kept.length, 'connection', 'connections')} added, read-only.`)
    onClose()
  }

  return (
    <form onSubmit={(event) => void find(event)} className="flex flex-col gap-3" aria-label="Member accounts">
      <p className="max-w-prose text-12 text-muted">
        Lists the accounts of the organisation and tries the role in each. Nothing is changed; an account that
        refuses says why.
      </p>
      <div className="grid max-w-3xl grid-cols-2 gap-3">
        <FormField
          label="Connection that takes the role on"
          value={profile}
          onText={setProfile}
          placeholder="the default credentials"
          list={names}
          fieldClass="font-mono text-12"
        />
        <ConnectionNames id={names} />
        <FormField
          label="Role in each account"
          value={role}
          onText={setRole}
          placeholder="OrganizationAccountAccessRole"
          required
          fieldClass="font-mono text-12"
        />
        <FormField
          label="External id (optional)"
          value={externalId}
          onText={setExternalId}
          fieldClass="font-mono text-12"
        />
        <FormField
          label="Region (optional)"
          value={region}
          onText={setRegion}
          placeholder="eu-central-1"
          fieldClass="font-mono text-12"
        />
      </div>
      {failure === null ? null : <FailureNotice failure={failure} />}
      {found === null ? null : (
        <DataTable
          caption="Accounts of the organisation"
          className="max-h-72"
          columns={columns}
          rows={found.members}
          rowKey={({ account }) => account}
        />
      )}
      <div className="flex gap-2">
        {addable.length === 0 ? null : (
          <Button kind="primary" disabled={isWorking} onClick={() => void add()}>
            Add {counted(addable.length, 'connection', 'connections')}
          </Button>
        )}
        <Button
          {...(addable.length === 0 ? { kind: 'primary' as const } : {})}
          type="submit"
          disabled={isWorking}
        >
          {isWorking ? 'Trying…' : found === null ? 'Find accounts' : 'Try again'}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
    </form>
  )
}
