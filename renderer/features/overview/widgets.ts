import type { Settings } from '../../../analytics/contract/application'

/** The parts of Overview in their usual order. */
export const widgetTitles = {
  figures: 'Figures',
  chart: 'Spend by service',
  movers: 'What moved',
  anomalies: 'Anomalies to judge',
  data: 'Data',
} as const
export type WidgetId = keyof typeof widgetTitles

/** Two of these stand beside each other where there is room. */
export const halfWidgets: ReadonlySet<WidgetId> = new Set<WidgetId>(['anomalies', 'data'])

export interface Widget {
  readonly id: WidgetId
  readonly isHidden: boolean
}

const usual = Object.keys(widgetTitles) as readonly WidgetId[]

const isWidget = (id: string): id is WidgetId => Object.hasOwn(widgetTitles, id)

/** What was saved, and what it does not know of behind the part it usually follows. */
export function arrangedWidgets(saved: Settings['overviewWidgets']): readonly Widget[] {
  const known = saved.flatMap(({ id, isHidden }) => (isWidget(id) ? [{ id, isHidden }] : []))
  const widgets = known.filter(({ id }, at) => known.findIndex((one) => one.id === id) === at)
  for (const [at, id] of usual.entries()) {
    if (widgets.some((widget) => widget.id === id)) continue
    const before = usual[at - 1]
    const place = widgets.findIndex((widget) => widget.id === before)
    widgets.splice(place + 1, 0, { id, isHidden: false })
  }
  return widgets
}

export function movedTo(widgets: readonly Widget[], id: WidgetId, place: number): readonly Widget[] {
  const widget = widgets.find((one) => one.id === id)
  if (widget === undefined) return widgets
  const rest = widgets.filter((one) => one.id !== id)
  const at = Math.max(0, Math.min(rest.length, place))
  return [...rest.slice(0, at), widget, ...rest.slice(at)]
}

/** To the place of the next part in sight; parts that are hidden are passed by. */
export function stepped(widgets: readonly Widget[], id: WidgetId, step: -1 | 1): readonly Widget[] {
  const shown = widgets.filter((one) => !one.isHidden)
  const target = shown[shown.findIndex((one) => one.id === id) + step]
  return target === undefined ? widgets : movedTo(widgets, id, widgets.indexOf(target))
}

export function withHidden(widgets: readonly Widget[], id: WidgetId, isHidden: boolean): readonly Widget[] {
  return widgets.map((one) => (one.id === id ? { id, isHidden } : one))
}
