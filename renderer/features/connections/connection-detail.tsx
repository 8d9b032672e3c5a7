import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { AwsConnection } from '../../../analytics/contract/connections'
import type { Failure } from '../../../analytics/contract/result'
import { changeView } from '../../app/route'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { CommandLine } from '../../components/command-line'
import { FailureNotice } from '../../components/failure-notice'
import { Moment } from '../../components/moment'
import { SidePanel } from '../../components/side-panel'
import { Abilities } from './abilities'
import { AccessChip } from './connection-access'
import { addressOf, isKept, kindTexts, nameOf } from './connection-words'
import { RemoveConnection } from './remove-connection'
import { WritingSwitch } from './writing-switch'

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}

/** How far the sign-in lasts; where it does not, the command that renews it. */
function SignInState({ connection: { signIn } }: { readonly connection: AwsConnection }) {
  if (signIn === null) return null
  const { state, until, command } = signIn
  if (state === 'signed-in' && until !== null) {
    return (
      <p>
        Signed in; ends <Moment instant={until} />.
      </p>
    )
  }
  if (state === 'renews-itself') return <p>Signed in; renews itself at the next use.</p>
  return (
    <div className="flex flex-col gap-1 rounded-md bg-warn-soft px-3 py-2" role="status">
      <p>
        {state === 'expired' && until !== null ? (
          <>
            The sign-in ended <Moment instant={until} />. Sign in again in a terminal:
          </>
        ) : (
          'Nobody has signed in yet. Do so in a terminal:'
        )}
      </p>
      <CommandLine command={command} />
    </div>
  )
}

interface ConnectionDetailProps {
  readonly connection: AwsConnection
  readonly onClose: () => void
}

export function ConnectionDetail({ connection, onClose }: ConnectionDetailProps) {
  const { profile, kind, origin, account, accountName, region, mfaDevice, trouble, check } = connection
  const bridge = useBridge()
  const client = useQueryClient()
  const [isChecking, setChecking] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isRemoving, setRemoving] = useState(false)
  const runCheck = async () => {
    setChecking(true)
    setFailure(null)
    const result = await bridge.call('connections/check', { profile })
    setChecking(false)
    if (!result.ok) setFailure(result.failure)
    await client.invalidateQueries({ queryKey: ['connections/list'] })
  }
  return (
    <SidePanel
      title={nameOf(profile)}
      hint={kindTexts[kind]}
      mark={<AccessChip writing={connection.writing} />}
      width="medium"
      onClose={onClose}
    >
      <div className="flex flex-col gap-5">
        {trouble === null ? null : <FailureNotice failure={{ code: 'connection', ...trouble }} />}
        <SignInState connection={connection} />
        <dl className="grid grid-cols-[9rem_1fr] gap-x-3 gap-y-1">
          <Fact name="Keys">{origin}</Fact>
          <Fact name="Account">
            {account === null
              ? 'Not known until it is checked'
              : `${account}${accountName === '' ? '' : ` ${accountName}`}`}
          </Fact>
          {region === null ? null : <Fact name="Region">{region}</Fact>}
          {mfaDevice === null ? null : (
            <Fact name="Device">{mfaDevice}; its code is asked for when it is needed</Fact>
          )}
        </dl>
        <WritingSwitch connection={connection} />
        <section aria-label="What it may do" className="flex flex-col gap-2">
          <div className="flex items-center gap-3">
            <h3 className="font-semibold">What it may do</h3>
            {check === null ? null : (
              <span className="text-12 text-muted">
                Checked <Moment instant={check.at} />
              </span>
            )}
            <Button className="ml-auto" disabled={isChecking} onClick={() => void runCheck()}>
              {isChecking ? 'Checking…' : check === null ? 'Check' : 'Check again'}
            </Button>
          </div>
          {failure === null ? null : (
            <FailureNotice
              failure={failure}
              {...(check === null ? {} : { effect: 'What is shown below is from before.' })}
            />
          )}
          {check === null ? (
            <p className="text-muted">
              A check asks AWS whose credentials these are and what they may do. It changes nothing.
            </p>
          ) : (
            <Abilities check={check} />
          )}
        </section>
        {isKept(connection) && profile !== null ? (
          <div className="flex gap-2 border-hairline border-t pt-4">
            {kind === 'kept-keys' ? (
              <Button
                onClick={() => changeView({ form: 'keys', replaces: addressOf(profile), connection: '' })}
              >
                Exchange keys
              </Button>
            ) : null}
            <Button kind="quiet" onClick={() => setRemoving(true)}>
              Remove
            </Button>
            <RemoveConnection
              name={profile}
              hasKeys={kind === 'kept-keys'}
              open={isRemoving}
              onClose={() => setRemoving(false)}
              onRemoved={onClose}
            />
          </div>
        ) : null}
      </div>
    </SidePanel>
  )
}
