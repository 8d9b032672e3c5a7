import { areaById } from '../../app/areas'
import { CommandLine } from '../../components/command-line'
import { EmptyState } from '../../components/empty-state'
import { useChannel } from '../../queries/use-channel'
import { type LaterArea, purposes } from './purposes'

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

/** The place of an area that has no function yet: what it is for, and what can be done today instead. */
export function Later({ area }: { readonly area: LaterArea }) {
  const { data: holdings } = useChannel('holdings/read', {})
  const known = areaById(area)
  if (known === undefined) return null
  const purpose = purposes[area]
  const from = holdings?.firstDay ?? 'YYYY-MM-DD'
  const to = holdings?.lastDay ? dayAfter(holdings.lastDay) : 'YYYY-MM-DD'
  return (
    <EmptyState icon={known.icon} title="Not part of this version yet">
      <p>{purpose.sentence}</p>
      {purpose.today === undefined ? null : (
        <>
          <p>{purpose.today.words}</p>
          <CommandLine command={purpose.today.command(from, to)} />
        </>
      )}
    </EmptyState>
  )
}
