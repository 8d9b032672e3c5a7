import { useMemo } from 'react'
import type { Settings, SettingsChange } from '../../analytics/contract/application'
import { useBridge } from '../bridge/context'
import { copyText } from '../components/copy-button'
import { readDiagnostics } from '../features/about/diagnostics'
import { openLayer } from '../stores/layers'
import { useScreenCommands } from '../stores/screen-commands'
import { showToast } from '../stores/toasts'
import { fillWithSampleData, rebuildFromSources } from '../stores/work-actions'
import { applicationCommands, type Command } from './commands'
import { restartEngine } from './restart-engine'
import { navigate } from './route'

export function useAllCommands(
  settings: Settings,
  change: (change: SettingsChange) => void,
): readonly Command[] {
  const bridge = useBridge()
  const ofScreen = useScreenCommands((state) => state.commands)
  return useMemo(() => {
    const ofApplication = applicationCommands({
      settings,
      change,
      openCommands: () => openLayer('commands'),
      openKeyboard: () => openLayer('keyboard'),
      openTasks: () => openLayer('tasks'),
      fillWithSampleData: () => void fillWithSampleData(bridge),
      rebuildFromSources: () => void rebuildFromSources(bridge),
      restartEngine: () => void restartEngine(bridge),
      copyDiagnostics: () => {
        void readDiagnostics(bridge)
          .then(copyText)
          .then((copied) => {
            if (copied) showToast('good', 'Diagnostics copied.')
          })
      },
      focusImport: () => navigate('sources', { focus: 'import' }),
    })
    return [...ofScreen, ...ofApplication]
  }, [bridge, settings, change, ofScreen])
}
