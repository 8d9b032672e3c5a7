import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { IconButton } from '../../components/button'
import { capitalised, dimensionTitle } from './dimension-words'
import { OptionList } from './option-list'
import { PartMenu } from './part-menu'
import type { Scope } from './questions'
import { asked, type ExplorerState } from './state'
import { useDimensions } from './use-dimensions'
import { goTo } from './use-explorer'

const mostGroups = 6

interface GroupMenuProps {
  readonly state: ExplorerState
  readonly scope: Scope
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
}

function moved(by: readonly string[], at: number, step: -1 | 1): readonly string[] {
  const next = [...by]
  const [taken] = next.splice(at, 1)
  if (taken !== undefined) next.splice(at + step, 0, taken)
  return next
}

export function GroupMenu({ state, scope, open, onOpen }: GroupMenuProps) {
  const { by } = state
  const choose = (next: readonly string[]) => goTo(asked(state, { by: next.slice(0, mostGroups) }))
  return (
    <PartMenu
      label="Group by"
      lead="by"
      value={by.length === 0 ? 'nothing' : by.map(dimensionTitle).join(', ')}
      open={open}
      onOpen={onOpen}
    >
      {by.length === 0 ? null : (
        <ol aria-label="Grouped by" className="border-hairline border-b p-1">
          {by.map((dimension, at) => (
            <li key={dimension} className="flex h-7 items-center pl-2">
              <span className="min-w-0 grow truncate">{capitalised(dimensionTitle(dimension))}</span>
              <IconButton
                label={`${dimensionTitle(dimension)} earlier`}
                disabled={at === 0}
                className="size-6 disabled:opacity-40"
                onClick={() => choose(moved(by, at, -1))}
              >
                <ArrowUp size={13} aria-hidden />
              </IconButton>
              <IconButton
                label={`${dimensionTitle(dimension)} later`}
                disabled={at === by.length - 1}
                className="size-6 disabled:opacity-40"
                onClick={() => choose(moved(by, at, 1))}
              >
                <ArrowDown size={13} aria-hidden />
              </IconButton>
              <IconButton
                label={`Not by ${dimensionTitle(dimension)}`}
                className="size-6"
                onClick={() => choose(by.filter((each) => each !== dimension))}
              >
                <X size={13} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ol>
      )}
      {open ? (
        <DimensionList
          state={state}
          scope={scope}
          chosen={by}
          onChoose={(dimension) =>
            choose(by.includes(dimension) ? by.filter((each) => each !== dimension) : [...by, dimension])
          }
        />
      ) : null}
    </PartMenu>
  )
}

interface DimensionListProps {
  readonly state: Pick<ExplorerState, 'period'>
  readonly scope: Scope
  readonly chosen: readonly string[]
  readonly onChoose: (dimension: string) => void
  readonly allows?: (dimension: string) => boolean
}

/** All dimensions the data can be grouped and filtered by, with its tags and cost categories. */
export function DimensionList({ state, scope, chosen, onChoose, allows }: DimensionListProps) {
  const all = useDimensions(state, scope)
  const options = allows === undefined ? all : all.filter(({ value }) => allows(value))
  return (
    <OptionList
      label="Dimensions"
      placeholder="Service, account, a tag …"
      chosen={chosen}
      onChoose={onChoose}
      options={options}
    />
  )
}
