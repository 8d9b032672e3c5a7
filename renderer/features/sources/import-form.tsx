import { Files, FolderOpen, X } from 'lucide-react'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { PickedPaths } from '../../../analytics/contract/application'
import type { Failure } from '../../../analytics/contract/result'
import { changeView, useRoute } from '../../app/route'
import { useBridge } from '../../bridge/context'
import { Button, IconButton } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { useIsWorking } from '../../stores/work'
import { importFiles, importPaths } from '../../stores/work-actions'
import { FileFields } from './file-fields'

type Picked = PickedPaths['picked']

export function ImportForm() {
  const bridge = useBridge()
  const { view } = useRoute()
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [path, setPath] = useState('')
  const [picked, setPicked] = useState<Picked>([])
  const [failure, setFailure] = useState<Failure | null>(null)
  const isRunning = useIsWorking()

  useEffect(() => {
    if (view.focus !== 'import') return
    field.current?.focus()
    changeView({ focus: '' })
  }, [view.focus])

  const pick = async (what: 'files' | 'folder') => {
    const result = await bridge.call('files/pick', { what })
    setFailure(result.ok ? null : result.failure)
    if (result.ok && result.value.picked.length > 0) setPicked(result.value.picked)
  }

  const paths = picked.length > 0 ? picked.map(({ token }) => `picked:${token}`) : [path.trim()]
  const canImport = !isRunning && paths.some((each) => each !== '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!canImport) return
    setPicked([])
    void importPaths(bridge, paths)
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <label htmlFor={id} className="text-12 text-muted">
        Path of a billing export
      </label>
      <div className="flex gap-2">
        <input
          ref={field}
          id={id}
          value={path}
          onChange={(event) => setPath(event.target.value)}
          disabled={picked.length > 0}
          placeholder="/home/me/exports/my-cur"
          autoComplete="off"
          spellCheck={false}
          className="h-7 min-w-0 max-w-2xl grow rounded-md border border-control bg-canvas px-2.5 font-mono text-12 placeholder:text-muted disabled:opacity-55"
        />
        <Button type="submit" kind="primary" disabled={!canImport}>
          Import
        </Button>
        {bridge.door === 'desktop' ? (
          <>
            <Button disabled={isRunning} onClick={() => void pick('folder')}>
              <FolderOpen size={14} aria-hidden />
              Choose folder…
            </Button>
            <Button disabled={isRunning} onClick={() => void pick('files')}>
              <Files size={14} aria-hidden />
              Choose files…
            </Button>
          </>
        ) : (
          <FileFields
            disabled={isRunning}
            onChosen={(files) => {
              setFailure(null)
              void importFiles(bridge, files)
            }}
            onFailure={setFailure}
          />
        )}
      </div>
      <p className="text-12 text-muted">
        Or drop files, or the folder of an export, anywhere on this screen.
      </p>
      {picked.length === 0 ? null : (
        <ul aria-label="Chosen" className="flex flex-col">
          {picked.map(({ token, label }) => (
            <li key={token} className="flex items-center gap-1">
              <code className="min-w-0 truncate font-mono text-12">{label}</code>
              <IconButton
                label={`Leave out ${label}`}
                onClick={() => setPicked(picked.filter((each) => each.token !== token))}
              >
                <X size={14} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {failure === null ? null : <FailureNotice failure={failure} />}
    </form>
  )
}
