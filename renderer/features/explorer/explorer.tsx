import { Database, Share2, X } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { CostTable, Holdings } from '../../../analytics/contract/spend'
import { writeRoute } from '../../app/route'
import { useTheme } from '../../app/theme'
import { useBridge } from '../../bridge/context'
import { IconButton } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { Answered } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { useSavedViews } from '../../queries/saved-views'
import { useSettings } from '../../queries/settings'
import { useChannel } from '../../queries/use-channel'
import { useRegisteredCommands } from '../../stores/screen-commands'
import { SampleButton } from '../sources/sample-button'
import { explorerCommands } from './commands'
import { Crumbs } from './crumbs'
import { DrillMenu } from './drill-menu'
import { ExplanationPanel, showExplanation } from './explanation-panel'
import { ExportMenu } from './export-menu'
import { valueName } from './group-names'
import { LinesPanel } from './lines-panel'
import { NothingFound } from './nothing-found'
import { openPart } from './open-part'
import { QueryBar } from './query-bar'
import { drawnMeasures, type Scope, seriesQuestion, tableQuestion } from './questions'
import { savePicture } from './save-picture'
import { ShareDialog } from './share-dialog'
import { drawnSeries, SpendChart } from './spend-chart'
import { SpendTable } from './spend-table'
import type { ExplorerState } from './state'
import { TableBar } from './table-bar'
import { useExplorerState, useScope } from './use-explorer'
import { ViewsMenu } from './views-menu'

export function Explorer() {
  const holdings = useChannel('holdings/read', {})
  const views = useSavedViews('explorer')
  const scope = useScope()
  const { state, unread } = useExplorerState(views)
  return (
    <Answered answer={holdings} skeleton={<Skeleton className="h-96" />}>
      {(data) =>
        data.rows === 0 ? (
          <NoData />
        ) : scope === null || views === undefined ? (
          <Skeleton className="h-96" />
        ) : (
          <>
            {unread.length === 0 ? null : <Unread parts={unread} />}
            <View state={state} scope={scope} holdings={data} views={views} />
          </>
        )
      }
    </Answered>
  )
}

function NoData() {
  return (
    <EmptyState icon={Database} title="No billing data yet">
      <p>Explorer answers any question about a bill. It needs a billing export on this machine.</p>
      <div className="flex items-center gap-3">
        <SampleButton kind="primary" />
        <a
          href={writeRoute('sources', { focus: 'import' })}
          className="rounded font-medium text-accent underline underline-offset-2"
        >
          Import a billing export
        </a>
      </div>
    </EmptyState>
  )
}

function Unread({ parts }: { readonly parts: readonly string[] }) {
  const [isShown, setShown] = useState(true)
  if (!isShown) return null
  return (
    <p role="status" className="mb-2 flex items-center gap-2 rounded-md bg-warn-soft px-3 py-1 text-warn">
      <span className="grow">
        Parts of the address could not be read and were left out: {parts.slice(0, 8).join(', ').slice(0, 200)}
        .
      </span>
      <IconButton label="Close this notice" className="size-6" onClick={() => setShown(false)}>
        <X size={13} aria-hidden />
      </IconButton>
    </p>
  )
}

interface ViewProps {
  readonly state: ExplorerState
  readonly scope: Scope
  readonly holdings: Holdings
  readonly views: Parameters<typeof ViewsMenu>[0]['views']
}

interface Shown {
  readonly table: CostTable | undefined
  readonly isStale: boolean
}

function View({ state, scope, holdings, views }: ViewProps) {
  const bridge = useBridge()
  const { settings } = useSettings()
  const theme = useTheme(settings)
  const drawing = useRef<SVGSVGElement>(null)
  const [hovered, setHovered] = useState<string | null>(null)
  const [shown, setShown] = useState<Shown>({ table: undefined, isStale: false })
  const { table } = shown
  const latest = useRef(table)
  useEffect(() => {
    latest.current = table
  }, [table])
  const measures = useMemo(() => drawnMeasures(state, scope), [state, scope])
  const question = useMemo(() => tableQuestion(state, scope), [state, scope])
  const isDrawn = state.chart !== 'none'
  const series = useChannel('spend/series', seriesQuestion(state, scope), { enabled: isDrawn })
  // An older answer is drawn as it was asked for: with its own groups and its own measure.
  const asked = useRef({ state, measures })
  if (!series.isStale) asked.current = { state, measures }
  const drawn = asked.current
  const named = useMemo(
    () =>
      series.data === undefined || series.isStale ? [] : drawnSeries(series.data, measures, state.by, theme),
    [series.data, series.isStale, measures, state.by, theme],
  )
  const colours = useMemo(() => new Map(named.map(({ name, colour }) => [name, colour])), [named])
  const picture = useRef(() => {})
  useEffect(() => {
    picture.current = () =>
      void savePicture({
        drawing: drawing.current,
        state,
        scope,
        table: latest.current,
        legend: named
          .filter(({ name }) => (state.alone === null ? !state.hidden.includes(name) : name === state.alone))
          .map(({ name, colour }) => ({ name, colour })),
      })
  }, [state, scope, named])
  const commands = useMemo(
    () =>
      explorerCommands(
        () => latest.current,
        () => picture.current(),
      ),
    [],
  )
  useRegisteredCommands(commands)
  useHistoryKeys(bridge.door)
  const isEmpty = table !== undefined && !shown.isStale && table.rowCount === 0
  const keep = useCallback(
    (next: CostTable | undefined, isStale: boolean) => setShown({ table: next, isStale }),
    [],
  )
  const nameOf = (dimension: string, value: string) =>
    valueName(value, dimension, { ...series.data?.accountNames, ...table?.accountNames })
  return (
    <div className="explorer-view flex flex-col gap-2">
      <div className="flex items-start gap-4">
        <div className="min-w-0 grow">
          <QueryBar state={state} scope={scope} grain={series.data?.grain ?? null} />
        </div>
        <div className="flex shrink-0 items-center gap-2">
          <ViewsMenu state={state} scope={scope} views={views} />
          <IconButton label="Share this view" onClick={() => openPart('share')}>
            <Share2 size={15} aria-hidden />
          </IconButton>
          <ExportMenu query={question} onPicture={isDrawn ? () => picture.current() : null} />
        </div>
      </div>
      <Crumbs state={state} nameOf={nameOf} />
      {isEmpty ? (
        <NothingFound table={table} holdings={holdings} state={state} />
      ) : isDrawn ? (
        <Answered answer={series} skeleton={<Skeleton className="h-64" />}>
          {(data) => (
            <SpendChart
              series={data}
              state={drawn.state}
              measures={drawn.measures}
              theme={theme}
              highlighted={hovered}
              onHover={setHovered}
              drawing={drawing}
            />
          )}
        </Answered>
      ) : null}
      <div className={isEmpty ? 'hidden' : 'flex min-h-60 grow flex-col'}>
        <TableBar state={state} table={table} onExplain={() => explainAll()} />
        <SpendTable
          question={question}
          state={state}
          colours={colours}
          highlighted={hovered}
          onHover={setHovered}
          onTable={keep}
        />
      </div>
      <DrillMenu state={state} scope={scope} />
      <LinesPanel state={state} scope={scope} />
      <ExplanationPanel state={state} scope={scope} />
      <ShareDialog state={state} scope={scope} />
    </div>
  )
}

function explainAll(): void {
  showExplanation({ title: 'The whole table', filters: [], time: null })
}

/** Browsers go back with alt and left by themselves; a window of the desktop has to be told. */
function useHistoryKeys(door: 'web' | 'desktop'): void {
  useEffect(() => {
    if (door === 'web') return
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      if (event.key === 'ArrowLeft') window.history.back()
      else if (event.key === 'ArrowRight') window.history.forward()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [door])
}
