import { Scale } from 'lucide-react'
import { changeView, useRoute } from '../../app/route'
import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { Answered, Panel } from '../../components/panel'
import { Segmented } from '../../components/segmented'
import { Skeleton } from '../../components/skeleton'
import { useChannel } from '../../queries/use-channel'
import { Containers } from '../split-cost/containers'
import { DriverDesk } from './driver-desk'
import { DriverForm } from './driver-form'

const tabs = [
  { value: 'drivers', title: 'By driver' },
  { value: 'containers', title: 'Containers' },
] as const

const newDriver = '(new)'

/** What one of something costs: an order, a customer, a workload. */
export function UnitEconomics() {
  const { view } = useRoute()
  const tab = tabs.find(({ value }) => value === view.tab)?.value ?? 'drivers'
  return (
    <div className="flex flex-col gap-4">
      <div className="flex">
        <Segmented
          label="What is looked at"
          value={tab}
          options={tabs}
          onChange={(value) => changeView({ tab: value === 'drivers' ? '' : value })}
        />
      </div>
      {tab === 'drivers' ? <Drivers /> : <Containers />}
    </div>
  )
}

function Drivers() {
  const { view } = useRoute()
  const answer = useChannel('drivers/list', {})
  return (
    <Answered answer={answer} skeleton={<Skeleton className="h-64" />}>
      {({ drivers }) => {
        const form = view.form ?? ''
        const replaced = drivers.find(({ name }) => name === form) ?? null
        const driver = drivers.find(({ name }) => name === view.driver) ?? drivers[0]
        const add = () => changeView({ form: newDriver })
        const showsForm = form === newDriver || replaced !== null
        return (
          <div className="flex flex-col gap-6">
            {showsForm ? (
              <Panel title={replaced === null ? 'New driver' : `Replace ${replaced.name}`}>
                <DriverForm
                  key={form}
                  of={replaced}
                  names={drivers.map(({ name }) => name)}
                  onClose={() => changeView({ form: '' })}
                  onDone={(name) => changeView({ form: '', driver: name, by: '', label: '' })}
                />
              </Panel>
            ) : null}
            {driver === undefined ? (
              showsForm ? null : (
                <EmptyState icon={Scale} title="No drivers yet">
                  <p>
                    A driver is what the business counts, as orders or customers, day by day. With one, the
                    bill says what each of them costs and whether a change came from volume or from price.
                  </p>
                  <div>
                    <Button kind="primary" onClick={add}>
                      Bring in a driver
                    </Button>
                  </div>
                </EmptyState>
              )
            ) : (
              <DriverDesk
                key={driver.name}
                driver={driver}
                drivers={drivers}
                onAdd={showsForm ? null : add}
                onReplace={() => changeView({ form: driver.name })}
              />
            )}
          </div>
        )
      }}
    </Answered>
  )
}
