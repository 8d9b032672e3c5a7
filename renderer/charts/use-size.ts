import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import type { Size } from './layout'

/** Where nothing is laid out yet there is nothing to measure. */
const unmeasured: Size = { width: 720, height: 288 }

/** The size of an element before its first frame, and after every change of it: a chart is drawn once, not twice. */
export function useSize<E extends HTMLElement>(): readonly [RefObject<E | null>, Size | null] {
  const element = useRef<E>(null)
  const [size, setSize] = useState<Size | null>(null)
  useLayoutEffect(() => {
    const { current } = element
    if (current === null) return
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = current
      const next = width > 0 && height > 0 ? { width, height } : unmeasured
      setSize((before) => (before?.width === next.width && before.height === next.height ? before : next))
    }
    measure()
    if (typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    return () => observer.disconnect()
  }, [])
  return [element, size]
}
