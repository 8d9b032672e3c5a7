import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Result } from '../../../analytics/contract/result'
import type { S3Draft, S3Source, S3Test } from '../../../analytics/contract/s3-sources'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { showToast } from '../../stores/toasts'
import { type DraftField, draftOf, emptyDraft, fieldProblem, sameDraft, withField } from './s3-draft'
import { S3Field } from './s3-field'
import { FoundInS3 } from './s3-found'
import { S3Policy } from './s3-policy'

const fields: readonly {
  readonly field: DraftField
  readonly label: string
  readonly help: string
  readonly isRequired?: boolean
}[] = [
  { field: 'name', label: 'Name', help: 'What this source is called here.', isRequired: true },
  { field: 'bucket', label: 'Bucket', help: 'Or the whole address, s3://bucket/prefix.', isRequired: true },
  { field: 'prefix', label: 'Prefix', help: 'The folder of the exports; empty for the whole bucket.' },
  { field: 'profile', label: 'AWS profile (optional)', help: 'Empty for the default credentials.' },
  { field: 'region', label: 'Region (optional)', help: 'Empty for the region of the profile.' },
]

interface S3FormProps {
  readonly sources: readonly S3Source[]
  readonly onClose: () => void
}

interface Tested {
  readonly draft: S3Draft
  readonly answer: Result<S3Test>
}

/** What is saved is what was tested: any change of a value asks for another test. */
export function S3Form({ sources, onClose }: S3FormProps) {
  const bridge = useBridge()
  const client = useQueryClient()
  const first = useRef<HTMLInputElement>(null)
  const asking = useRef<AbortController | null>(null)
  const [text, setText] = useState(emptyDraft)
  const [tested, setTested] = useState<Tested | null>(null)
  const [allowEmpty, setAllowEmpty] = useState(false)
  const [busy, setBusy] = useState<'test' | 'save' | null>(null)

  useEffect(() => {
    first.current?.focus()
    return () => asking.current?.abort()
  }, [])

  const draft = draftOf(text)
  const answer = tested !== null && sameDraft(tested.draft, draft) ? tested.answer : null
  const problem = answer === null || answer.ok ? null : fieldProblem(answer.failure)
  const isEmpty = answer?.ok === true && answer.value.exports.length === 0
  const canTest = busy === null && draft.name !== '' && draft.bucket !== ''
  const canSave = busy === null && answer?.ok === true && (!isEmpty || allowEmpty)
  const replaced = sources.some(({ name }) => name === draft.name)

  const test = async (event: FormEvent) => {
    event.preventDefault()
    if (!canTest) return
    const asked = new AbortController()
    asking.current = asked
    setBusy('test')
    setTested(null)
    setAllowEmpty(false)
    const result = await bridge.call('s3/test', draft, { signal: asked.signal })
    setBusy(null)
    if (result.ok || !asked.signal.aborted) setTested({ draft, answer: result })
  }

  const save = async () => {
    if (!canSave) return
    setBusy('save')
    const result = await bridge.call('s3/save', isEmpty ? { ...draft, allowEmpty } : draft)
    setBusy(null)
    if (!result.ok) {
      setTested({ draft, answer: result })
      return
    }
    showToast('good', `Saved the S3 source ${draft.name}.`, 'Sync it to fetch its files.')
    onClose()
    await client.invalidateQueries({ queryKey: ['s3/list'] })
  }

  return (
    <form
      onSubmit={(event) => void test(event)}
      aria-label="Add an S3 source"
      className="flex flex-col gap-3"
    >
      <div className="grid max-w-4xl grid-cols-3 gap-x-3 gap-y-2">
        {fields.map(({ field, label, help, isRequired = false }) => (
          <S3Field
            key={field}
            label={label}
            help={help}
            isRequired={isRequired}
            value={text[field]}
            onChange={(value) => setText(withField(text, field, value))}
            problem={problem?.field === field ? problem.message : null}
            {...(field === 'name' ? { inputRef: first } : {})}
          />
        ))}
      </div>
      <div role="status">
        {busy === 'test' ? <p className="text-muted">Looking into {draft.bucket}</p> : null}
        {busy === 'save' ? <p className="text-muted">Testing once more and saving</p> : null}
        {tested !== null && answer === null ? (
          <p className="text-muted">The values have changed since the test. Test again to save them.</p>
        ) : null}
        {problem === null ? null : <p className="sr-only">{problem.message}</p>}
      </div>
      {answer === null ? null : answer.ok ? (
        <FoundInS3 test={answer.value} />
      ) : problem === null ? (
        <FailureNotice failure={answer.failure} />
      ) : null}
      {isEmpty ? (
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={allowEmpty}
            onChange={(event) => setAllowEmpty(event.target.checked)}
          />
          Save although nothing is there yet
        </label>
      ) : null}
      {replaced ? <p>There is a source {draft.name} already; saving replaces its settings.</p> : null}
      <div className="flex gap-2">
        <Button type="submit" disabled={!canTest}>
          Test
        </Button>
        <Button kind="primary" disabled={!canSave} onClick={() => void save()}>
          {replaced ? `Replace ${draft.name}` : 'Save'}
        </Button>
        {busy === 'test' ? (
          <Button kind="quiet" onClick={() => asking.current?.abort()}>
            Cancel the test
          </Button>
        ) : (
          <Button kind="quiet" disabled={busy === 'save'} onClick={onClose}>
            Close without saving
          </Button>
        )}
      </div>
      <S3Policy bucket={draft.bucket} prefix={draft.prefix} region={draft.region} />
    </form>
  )
}
