import { useQueryClient } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import type { ReportFormat } from '../../../analytics/contract/report-files'
import { changeView, useRoute } from '../../app/route'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { ChoiceMenu } from '../../components/choice-menu'
import { ConditionField } from '../../components/condition-field'
import { FormField } from '../../components/form-field'
import { Answered, Panel } from '../../components/panel'
import { ScrollRegion } from '../../components/scroll-region'
import { Skeleton } from '../../components/skeleton'
import { useSettings } from '../../queries/settings'
import { channelKey, useChannel } from '../../queries/use-channel'
import { saveExport } from '../../stores/save-export'
import { useSettled } from '../allocation/use-settled'
import { capitalised } from '../explorer/dimension-words'
import { useDimensions } from '../explorer/use-dimensions'
import { presetWords } from '../explorer/words'
import { KeptReportsPanel } from './kept-reports'
import { useLogo } from './logo-store'
import { LookForm } from './look-form'
import { PageView } from './page-view'
import { hasOwnDays, kindOf, kindWords, reportPeriods, requestOf, sectionsOf, styleOf } from './report-choice'
import { SectionList } from './section-list'
import { Templates } from './templates'

const formats: readonly ReportFormat[] = ['pdf', 'html', 'xlsx', 'csv']
const ownDays = 'own'

/** The page itself at the centre, its sections on the left, how it looks on the right. */
export function Reports() {
  const { view } = useRoute()
  const { settings, isSettled } = useSettings()
  const bridge = useBridge()
  const client = useQueryClient()
  const logo = useLogo((state) => state.logo)
  const [saving, setSaving] = useState<ReportFormat | null>(null)
  // The pages follow the hand, not every letter that is typed.
  const settled = useSettled(view, 350)
  const request = requestOf(settled, settings)
  const style = styleOf(settled, logo)
  const listed = useChannel('reports/list', {})
  const preview = useChannel('reports/preview', { request, style }, { enabled: isSettled })
  const kind = kindOf(view)
  const usual = listed.data?.kinds.find((one) => one.kind === kind)?.sections ?? []
  const chosen = sectionsOf(view) ?? usual
  const dimensions = useDimensions({ period: { preset: 'last-month' } }, settings)
  const needsBy = chosen.includes('groups') || chosen.includes('group-services')
  const ownPeriod = view.period === ownDays
  const save = async (format: ReportFormat) => {
    setSaving(format)
    await saveExport(bridge, {
      kind: 'report',
      format,
      request: requestOf(view, settings),
      style: styleOf(view, logo),
    })
    setSaving(null)
    await client.invalidateQueries({ queryKey: channelKey('reports/list', {}, 0) })
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <ChoiceMenu
          label="Report"
          value={kind}
          options={Object.entries(kindWords).map(([value, title]) => ({ value, title }))}
          onChange={(value) => changeView({ kind: value, sections: '', title: '' })}
        />
        <ChoiceMenu
          label="Period"
          value={ownPeriod ? ownDays : (request.period ?? 'last-month')}
          options={[
            ...reportPeriods.map((value) => ({ value, title: capitalised(presetWords[value]) })),
            { value: ownDays, title: 'Days of your own' },
          ]}
          onChange={(value) =>
            changeView({ period: value, ...(value === ownDays ? {} : { from: '', to: '' }) })
          }
        />
        <ChoiceMenu
          label="Compared with"
          value={view.compare === 'year' ? 'year' : 'previous'}
          options={[
            { value: 'previous', title: 'The period before' },
            { value: 'year', title: 'A year before' },
          ]}
          onChange={(value) => changeView({ compare: value === 'year' ? 'year' : '' })}
        />
        {needsBy ? (
          <ChoiceMenu
            label="Divided by"
            value={request.by ?? 'account'}
            options={dimensions.map(({ value, title, hint }) => ({
              value,
              title,
              ...(typeof hint === 'string' ? { hint } : {}),
            }))}
            onChange={(by) => changeView({ by })}
          />
        ) : null}
        <ConditionField
          key={view.where ?? ''}
          text={view.where ?? ''}
          onChange={(where) => changeView({ where })}
        />
        <div className="ml-auto flex gap-1.5">
          {formats.map((format) => (
            <Button
              key={format}
              kind={format === 'pdf' ? 'primary' : 'plain'}
              disabled={saving !== null}
              aria-label={`Save as ${format.toUpperCase()}`}
              onClick={() => void save(format)}
            >
              {format === 'pdf' ? <Download size={14} aria-hidden /> : null}
              {saving === format ? 'Making …' : format.toUpperCase()}
            </Button>
          ))}
        </div>
      </div>
      {ownPeriod ? (
        <div className="flex items-end gap-2">
          <FormField
            label="First day"
            type="date"
            value={view.from ?? ''}
            onText={(from) => changeView({ from })}
          />
          <FormField
            label="Day after the last"
            type="date"
            value={view.to ?? ''}
            onText={(to) => changeView({ to })}
          />
          {hasOwnDays(view) ? null : (
            <p className="pb-1 text-12 text-muted">Until both days are given, it is the last month.</p>
          )}
        </div>
      ) : null}
      <div className="grid grid-cols-[216px_minmax(0,1fr)_200px] gap-5">
        <Panel title="Sections">
          <SectionList
            known={listed.data?.sections ?? []}
            chosen={chosen}
            onChange={(sections) => changeView({ sections: sections.join(',') })}
          />
        </Panel>
        <Panel
          title="Preview"
          hint="The pages as the PDF has them"
          {...(preview.data === undefined
            ? {}
            : { actions: <PageCount shown={preview.data.pages.length} all={preview.data.pageCount} /> })}
        >
          <Answered answer={preview} skeleton={<Skeleton className="h-[70vh]" />}>
            {({ pages, pageCount }) => (
              <ScrollRegion label="Pages" className="max-h-[72vh] rounded-md bg-sunken p-4">
                <div className="flex flex-col items-center gap-4">
                  {pages.map((page, at) => (
                    // Pages are known by their number alone.
                    // biome-ignore lint/suspicious/noArrayIndexKey: see above
                    <PageView key={at} page={page} number={at + 1} of={pageCount} />
                  ))}
                </div>
              </ScrollRegion>
            )}
          </Answered>
        </Panel>
        <div className="flex flex-col gap-5">
          <Panel title="Look">
            <LookForm view={view} onChange={changeView} />
          </Panel>
          <Panel title="Templates">
            <Templates view={view} />
          </Panel>
        </div>
      </div>
      <Answered answer={listed} skeleton={<Skeleton className="h-24" />}>
        {({ reports }) => <KeptReportsPanel reports={reports} />}
      </Answered>
    </div>
  )
}

function PageCount({ shown, all }: { readonly shown: number; readonly all: number }) {
  return (
    <span className="figures text-12 text-muted">
      {shown < all ? `${shown} of ${all} pages` : `${all} ${all === 1 ? 'page' : 'pages'}`}
    </span>
  )
}
