import type { Overview } from '../../../analytics/contract/overview'
import { ChoiceMenu } from '../../components/choice-menu'
import { Figure } from '../../components/figure'
import { Money } from '../../components/money'
import { formatPercent } from '../../format/money'
import { useSettings } from '../../queries/settings'
import { dimensionTitle } from '../explorer/dimension-words'
import { ownerDoor } from './doors'
import type { LaterAnswers } from './later-questions'
import { unownedOf } from './owner-tag'

interface OwnerFigureProps {
  readonly overview: Overview
  readonly later: LaterAnswers
}

/** The share of the month that nobody owns, as far as one tag tells. Which tag that is, a person can say. */
export function OwnerFigure({ overview, later }: OwnerFigureProps) {
  const { change } = useSettings()
  const { keys, owned, tag } = later
  const unowned = owned.data === undefined || tag === null ? null : unownedOf(owned.data)
  const known = [...(keys.data?.tags ?? []), ...(keys.data?.costCategories ?? [])].slice(0, 20)
  const names = [...new Set([...(tag === null ? [] : [tag]), ...known.map(({ dimension }) => dimension)])]
  const label = tag === null ? 'Without an owner' : `Without ${tag.replace(/^[^:]*:/, '')}`
  return (
    <Figure
      label={label}
      testId="figure-unowned"
      exact={unowned?.amount ?? ''}
      shown={unowned === null || unowned.percent === null ? '–' : formatPercent(unowned.percent)}
      {...(tag === null ? {} : { href: ownerDoor(tag) })}
    >
      <span className="w-full truncate">
        {unowned !== null ? (
          <>
            <Money value={unowned.amount} currency={overview.currency} /> {overview.currency} this month
          </>
        ) : tag === null && keys.isSettled ? (
          'No tag names an owner'
        ) : (
          (owned.failure?.message ?? 'Being added up')
        )}
      </span>
      {names.length === 0 ? null : (
        <ChoiceMenu
          label="Owner"
          value={tag ?? ''}
          options={names.map((value) => ({ value, title: dimensionTitle(value) }))}
          onChange={(ownerTag) => change({ ownerTag })}
        />
      )}
    </Figure>
  )
}
