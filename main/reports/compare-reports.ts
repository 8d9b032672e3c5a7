import type { ReportFreshness } from '../../analytics/contract/report-files'
import type { Report, ReportCell } from '../../analytics/contract/reports'

const mostListed = 100

type Difference = ReportFreshness['differences'][number]

export interface Differences {
  readonly listed: readonly Difference[]
  readonly count: number
}

/** What a report says now where it said something else: figure by figure and cell by cell. */
export function differencesOf(before: Report, now: Report): Differences {
  const then = saidIn(before)
  const today = saidIn(now)
  const differences = [...new Set([...then.keys(), ...today.keys()])].flatMap(
    (where): readonly Difference[] => {
      const [was, is] = [then.get(where), today.get(where)]
      return was === is ? [] : [{ where, before: was ?? 'not there', now: is ?? 'gone' }]
    },
  )
  return { listed: differences.slice(0, mostListed), count: differences.length }
}

/** Every value by where it stands. Rows are known by their words, so that one more does not move all others. */
function saidIn({ sections }: Report): ReadonlyMap<string, string> {
  const said = new Map<string, string>()
  const say = (where: string, value: ReportCell) => {
    let place = where
    for (let number = 2; said.has(place); number += 1) place = `${where} (${number})`
    said.set(place, value === null ? '–' : String(value))
  }
  for (const { title, blocks } of sections) {
    for (const block of blocks) {
      if (block.kind === 'figures')
        for (const { label, value } of block.figures) say(`${title}: ${label}`, value)
      if (block.kind !== 'table') continue
      const words = block.columns.flatMap(({ unit }, at) =>
        unit === 'text' || unit === 'day' || unit === 'month' ? [at] : [],
      )
      for (const row of [...block.rows, ...(block.total === null ? [] : [block.total])]) {
        const name = words
          .flatMap((at) => (row[at] === null || row[at] === undefined ? [] : [String(row[at])]))
          .join(', ')
        for (const [at, { head }] of block.columns.entries()) {
          if (!words.includes(at)) say(`${block.title}: ${name}: ${head}`, row[at] ?? null)
        }
        if (words.length === block.columns.length) say(`${block.title}: ${name}`, name)
      }
    }
  }
  return said
}
