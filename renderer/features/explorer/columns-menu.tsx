import { Columns3 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { CostTable } from '../../../analytics/contract/spend'
import type { ExplorerState } from './state'
import { tableColumns } from './table-columns'
import { goTo } from './use-explorer'

interface ColumnsMenuProps {
  readonly table: Pick<CostTable, 'columns' | 'currency' | 'about'>
  readonly state: ExplorerState
}

export function ColumnsMenu({ table, state }: ColumnsMenuProps) {
  const columns = tableColumns(table)
  const toggle = (name: string) =>
    goTo({
      ...state,
      without: state.without.includes(name)
        ? state.without.filter((each) => each !== name)
        : [...state.without, name],
    })
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-muted hover:bg-hover hover:text-ink">
        <Columns3 size={14} aria-hidden />
        Columns
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById('content')}>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="z-50 min-w-56 rounded-md border border-hairline bg-raised p-1 shadow-float"
        >
          {columns.map(({ name, head }, at) => (
            <DropdownMenu.CheckboxItem
              key={name}
              checked={!state.without.includes(name)}
              // Without its first column a row says nothing about itself.
              disabled={at === 0}
              onSelect={(event) => event.preventDefault()}
              onCheckedChange={() => toggle(name)}
              className="flex h-7 items-center gap-2 rounded px-2 outline-none data-disabled:opacity-50 data-highlighted:bg-hover"
            >
              <span className="w-4">
                <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
              </span>
              {head}
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
