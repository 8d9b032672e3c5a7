import { Check, ChevronDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'

interface ChoiceMenuProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly title: string; readonly hint?: string }[]
  readonly onChange: (value: T) => void
}

/** A chip that says what is chosen and opens the other choices. */
export function ChoiceMenu<T extends string>({ label, value, options, onChange }: ChoiceMenuProps<T>) {
  const current = options.find((option) => option.value === value)
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="inline-flex h-6 items-center gap-1 rounded-md bg-sunken px-2 text-12 whitespace-nowrap hover:bg-hover"
        aria-label={`${label}: ${current?.title ?? value}`}
      >
        <span className="text-muted">{label}</span>
        <span className="font-medium">{current?.title ?? value}</span>
        <ChevronDown size={12} className="text-muted" aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById('content')}>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          className="z-50 max-h-[min(60vh,var(--radix-dropdown-menu-content-available-height))] min-w-48 overflow-y-auto rounded-md border border-hairline bg-raised p-1 shadow-float"
        >
          <DropdownMenu.RadioGroup
            value={value}
            onValueChange={(next) => {
              const chosen = options.find((option) => option.value === next)
              if (chosen !== undefined) onChange(chosen.value)
            }}
          >
            {options.map((option) => (
              <DropdownMenu.RadioItem
                key={option.value}
                value={option.value}
                className="flex items-start gap-2 rounded px-2 py-1 outline-none data-highlighted:bg-hover"
              >
                <span className="flex h-5 w-4 items-center">
                  <DropdownMenu.ItemIndicator>
                    <Check size={14} aria-hidden />
                  </DropdownMenu.ItemIndicator>
                </span>
                <span>
                  {option.title}
                  {option.hint === undefined ? null : (
                    <span className="block text-12 text-muted">{option.hint}</span>
                  )}
                </span>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
