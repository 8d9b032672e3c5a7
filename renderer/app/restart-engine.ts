import type { Bridge } from '../bridge/bridge'
import { useConnection } from '../stores/connection'
import { showToast } from '../stores/toasts'

export async function restartEngine(bridge: Bridge): Promise<void> {
  const result = await bridge.call('engine/restart', {})
  if (result.ok) useConnection.setState({ engine: result.value })
  else showToast('bad', 'The engine was not restarted.', result.failure.message)
}
