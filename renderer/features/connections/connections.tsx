import { KeyRound, Network, ScrollText } from 'lucide-react'
import type { AwsConnection } from '../../../analytics/contract/connections'
import { changeView, useRoute } from '../../app/route'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { Moment } from '../../components/moment'
import { Answered, Panel } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { counted } from '../../format/money'
import { useChannel } from '../../queries/use-channel'
import { AccessChip } from './connection-access'
import { ConnectionDetail } from './connection-detail'
import { addressOf, isAddressed, kindTexts, nameOf, stateOf } from './connection-words'
import { KeysForm } from './keys-form'
import { MembersForm } from './members-form'
import { Policies } from './policies'

const columns: readonly Column<AwsConnection>[] = [
  {
    id: 'name',
    head: 'Connection',
    isElastic: true,
    cell: ({ profile }) => (
      <button
        type="button"
        className="max-w-full truncate rounded text-accent hover:underline"
        aria-label={`${nameOf(profile)}, detail`}
        onClick={() => changeView({ connection: addressOf(profile), form: '' })}
      >
        {nameOf(profile)}
      </button>
    ),
  },
  { id: 'kind', head: 'Kind', cell: ({ kind }) => kindTexts[kind] },
  {
    id: 'account',
    head: 'Account',
    cell: ({ account, accountName }) =>
      account === null ? '–' : accountName === '' ? account : `${accountName} (${account})`,
  },
  {
    id: 'state',
    head: 'State',
    cell: (connection) => {
      const { tone, text } = stateOf(connection)
      return <Chip tone={tone}>{text}</Chip>
    },
  },
  { id: 'access', head: 'Changes', cell: ({ writing }) => <AccessChip writing={writing} /> },
  {
    id: 'checked',
    head: 'Checked',
    isWideOnly: true,
    cell: ({ check }) => (check === null ? '–' : <Moment instant={check.at} />),
  },
  {
    id: 'origin',
    head: 'Where its keys come from',
    isWideOnly: true,
    cell: ({ origin }) => (
      <span className="block max-w-96 truncate" title={origin}>
        {origin}
      </span>
    ),
  },
]

const forms = ['keys', 'members', 'policies'] as const
type Form = (typeof forms)[number]
const formOf = (text: string | undefined) => forms.find((form) => form === text)

function FormPanel({
  form,
  replaces,
}: {
  readonly form: Form
  readonly replaces: AwsConnection | undefined
}) {
  const close = () => changeView({ form: '', replaces: '' })
  switch (form) {
    case 'keys':
      return (
        <Panel
          title={replaces === undefined ? 'Add keys' : `Exchange the keys of ${nameOf(replaces.profile)}`}
        >
          <KeysForm key={replaces?.profile} replaces={replaces} onClose={close} />
        </Panel>
      )
    case 'members':
      return (
        <Panel title="Add member accounts">
          <MembersForm onClose={close} />
        </Panel>
      )
    case 'policies':
      return (
        <Panel
          title="Policies"
          hint="The least that each use takes"
          actions={
            <Button kind="quiet" onClick={close}>
              Close
            </Button>
          }
        >
          <Policies />
        </Panel>
      )
  }
}

/** Which identities there are for AWS, and what may be done with each. */
export function Connections() {
  const { view } = useRoute()
  const answer = useChannel('connections/list', {})
  const form = formOf(view.form)
  const open = (next: Form) => () => changeView({ form: next, replaces: '', connection: '' })
  return (
    <Answered answer={answer} skeleton={<Skeleton className="h-64" />}>
      {({ connections, files }) => {
        const shown = connections.find((one) => isAddressed(view.connection, one))
        const replaces = connections.find((one) => isAddressed(view.replaces, one))
        const writing = connections.filter((one) => one.writing).length
        return (
          <div className="flex flex-col gap-6">
            {form === undefined ? null : <FormPanel form={form} replaces={replaces} />}
            <Panel
              title="Connections"
              hint={`${counted(connections.length, 'connection', 'connections')}; changes are allowed with ${writing === 0 ? 'none' : writing}`}
              actions={
                <>
                  <Button onClick={open('policies')}>
                    <ScrollText size={14} aria-hidden />
                    Policies
                  </Button>
                  <Button onClick={open('members')}>
                    <Network size={14} aria-hidden />
                    Add member accounts
                  </Button>
                  <Button onClick={open('keys')}>
                    <KeyRound size={14} aria-hidden />
                    Add keys
                  </Button>
                </>
              }
            >
              <DataTable
                caption="Connections"
                testId="connections"
                columns={columns}
                rows={connections}
                rowKey={({ profile, kind }) => `${kind} ${profile ?? ''}`}
              />
              <p className="mt-3 max-w-prose text-12 text-muted">
                Profiles are read from {files.join(' and ')}, and never written there. Nothing is asked of AWS
                until a connection is checked or used.
              </p>
            </Panel>
            {shown === undefined ? null : (
              <ConnectionDetail
                key={`${shown.kind} ${shown.profile ?? ''}`}
                connection={shown}
                onClose={() => changeView({ connection: '' })}
              />
            )}
          </div>
        )
      }}
    </Answered>
  )
}
