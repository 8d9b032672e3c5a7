import { useEffect, useRef } from 'react'
import type { Command } from './commands'

const isApple = /mac|iphone|ipad/i.test(navigator.platform)

const chordPatience = 1_500

/** What was pressed in the words of `Command.keys`; null for what no command may take. */
function describeKey(event: KeyboardEvent): string | null {
  if (event.altKey || event.isComposing) return null
  const held = isApple ? event.metaKey : event.ctrlKey
  if ((event.metaKey || event.ctrlKey) && !held) return null
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return held ? `mod+${key}` : key
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}

function isInLayer(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="dialog"],[role="menu"]') !== null
}

/** The caps of a shortcut as they are printed: `mod+k` is two held together, `g o` two one after the other. */
export function printedKeys(keys: string): readonly (readonly string[])[] {
  return keys.split(' ').map((step) =>
    step.split('+').map((key) => {
      if (key === 'mod') return isApple ? '⌘' : 'Ctrl'
      return key.length === 1 ? key.toUpperCase() : key
    }),
  )
}

/** Follows single keys, held keys and chords (`g` then `o`). Keys typed into a field belong to the field. */
export function useKeyboard(commands: readonly Command[]): void {
  const current = useRef(commands)
  useEffect(() => {
    current.current = commands
  }, [commands])

  useEffect(() => {
    let before: { readonly key: string; readonly at: number } | null = null
    const onKeyDown = (event: KeyboardEvent) => {
      const key = describeKey(event)
      if (key === null || event.repeat) return
      const isHeld = key.startsWith('mod+')
      if (!isHeld && (isTyping(event.target) || isInLayer(event.target))) return
      const chord =
        before !== null && event.timeStamp - before.at < chordPatience ? `${before.key} ${key}` : null
      const command =
        current.current.find((each) => each.keys !== undefined && each.keys === chord) ??
        current.current.find((each) => each.keys === key)
      const startsChord = current.current.some((each) => each.keys?.startsWith(`${key} `))
      before = command === undefined && startsChord ? { key, at: event.timeStamp } : null
      if (command === undefined) return
      event.preventDefault()
      command.run()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
