import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import type { KeptReports } from '../../../analytics/contract/report-files'
import type { ReportSectionId } from '../../../analytics/contract/reports'
import { IconButton } from '../../components/button'

interface SectionListProps {
  readonly known: KeptReports['sections']
  readonly chosen: readonly ReportSectionId[]
  readonly onChange: (sections: readonly ReportSectionId[]) => void
}

/** What is in the report, in its order, and what could be. */
export function SectionList({ known, chosen, onChange }: SectionListProps) {
  const titleOf = (id: ReportSectionId) => known.find((one) => one.id === id)?.title ?? id
  const left = known.filter(({ id }) => !chosen.includes(id))
  const move = (at: number, by: 1 | -1) => {
    const next = [...chosen]
    const [taken] = next.splice(at, 1)
    if (taken !== undefined) next.splice(at + by, 0, taken)
    onChange(next)
  }
  return (
    <div className="flex flex-col gap-3">
      <div>
        <h3 className="mb-1 text-12 text-muted">In the report</h3>
        <ol aria-label="Sections in the report" className="flex flex-col">
          {chosen.map((id, at) => (
            <li key={id} className="flex min-h-7 items-center gap-1 border-hairline border-b">
              <span className="min-w-0 grow truncate" title={titleOf(id)}>
                {titleOf(id)}
              </span>
              <IconButton
                label={`${titleOf(id)}: up`}
                disabled={at === 0}
                className="size-6 disabled:opacity-30"
                onClick={() => move(at, -1)}
              >
                <ArrowUp size={13} aria-hidden />
              </IconButton>
              <IconButton
                label={`${titleOf(id)}: down`}
                disabled={at === chosen.length - 1}
                className="size-6 disabled:opacity-30"
                onClick={() => move(at, 1)}
              >
                <ArrowDown size={13} aria-hidden />
              </IconButton>
              <IconButton
                label={`Leave out ${titleOf(id)}`}
                disabled={chosen.length === 1}
                className="size-6 disabled:opacity-30"
                onClick={() => onChange(chosen.filter((one) => one !== id))}
              >
                <X size={13} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ol>
      </div>
      <div>
        <h3 className="mb-1 text-12 text-muted">Could be added</h3>
        <ul aria-label="Sections that could be added" className="flex flex-col">
          {left.map(({ id, title }) => (
            <li key={id}>
              <button
                type="button"
                aria-label={`Add ${title}`}
                className="flex min-h-7 w-full items-center gap-1.5 rounded text-left text-muted hover:bg-hover hover:text-ink"
                onClick={() => onChange([...chosen, id])}
              >
                <Plus size={13} aria-hidden />
                <span className="truncate">{title}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
