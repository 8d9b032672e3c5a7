import { useState } from 'react'

const keptAs = 'finops.explorer.widths'
const narrowest = 64
const widest = 900

function kept(): Readonly<Record<string, number>> {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(keptAs) ?? '{}')
    if (typeof known !== 'object' || known === null) return {}
    return Object.fromEntries(Object.entries(known).filter(([, width]) => Number.isFinite(width)))
  } catch {
    // Switched off or written by something else: the columns have their usual widths then.
    return {}
  }
}

/** How wide each column was made, remembered by its name on this machine. */
export function useColumnWidths() {
  const [widths, setWidths] = useState(kept)
  const resize = (name: string, width: number) => {
    const next = { ...widths, [name]: Math.round(Math.min(widest, Math.max(narrowest, width))) }
    setWidths(next)
    try {
      localStorage.setItem(keptAs, JSON.stringify(next))
    } catch (cause) {
      if (!(cause instanceof DOMException)) throw cause
    }
  }
  return { widths, resize }
}
