import { type FormEvent, useId, useState } from 'react'
import type { Question, Reply } from '../../../analytics/contract/questions'
import { navigate } from '../../app/route'
import type { Bridge } from '../../bridge/bridge'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { Modal } from '../../components/modal'
import { dropQuestion, useQuestions } from '../../stores/questions'
import { showToast } from '../../stores/toasts'
import { useIsWorking } from '../../stores/work'
import { importPaths } from '../../stores/work-actions'

async function answer(bridge: Bridge, { id }: Question, reply: Reply): Promise<boolean> {
  dropQuestion(id)
  const result = await bridge.call('questions/answer', { id, reply })
  if (!result.ok) showToast('bad', result.failure.message, result.failure.hint ?? null)
  return result.ok
}

/** The code is what one opens the dialog for; by itself it would begin at its way out. */
const focus = (field: HTMLInputElement | null) => field?.focus()

type MfaQuestion = Extract<Question, { kind: 'mfa-code' }>
type ImportQuestion = Extract<Question, { kind: 'import' }>

function MfaCode({ question }: { readonly question: MfaQuestion }) {
  const bridge = useBridge()
  const id = useId()
  const [code, setCode] = useState('')
  const digits = code.replaceAll(/\s/g, '')
  const isCode = /^\d{6}$/.test(digits)
  const refuse = () => void answer(bridge, question, { kind: 'no' })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isCode) void answer(bridge, question, { kind: 'code', code: digits })
  }
  const who = question.profile === null ? 'The default AWS profile' : `The AWS profile ${question.profile}`
  return (
    <Modal
      open
      onClose={refuse}
      title="Multi-factor code"
      description={`${who} signs in with a multi-factor device. The work waits for its code, five minutes at most.`}
    >
      <form onSubmit={submit} className="flex flex-col gap-3">
        <div className="flex flex-col gap-0.5">
          <label htmlFor={id} className="text-12 text-muted">
            Code shown by <code className="font-mono break-all">{question.device}</code>
          </label>
          <input
            ref={focus}
            id={id}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={12}
            spellCheck={false}
            aria-describedby={`${id}-help`}
            className="figures h-8 w-40 rounded-md border border-control bg-canvas px-2.5 font-mono text-16"
          />
          <p id={`${id}-help`} className="text-12 text-muted">
            Six digits. AWS takes each code once; it is not kept.
          </p>
        </div>
        <div className="flex justify-end gap-2">
          <Button onClick={refuse}>Do not sign in</Button>
          <Button type="submit" kind="primary" disabled={!isCode}>
            Sign in
          </Button>
        </div>
      </form>
    </Modal>
  )
}

function ImportOffer({ question }: { readonly question: ImportQuestion }) {
  const bridge = useBridge()
  const isWorking = useIsWorking()
  const { items } = question
  const [only] = items
  const refuse = () => void answer(bridge, question, { kind: 'no' })
  const accept = async () => {
    if (!(await answer(bridge, question, { kind: 'yes' }))) return
    navigate('sources')
    await importPaths(
      bridge,
      items.map(({ token }) => `picked:${token}`),
    )
  }
  const name = only === undefined || items.length > 1 ? `${items.length} paths` : nameOf(only.label)
  return (
    <Modal
      open
      onClose={refuse}
      title={`Import ${name}?`}
      description="It was handed over to the program from outside. Nothing has been read yet."
    >
      <ul className="mb-4 flex max-h-60 flex-col gap-1 overflow-y-auto">
        {items.map(({ token, label }) => (
          <li key={token}>
            <code className="font-mono text-12 break-all">{label}</code>
          </li>
        ))}
      </ul>
      <div className="flex items-center justify-end gap-2">
        {isWorking ? <p className="mr-auto text-muted">Another import is running.</p> : null}
        <Button onClick={refuse}>Do not import</Button>
        <Button kind="primary" disabled={isWorking} onClick={() => void accept()}>
          Import
        </Button>
      </div>
    </Modal>
  )
}

const nameOf = (path: string) => path.split(/[\\/]/).findLast((part) => part !== '') ?? path

/** What the application has to ask, one question after the other, on whatever screen one is. */
export function Questions() {
  const question = useQuestions((state) => state.questions[0])
  switch (question?.kind) {
    case undefined:
      return null
    case 'mfa-code':
      return <MfaCode key={question.id} question={question} />
    case 'import':
      return <ImportOffer key={question.id} question={question} />
  }
}
