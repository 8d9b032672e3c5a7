import { Command } from 'cmdk'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'

export interface Option {
  readonly value: string
  readonly title: string
  readonly hint?: ReactNode
  readonly group?: string
}

interface OptionListProps {
  readonly label: string
  readonly options: readonly Option[]
  readonly chosen: readonly string[]
  readonly onChoose: (value: string) => void
  readonly placeholder: string
}

const headingClass =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-0.5 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-muted'

/** A list to choose from by typing a few letters; what is chosen is ticked. */
export function OptionList({ label, options, chosen, onChoose, placeholder }: OptionListProps) {
  const groups = [...new Set(options.map(({ group }) => group ?? ''))]
  return (
    <Command label={label} loop className="flex min-h-0 flex-col">
      <Command.Input
        autoFocus
        placeholder={placeholder}
        className="h-9 w-full shrink-0 border-hairline border-b bg-transparent px-3 outline-none placeholder:text-muted"
      />
      <Command.List label={label} className="max-h-80 min-h-0 overflow-y-auto p-1">
        <Command.Empty className="px-2 py-4 text-muted">Nothing has these letters.</Command.Empty>
        {groups.map((group) => (
          <Command.Group key={group} {...(group === '' ? {} : { heading: group })} className={headingClass}>
            {options
              .filter((option) => (option.group ?? '') === group)
              .map((option) => (
                <Command.Item
                  key={option.value}
                  value={`${option.title} ${option.value}`}
                  onSelect={() => onChoose(option.value)}
                  className="flex min-h-7 items-start gap-2 rounded px-2 py-1 aria-selected:bg-hover"
                >
                  <span className="flex h-5 w-4 shrink-0 items-center">
                    {chosen.includes(option.value) ? (
                      <>
                        <Check size={14} aria-hidden />
                        <span className="sr-only">chosen</span>
                      </>
                    ) : null}
                  </span>
                  <span className="min-w-0 grow">
                    {option.title}
                    {option.hint === undefined ? null : (
                      <span className="block text-12 text-muted">{option.hint}</span>
                    )}
                  </span>
                </Command.Item>
              ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  )
}
