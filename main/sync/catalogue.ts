import { dirname } from 'node:path/posix'
import { type ExportPlace, placeOf } from '../aws/export-layout'
import type { ListedObject } from '../aws/list-objects'

/** What a bucket holds of one billing month of one export: every delivery that is still there. */
export interface ListedPeriod {
  readonly root: string
  readonly period: string
  readonly layout: ExportPlace['layout']
  readonly data: readonly ListedObject[]
  readonly manifests: readonly ListedObject[]
}

export interface Catalogue {
  /** Newest first. */
  readonly periods: readonly ListedPeriod[]
  readonly objectsSeen: number
  readonly otherObjects: number
}

/** More objects of exports than this are no billing data of one company, but a mistaken prefix. */
export const mostExportObjects = 500_000

/** null when the prefix holds more exports than a workspace can want. Other objects are counted, not kept. */
export async function readCatalogue(
  pages: AsyncIterable<readonly ListedObject[]>,
  onPage: (objectsSeen: number) => void,
  most: number = mostExportObjects,
): Promise<Catalogue | null> {
  const periods = new Map<string, ListedPeriod & { data: ListedObject[]; manifests: ListedObject[] }>()
  let objectsSeen = 0
  let kept = 0
  for await (const page of pages) {
    for (const object of page) {
      const place = placeOf(object.key)
      if (place === null) continue
      const name = `${place.root}\0${place.period}`
      const period = periods.get(name) ?? {
        root: place.root,
        period: place.period,
        layout: place.layout,
        data: [],
        manifests: [],
      }
      periods.set(name, period)
      period[place.role === 'data' ? 'data' : 'manifests'].push(object)
      kept += 1
    }
    if (kept > most) return null
    objectsSeen += page.length
    onPage(objectsSeen)
  }
  return {
    periods: [...periods.values()].sort((a, b) => compare(b.period, a.period) || compare(a.root, b.root)),
    objectsSeen,
    otherObjects: objectsSeen - kept,
  }
}

/** Of several deliveries the newest; of two manifests of the same moment the one in the period's own folder. */
export function newestManifest(period: ListedPeriod): ListedObject | null {
  const depth = ({ key }: ListedObject) => key.split('/').length
  return (
    [...period.manifests].sort(
      (a, b) => b.modifiedMs - a.modifiedMs || depth(a) - depth(b) || compare(b.key, a.key),
    )[0] ?? null
  )
}

/**
 * Without a manifest nobody says what belongs together. Each folder is then taken for a delivery of the whole
 * month: to add them up would count the month several times.
 */
export function newestFolder(data: readonly ListedObject[]): readonly ListedObject[] {
  const folders = new Map<string, ListedObject[]>()
  for (const object of data) {
    const folder = dirname(object.key)
    const files = folders.get(folder)
    if (files) files.push(object)
    else folders.set(folder, [object])
  }
  const newest = (files: readonly ListedObject[]) =>
    files.reduce((latest, { modifiedMs }) => Math.max(latest, modifiedMs), 0)
  return [...folders.values()].sort((a, b) => newest(b) - newest(a))[0] ?? []
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
