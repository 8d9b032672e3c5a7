import { ChevronLeft, ChevronRight } from 'lucide-react'
import { IconButton } from '../../components/button'
import { formatCount } from '../../format/money'

export const pageSize = 100

interface PagerProps {
  readonly of: string
  readonly offset: number
  readonly total: number
  readonly onTurn: (offset: number) => void
}

/** Nothing to turn where everything is on one page. */
export function Pager({ of, offset, total, onTurn }: PagerProps) {
  if (total === 0) return null
  const last = Math.min(offset + pageSize, total)
  return (
    <nav aria-label={`Pages of ${of}`} className="mt-1 flex items-center gap-1 text-12 text-muted">
      <span className="figures">
        {formatCount(offset + 1)} to {formatCount(last)} of {formatCount(total)}
      </span>
      {total <= pageSize ? null : (
        <>
          <IconButton
            label="Previous page"
            disabled={offset === 0}
            className="disabled:opacity-40"
            onClick={() => onTurn(Math.max(0, offset - pageSize))}
          >
            <ChevronLeft size={14} aria-hidden />
          </IconButton>
          <IconButton
            label="Next page"
            disabled={last >= total}
            className="disabled:opacity-40"
            onClick={() => onTurn(offset + pageSize)}
          >
            <ChevronRight size={14} aria-hidden />
          </IconButton>
        </>
      )}
    </nav>
  )
}
