import { FileDown } from 'lucide-react'
import { useBridge } from '../../bridge/context'
import { showToast } from '../../stores/toasts'
import { useIsWorking } from '../../stores/work'
import { importFiles } from '../../stores/work-actions'
import { filesOfDrop } from './dropped-files'
import { useFileDrop } from './use-file-drop'

/** Shown over the whole screen while files hang over it. */
export function DropTarget() {
  const bridge = useBridge()
  const isWorking = useIsWorking()
  const isOver = useFileDrop((transfer) => {
    if (isWorking) {
      showToast('plain', 'An import is running.', 'Drop the files again when it has ended.')
      return
    }
    void filesOfDrop(transfer, bridge.door).then((files) => {
      if (files.ok) void importFiles(bridge, files.value)
      else showToast('bad', files.failure.message, files.failure.hint ?? null)
    })
  })
  if (!isOver) return null
  return (
    <div
      data-testid="drop-target"
      className="pointer-events-none fixed inset-0 z-30 flex items-center justify-center bg-canvas/80 p-4"
    >
      <div className="absolute inset-3 rounded-md border-2 border-accent border-dashed" />
      <div className="flex flex-col items-center gap-2 text-center">
        <FileDown size={28} strokeWidth={1.5} className="text-accent" aria-hidden />
        <p className="font-semibold text-16">{isWorking ? 'An import is running' : 'Drop to import'}</p>
        <p className="text-muted">
          {isWorking
            ? 'Files can be dropped when it has ended.'
            : 'Billing files, or the folder of an export with its manifests.'}
        </p>
      </div>
    </div>
  )
}
