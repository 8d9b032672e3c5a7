import { changeView, useRoute } from '../../app/route'
import { Segmented } from '../../components/segmented'
import { Held } from './held'
import { Plan } from './plan'

const tabs = [
  { value: 'held', title: 'Held' },
  { value: 'plan', title: 'What to buy' },
] as const

/** What is bought in advance, how it is used, and what to buy next. */
export function Commitments() {
  const { view } = useRoute()
  const tab = tabs.find(({ value }) => value === view.tab)?.value ?? 'held'
  return (
    <div className="flex flex-col gap-4">
      <div className="flex">
        <Segmented
          label="What is looked at"
          value={tab}
          options={tabs}
          onChange={(value) => changeView({ tab: value === 'held' ? '' : value })}
        />
      </div>
      {tab === 'held' ? <Held /> : <Plan />}
    </div>
  )
}
