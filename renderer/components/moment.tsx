import { formatAgo, formatInstant } from '../format/time'
import { useNow } from '../queries/use-elapsed'

/** A relative time with the exact one on hover. */
export function Moment({ instant }: { readonly instant: string }) {
  const now = useNow()
  return (
    <time dateTime={instant} title={formatInstant(instant)}>
      {formatAgo(instant, now)}
    </time>
  )
}
