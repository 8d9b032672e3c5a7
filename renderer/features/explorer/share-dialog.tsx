import { type ChangeEvent, useState } from 'react'
import { Button } from '../../components/button'
import { CopyButton } from '../../components/copy-button'
import { Modal } from '../../components/modal'
import { showToast } from '../../stores/toasts'
import { usePart } from './open-part'
import { measuresOf, type Scope } from './questions'
import { readShared, shareText } from './share-text'
import type { ExplorerState } from './state'
import { goTo } from './use-explorer'

/** A view leaves as JSON and comes in as JSON: by the clipboard or as a file. */
export function ShareDialog({ state, scope }: { readonly state: ExplorerState; readonly scope: Scope }) {
  const [part, setPart] = usePart()
  const [pasted, setPasted] = useState('')
  const [trouble, setTrouble] = useState<string | null>(null)
  if (part !== 'share') return null
  const text = shareText({ ...state, measures: measuresOf(state, scope) })
  const close = () => {
    setPasted('')
    setTrouble(null)
    setPart(null)
  }
  const openText = (shared: string) => {
    const read = readShared(shared)
    if ('trouble' in read) {
      setTrouble(read.trouble)
      return
    }
    if (read.unread.length > 0)
      showToast('plain', `Parts of the view could not be read: ${read.unread.join(', ')}.`)
    close()
    goTo(read.state)
  }
  const openFile = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    if (file !== undefined) openText(await file.slice(0, 50_000).text())
  }
  return (
    <Modal
      open
      onClose={close}
      title="Share this view"
      description="The question goes with the text, the figures do not."
      className="max-w-xl"
    >
      <pre className="mb-2 max-h-40 overflow-auto rounded-md bg-sunken p-2 font-mono text-12">{text}</pre>
      <div className="mb-4">
        <CopyButton label="Copy as JSON" text={() => text} />
      </div>
      <label className="mb-1 font-medium" htmlFor="shared-view">
        Open a view that was sent
      </label>
      <textarea
        id="shared-view"
        className="h-24 w-full rounded-md border border-control bg-raised p-2 font-mono text-12"
        placeholder="Paste its JSON here"
        value={pasted}
        onChange={(event) => setPasted(event.target.value)}
      />
      {trouble === null ? null : (
        <p role="alert" className="text-bad">
          {trouble}
        </p>
      )}
      <div className="mt-2 flex items-center gap-3">
        <Button kind="primary" disabled={pasted.trim() === ''} onClick={() => openText(pasted)}>
          Open view
        </Button>
        <label className="text-12 text-muted">
          or a file{' '}
          <input
            type="file"
            accept="application/json,.json"
            className="text-12"
            onChange={(event) => void openFile(event)}
          />
        </label>
      </div>
    </Modal>
  )
}
