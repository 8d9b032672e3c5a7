import { useRef } from 'react'
import type { Failure } from '../../../analytics/contract/result'
import { Button } from '../../components/button'
import { showToast } from '../../stores/toasts'
import { useChanges } from './use-changes'

interface PackButtonsProps {
  readonly ids: readonly string[]
  readonly onFailure: (failure: Failure | null) => void
}

/** A file carries a request to a second person, and their signature back. */
export function PackButtons({ ids, onFailure }: PackButtonsProps) {
  const { ask } = useChanges()
  const field = useRef<HTMLInputElement>(null)
  const save = async () => {
    const made = await ask('packs/make', { ids: [...ids] })
    onFailure(made.ok ? null : made.failure)
    if (made.ok) offerFile(made.value.text, 'approval-request.json')
  }
  const open = async (file: File) => {
    const text = await file.text()
    const opened = await ask('packs/open', { text })
    if (!opened.ok) {
      onFailure(opened.failure)
      return
    }
    const [asked, ...answers] = opened.value.signatures
    if (answers.length > 0) {
      onFailure(null)
      showToast('good', `${answers.map(({ by }) => by.name).join(', ')} approved it.`)
      return
    }
    const signed = await ask('packs/approve', { text })
    onFailure(signed.ok ? null : signed.failure)
    if (!signed.ok) return
    offerFile(signed.value.text, 'approval-signed.json')
    showToast('good', `Signed what ${asked?.by.name ?? 'somebody'} asks for.`, 'Send the file back to them.')
  }
  return (
    <>
      <input
        ref={field}
        type="file"
        accept=".json,application/json"
        className="sr-only"
        tabIndex={-1}
        aria-label="Signed file"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) void open(file)
        }}
      />
      <Button kind="quiet" onClick={() => field.current?.click()}>
        Open a file
      </Button>
      <Button kind="quiet" disabled={ids.length === 0} onClick={() => void save()}>
        Ask a second person
      </Button>
    </>
  )
}

function offerFile(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
