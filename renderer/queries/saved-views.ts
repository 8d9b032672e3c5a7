import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { SavedView, ViewDraft } from '../../analytics/contract/saved-views'
import type { AreaId } from '../app/areas'
import { useBridge } from '../bridge/context'
import { showToast } from '../stores/toasts'
import { channelKey, useChannel } from './use-channel'

/** Saved views of a screen, or of all; undefined until they are known, and none where they cannot be had. */
export function useSavedViews(area?: AreaId): readonly SavedView[] | undefined {
  const answer = useChannel('views/list', {})
  if (answer.data === undefined) return answer.failure === null ? undefined : []
  const { views } = answer.data
  return area === undefined ? views : views.filter((view) => view.area === area)
}

/** Keeps and removes views, and has every list of them asked again. */
export function useViewActions() {
  const bridge = useBridge()
  const client = useQueryClient()
  const refresh = useCallback(
    () => client.invalidateQueries({ queryKey: channelKey('views/list', {}, 0) }),
    [client],
  )
  const save = useCallback(
    async (draft: ViewDraft): Promise<SavedView | null> => {
      const result = await bridge.call('views/save', draft)
      if (!result.ok) {
        showToast('bad', result.failure.message, result.failure.hint ?? null)
        return null
      }
      await refresh()
      return result.value
    },
    [bridge, refresh],
  )
  const remove = useCallback(
    async (id: string): Promise<boolean> => {
      const result = await bridge.call('views/remove', { id })
      if (!result.ok) showToast('bad', result.failure.message, result.failure.hint ?? null)
      await refresh()
      return result.ok
    },
    [bridge, refresh],
  )
  return { save, remove }
}
