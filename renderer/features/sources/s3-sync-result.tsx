import { X } from 'lucide-react'
import type { SyncReport } from '../../../analytics/contract/s3-sources'
import { IconButton } from '../../components/button'
import { Chip } from '../../components/chip'
import { counted, formatBytes, formatCount } from '../../format/money'
import { forgetSync } from './s3-sync'

function fetchedWords({ sources }: SyncReport): string {
  const fetched = sources.reduce((sum, { files }) => sum + files.fetched, 0)
  const bytes = sources.reduce((sum, source) => sum + source.bytes, 0)
  return `${counted(fetched, 'file', 'files')} fetched (${formatBytes(bytes)})`
}

function importedWords({ imports }: SyncReport): string {
  const read = imports.filter(({ state }) => state !== 'unchanged').length
  const unchanged = imports.length - read
  const words = `${counted(read, 'period', 'periods')} read`
  return unchanged === 0 ? words : `${words}, ${formatCount(unchanged)} unchanged`
}

export function SyncResult({ report }: { readonly report: SyncReport }) {
  return (
    <section aria-label="Result of the sync" className="mt-3">
      <div className="flex items-center justify-between">
        <h3 className="font-medium">
          {fetchedWords(report)}, {importedWords(report)}
        </h3>
        <IconButton label="Dismiss the result of the sync" onClick={forgetSync}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
      <ul>
        {report.warnings.map((warning) => (
          <li key={`${warning.code} ${warning.file} ${warning.message}`} className="flex gap-2 py-1">
            <Chip tone="warn">{warning.code}</Chip>
            <span className="min-w-0 break-words">
              {warning.message}
              {warning.file === null ? null : (
                <code className="ml-2 font-mono text-12 break-all text-muted">{warning.file}</code>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
