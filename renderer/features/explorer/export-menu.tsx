import { ChevronDown, Download } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { CostQuery } from '../../../analytics/contract/spend'
import type { Bridge } from '../../bridge/bridge'
import { useBridge } from '../../bridge/context'
import { copyText } from '../../components/copy-button'
import { formatCount } from '../../format/money'
import { saveExport } from '../../stores/save-export'
import { showToast } from '../../stores/toasts'

const page = 1_000
/** More than this is a file's business, not the clipboard's. */
const mostCopied = 20_000

/** All rows as they came, tab-separated: exact, and in the order of the table. */
export async function copyTable(bridge: Bridge, query: CostQuery): Promise<void> {
  const lines: string[] = []
  let rowCount = 0
  for (let offset = 0; offset < mostCopied; offset += page) {
    const answer = await bridge.call('spend/query', { ...query, offset, limit: page })
    if (!answer.ok) {
      showToast('bad', 'Nothing was copied.', answer.failure.message)
      return
    }
    const table = answer.value
    rowCount = table.rowCount
    if (offset === 0) lines.push(table.columns.map(({ name }) => name).join('\t'))
    for (const row of table.rows)
      lines.push(row.map((cell) => String(cell ?? '').replaceAll(/[\t\r\n]/g, ' ')).join('\t'))
    if (offset + table.rows.length >= rowCount || table.rows.length === 0) break
  }
  if (!(await copyText(lines.join('\n')))) return
  const copied = lines.length - 1
  showToast(
    'good',
    `Copied ${formatCount(copied)} of ${formatCount(rowCount)} rows.`,
    copied < rowCount ? 'Export the table to have all of them.' : null,
  )
}

interface ExportMenuProps {
  readonly query: CostQuery
  readonly onPicture: (() => void) | null
}

const itemClass =
  'flex min-h-7 flex-col rounded px-2 py-1 outline-none data-highlighted:bg-hover data-disabled:opacity-50'

export function ExportMenu({ query, onPicture }: ExportMenuProps) {
  const bridge = useBridge()
  const save = (format: 'csv' | 'xlsx', mark = true) =>
    void saveExport(bridge, { kind: 'spend-table', format, mark, query })
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="inline-flex h-7 items-center gap-1.5 rounded-md border border-control/60 bg-raised px-2.5 font-medium hover:bg-hover">
        <Download size={14} className="text-muted" aria-hidden />
        Export
        <ChevronDown size={12} className="text-muted" aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById('content')}>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="z-50 w-72 rounded-md border border-hairline bg-raised p-1 shadow-float"
        >
          <DropdownMenu.Item className={itemClass} onSelect={() => void copyTable(bridge, query)}>
            Copy table as TSV
            <span className="text-12 text-muted">Exact figures, all rows</span>
          </DropdownMenu.Item>
          <DropdownMenu.Item className={itemClass} onSelect={() => save('csv')}>
            CSV…
            <span className="text-12 text-muted">All rows; opens in spreadsheets</span>
          </DropdownMenu.Item>
          <DropdownMenu.Item className={itemClass} onSelect={() => save('csv', false)}>
            CSV without byte order mark…
            <span className="text-12 text-muted">For programs that read it</span>
          </DropdownMenu.Item>
          <DropdownMenu.Item className={itemClass} onSelect={() => save('xlsx')}>
            Excel workbook…
            <span className="text-12 text-muted">All rows as numbers, with the question beside them</span>
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className={itemClass}
            disabled={onPicture === null}
            onSelect={() => onPicture?.()}
          >
            Chart as PNG
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
