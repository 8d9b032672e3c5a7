import { useQueryClient } from '@tanstack/react-query'
import { ArrowLeft, Download } from 'lucide-react'
import { useState } from 'react'
import type { Driver } from '../../../analytics/contract/drivers'
import type { Preset } from '../../../analytics/contract/periods'
import type { UnitCostsRequest, UnitGrain } from '../../../analytics/contract/unit-costs'
import { changeView, useRoute } from '../../app/route'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { ChoiceMenu } from '../../components/choice-menu'
import { ConditionField, readConditions } from '../../components/condition-field'
import { Answered, Panel } from '../../components/panel'
import { Removal } from '../../components/removal'
import { Segmented } from '../../components/segmented'
import { Skeleton } from '../../components/skeleton'
import { formatDay } from '../../format/time'
import { useSettings } from '../../queries/settings'
import { useChannel } from '../../queries/use-channel'
import { saveExport } from '../../stores/save-export'
import { showToast } from '../../stores/toasts'
import { capitalised, dimensionTitle } from '../explorer/dimension-words'
import { presetWords } from '../explorer/words'
import { LabelTable } from './label-table'
import { UnitChart } from './unit-chart'
import { UnitTable } from './unit-table'

const grains: readonly { readonly value: UnitGrain; readonly title: string }[] = [
  { value: 'day', title: 'Day' },
  { value: 'week', title: 'Week' },
  { value: 'month', title: 'Month' },
]
const periods: readonly Preset[] = [
  'last-30-days',
  'last-90-days',
  'month-to-date',
  'last-month',
  'last-3-months',
  'last-6-months',
  'trailing-12-months',
  'everything',
]
const noLabels = '(none)'

interface DriverDeskProps {
  readonly driver: Driver
  readonly drivers: readonly Driver[]
  readonly onReplace: () => void
  /** Absent while a form is open. */
  readonly onAdd: (() => void) | null
}

/** One driver: what one of it costs, over time and by label. */
export function DriverDesk({ driver, drivers, onReplace, onAdd }: DriverDeskProps) {
  const { view } = useRoute()
  const { settings } = useSettings()
  const bridge = useBridge()
  const client = useQueryClient()
  const [isRemoving, setRemoving] = useState(false)
  const grain =
    (driver.grain === 'month' ? 'month' : grains.find(({ value }) => value === view.grain)?.value) ?? 'month'
  const period = periods.find((one) => one === view.period) ?? 'trailing-12-months'
  const by = driver.labels > 0 && view.by !== undefined && view.by !== '' ? view.by : null
  const where = readConditions(view.where ?? '') ?? []
  const request: UnitCostsRequest = {
    driver: driver.name,
    measure: settings.basis,
    grain,
    period,
    where: [
      ...where,
      ...(settings.currency === null
        ? []
        : [{ dimension: 'currency', operator: '=', value: settings.currency } as const]),
    ],
    ...(by === null ? {} : { by }),
  }
  const answer = useChannel('units/read', request)
  const label = by === null || view.label === undefined || view.label === '' ? null : view.label
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <ChoiceMenu
          label="Driver"
          value={driver.name}
          options={drivers.map(({ name, unit }) => ({ value: name, title: name, hint: `Cost per ${unit}` }))}
          onChange={(name) => changeView({ driver: name, by: '', label: '' })}
        />
        <ChoiceMenu
          label="Period"
          value={period}
          options={periods.map((value) => ({ value, title: capitalised(presetWords[value]) }))}
          onChange={(value) => changeView({ period: value })}
        />
        {driver.grain === 'month' ? null : (
          <Segmented
            label="Grain"
            value={grain}
            options={grains}
            onChange={(value) => changeView({ grain: value })}
          />
        )}
        {driver.labels === 0 ? null : <LabelDimension by={by} period={period} />}
        <ConditionField
          key={view.where ?? ''}
          text={view.where ?? ''}
          onChange={(text) => changeView({ where: text })}
        />
        <div className="ml-auto flex gap-2">
          <Button
            onClick={() => void saveExport(bridge, { kind: 'unit-costs', format: 'csv', request })}
            disabled={answer.data === undefined}
          >
            <Download size={14} className="text-muted" aria-hidden />
            CSV…
          </Button>
          <Button onClick={onReplace}>Replace…</Button>
          <Button kind="quiet" onClick={() => setRemoving(true)}>
            Remove…
          </Button>
          {onAdd === null ? null : (
            <Button kind="primary" onClick={onAdd}>
              New driver
            </Button>
          )}
        </div>
      </div>
      <Answered answer={answer} skeleton={<Skeleton className="h-96" />}>
        {(costs) => {
          const one = label === null ? undefined : costs.labels.find((each) => each.label === label)
          const rows = one ?? costs
          return (
            <div className="flex flex-col gap-4">
              <Panel
                title={
                  one === undefined ? `Cost per ${driver.unit}` : `Cost per ${driver.unit}: ${one.label}`
                }
                hint={`${driver.file}, ${formatDay(driver.firstDay)} – ${formatDay(driver.lastDay)}; gaps are where it has no value`}
                actions={
                  one === undefined ? null : (
                    <Button kind="quiet" onClick={() => changeView({ label: '' })}>
                      <ArrowLeft size={14} aria-hidden />
                      All labels
                    </Button>
                  )
                }
              >
                <UnitChart costs={costs} grain={grain} label={one?.label ?? null} />
              </Panel>
              {by !== null && one === undefined ? (
                <Panel title="By label" hint={`Values of ${dimensionTitle(by)}, over the whole period`}>
                  <LabelTable costs={costs} by={dimensionTitle(by)} />
                </Panel>
              ) : (
                <Panel title="Over time" hint="Newest first; the change is against the period before">
                  <UnitTable
                    costs={costs}
                    grain={grain}
                    points={rows.points}
                    total={rows.total}
                    of={one?.label ?? null}
                  />
                </Panel>
              )}
            </div>
          )
        }}
      </Answered>
      <Removal
        open={isRemoving}
        onClose={() => setRemoving(false)}
        title={`Remove the driver ${driver.name}?`}
        description="Its values go with it. The bill is not touched."
        confirm={`Remove ${driver.name}`}
        remove={() => bridge.call('drivers/remove', { name: driver.name })}
        onRemoved={() => {
          changeView({ driver: '', by: '', label: '' })
          showToast('good', `Removed the driver ${driver.name}.`)
          void client.invalidateQueries({ queryKey: ['drivers/list'] })
        }}
      />
    </div>
  )
}

/** Which dimension the labels name: tags of the data, or the plain ones that people count by. */
function LabelDimension({ by, period }: { readonly by: string | null; readonly period: Preset }) {
  const { settings } = useSettings()
  const keys = useChannel('spend/keys', {
    measure: settings.basis,
    period,
    ...(settings.currency === null ? {} : { currency: settings.currency }),
  })
  const found = [...(keys.data?.tags ?? []), ...(keys.data?.costCategories ?? [])].map(
    ({ dimension }) => dimension,
  )
  const plain = ['account', 'service', 'region', 'resource']
  const options = [...new Set([...plain, ...found, ...(by === null ? [] : [by])])]
  return (
    <ChoiceMenu
      label="Labels are"
      value={by ?? noLabels}
      options={[
        { value: noLabels, title: 'not told apart' },
        ...options.map((value) => ({ value, title: dimensionTitle(value) })),
      ]}
      onChange={(value) => changeView({ by: value === noLabels ? '' : value, label: '' })}
    />
  )
}
