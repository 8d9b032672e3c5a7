import { type ColourTheme, otherColours, otherSeries, seriesColours } from './series'

const slots = seriesColours.light.length

/** FNV-1a: the same name gives the same slot on every screen and every machine. */
export function slotOf(name: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < name.length; index += 1) {
    hash ^= name.charCodeAt(index)
    hash = Math.imul(hash, 0x01000193)
  }
  return (hash >>> 0) % slots
}

/**
 * Names in the order of the alphabet, not of their spend: a service keeps its colour when it overtakes another.
 * Who finds a slot taken moves on to the next free one; past ten names colours repeat.
 */
export function assignSlots(names: readonly string[]): ReadonlyMap<string, number> {
  const slotByName = new Map<string, number>()
  const taken = new Set<number>()
  for (const name of [...new Set(names)].filter((each) => each !== otherSeries).sort()) {
    if (taken.size === slots) taken.clear()
    let slot = slotOf(name)
    while (taken.has(slot)) slot = (slot + 1) % slots
    taken.add(slot)
    slotByName.set(name, slot)
  }
  return slotByName
}

export function coloursFor(names: readonly string[], theme: ColourTheme): ReadonlyMap<string, string> {
  const colours = new Map<string, string>()
  for (const [name, slot] of assignSlots(names)) {
    colours.set(name, seriesColours[theme][slot] ?? otherColours[theme])
  }
  if (names.includes(otherSeries)) colours.set(otherSeries, otherColours[theme])
  return colours
}
