import { Files, FolderOpen } from 'lucide-react'
import { type ChangeEvent, useRef } from 'react'
import type { Failure } from '../../../analytics/contract/result'
import type { ChosenFile } from '../../bridge/bridge'
import { Button } from '../../components/button'
import { filesOfField } from './dropped-files'

interface FileFieldsProps {
  readonly disabled: boolean
  readonly onChosen: (files: readonly ChosenFile[]) => void
  readonly onFailure: (failure: Failure) => void
}

/** The browser's own dialogs, for whoever does not drag: its fields cannot be styled, so buttons stand for them. */
export function FileFields({ disabled, onChosen, onFailure }: FileFieldsProps) {
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const field = event.currentTarget
    if (field.files === null || field.files.length === 0) return
    const chosen = filesOfField(field.files)
    // Emptied, so that choosing the same again is a change.
    field.value = ''
    if (chosen.ok) onChosen(chosen.value)
    else onFailure(chosen.failure)
  }
  const common = { type: 'file', multiple: true, hidden: true, onChange: take } as const
  return (
    <>
      <input
        {...common}
        ref={(field) => {
          folder.current = field
          field?.setAttribute('webkitdirectory', '')
        }}
        aria-label="Folder of a billing export"
      />
      <input {...common} ref={files} aria-label="Files of a billing export" />
      <Button disabled={disabled} onClick={() => folder.current?.click()}>
        <FolderOpen size={14} aria-hidden />
        Choose folder…
      </Button>
      <Button disabled={disabled} onClick={() => files.current?.click()}>
        <Files size={14} aria-hidden />
        Choose files…
      </Button>
    </>
  )
}
