import type { CostTable } from '../../analytics/contract/spend'
import type { Application } from '../application'

/** Everything the workspace says about March 2026, without the times at which it was told. */
export interface Figures {
  readonly lines: unknown
  readonly services: unknown
  readonly sources: unknown
  readonly holdings: unknown
}

type Asked = Pick<Application, 'ask'>

export async function readFigures(application: Asked): Promise<Figures> {
  const march = { from: '2026-03-01', to: '2026-04-01' } as const
  const lines = await application.ask('spend/query', {
    ...march,
    measure: 'effective',
    grain: 'day',
    by: ['account', 'service', 'region', 'line-type'],
  })
  // A filter on the resource is answered from the line items instead of the rollup.
  const services = await application.ask('spend/query', {
    ...march,
    measure: 'billed',
    by: ['service'],
    where: [{ dimension: 'resource', operator: '!=', value: 'none of them' }],
  })
  const sources = await application.ask('sources/list', {})
  const holdings = await application.ask('holdings/read', {})
  if (!sources.ok || !holdings.ok || !lines.ok || !services.ok) {
    throw new Error(`no figures: ${JSON.stringify([sources, holdings, lines, services]).slice(0, 2_000)}`)
  }
  const { rows, firstDay, lastDay, estimatedPeriods, failedChecks } = holdings.value
  return {
    lines: figuresOf(lines.value),
    services: figuresOf(services.value),
    sources: sources.value.sources.map(({ name, periods }) => ({
      name,
      periods: periods.map(({ importedAt, state, ...period }) => period),
    })),
    holdings: { rows, firstDay, lastDay, estimatedPeriods, failedChecks },
  }
}

/** An answer without which state of the data it was read from, which counts every import. */
function figuresOf({ about, ...figures }: CostTable): unknown {
  return figures
}
