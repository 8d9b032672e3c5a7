import type { ExportRequest } from '../../analytics/contract/exports'
import type { Bridge } from '../bridge/bridge'
import { formatBytes } from '../format/money'
import { showToast } from './toasts'

/** Saves a file: where a dialog says in the desktop, where a browser puts its downloads in the other door. */
export async function saveExport(bridge: Bridge, request: ExportRequest): Promise<void> {
  const result = await bridge.call('exports/save', request)
  if (!result.ok) {
    if (result.failure.code !== 'cancelled')
      showToast('bad', result.failure.message, result.failure.hint ?? null)
    return
  }
  const answer = result.value
  switch (answer.state) {
    case 'saved':
      showToast('good', `Saved ${formatBytes(answer.bytes)}.`, answer.label)
      return
    case 'download': {
      const link = document.createElement('a')
      link.href = answer.address
      link.download = answer.name
      link.click()
      return
    }
    case 'cancelled':
      return
  }
}
