import { changeView } from '../../app/route'

/** Which services are shown: all but those left out, or one alone. It stands in the address. */
export interface SeriesChoice {
  readonly isolated: string | null
  readonly leftOut: ReadonlySet<string>
  /** What follows from both: nothing of these is drawn. */
  readonly hidden: ReadonlySet<string>
}

const separator = '|'

export function readChoice(
  view: Readonly<Record<string, string>>,
  services: readonly string[],
): SeriesChoice {
  const isolated = services.find((service) => service === view.highlight) ?? null
  const named = new Set((view.without ?? '').split(separator))
  const leftOut = new Set(services.filter((service) => named.has(service)))
  const hidden = isolated === null ? leftOut : new Set(services.filter((service) => service !== isolated))
  return { isolated, leftOut, hidden }
}

export function isolate(service: string | null): void {
  changeView({ highlight: service ?? '' })
}

export function toggle(service: string, { leftOut }: SeriesChoice): void {
  const next = leftOut.has(service) ? [...leftOut].filter((each) => each !== service) : [...leftOut, service]
  changeView({ without: next.join(separator), highlight: '' })
}
