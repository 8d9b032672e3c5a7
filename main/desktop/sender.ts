import type { CallEvent } from './electron-ports'
import { isOwnUrl } from './origin'

export interface SenderRules {
  readonly development: URL | null
  readonly isOurs: (contentsId: number) => boolean
  /** A program under an end-to-end test, which is never an installed one. */
  readonly underTest: boolean
}

/**
 * Whether a message comes from the main frame of one of our windows showing one of our pages. A debugger that
 * drives the window can leave the frame without a URL; then, and only in a program under test, the window's own
 * URL answers. Everything else about the sender is checked all the same.
 */
export function isTrustedSender(event: CallEvent, rules: SenderRules): boolean {
  const frame = event.senderFrame
  if (frame === null || frame.parent !== null) return false
  if (!rules.isOurs(event.sender.id)) return false
  const known = typeof frame.url === 'string' && frame.url !== ''
  if (known) return isOwnUrl(frame.url, rules.development)
  return rules.underTest && isOwnUrl(event.sender.getURL(), rules.development)
}
