import { changeView, useRoute } from '../../app/route'
import { Segmented } from '../../components/segmented'
import { Audit } from '../audit/audit'
import { Executions } from '../execution/executions'
import { Inbox } from './inbox'

const tabs = [
  { value: 'inbox', title: 'Approvals' },
  { value: 'executions', title: 'Executions' },
  { value: 'audit', title: 'Audit' },
] as const
type Tab = (typeof tabs)[number]['value']

/** From a person's yes to the change, the way back, and the record of all of it. */
export function Approvals() {
  const { view } = useRoute()
  const tab: Tab = tabs.find(({ value }) => value === view.tab)?.value ?? 'inbox'
  return (
    <div className="flex flex-col gap-5">
      <div className="flex">
        <Segmented
          label="Part"
          value={tab}
          options={tabs}
          onChange={(next) => changeView({ tab: next === 'inbox' ? '' : next, execution: '' })}
        />
      </div>
      {tab === 'inbox' ? <Inbox /> : tab === 'executions' ? <Executions /> : <Audit />}
    </div>
  )
}
