import { useState } from 'react'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'

/** The desktop tells by itself; a browser must be allowed to, and is asked only when a person wants it. */
export function BrowserNotices() {
  const { door } = useBridge()
  const [allowed, setAllowed] = useState(() =>
    'Notification' in window ? Notification.permission : 'denied',
  )
  if (door !== 'web' || allowed !== 'default') return null
  return (
    <Button kind="quiet" onClick={() => void Notification.requestPermission().then(setAllowed)}>
      Show alerts as notifications
    </Button>
  )
}
