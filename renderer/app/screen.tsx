import { lazy, Suspense } from 'react'
import { ErrorBoundary } from '../components/error-boundary'
import { Skeleton } from '../components/skeleton'
import { type AreaId, areaById } from './areas'

const Overview = lazy(() =>
  import('../features/overview/overview').then((file) => ({ default: file.Overview })),
)
const Forecast = lazy(() =>
  import('../features/forecast/forecast').then((file) => ({ default: file.Forecast })),
)
const Anomalies = lazy(() =>
  import('../features/anomalies/anomalies').then((file) => ({ default: file.Anomalies })),
)
const Budgets = lazy(() => import('../features/budgets/budgets').then((file) => ({ default: file.Budgets })))
const UnitEconomics = lazy(() =>
  import('../features/unit-economics/unit-economics').then((file) => ({ default: file.UnitEconomics })),
)
const TagHygiene = lazy(() =>
  import('../features/tag-hygiene/tag-hygiene').then((file) => ({ default: file.TagHygiene })),
)
const Sources = lazy(() => import('../features/sources/sources').then((file) => ({ default: file.Sources })))
const About = lazy(() => import('../features/about/about').then((file) => ({ default: file.About })))
const Explorer = lazy(() =>
  import('../features/explorer/explorer').then((file) => ({ default: file.Explorer })),
)
const Inventory = lazy(() =>
  import('../features/inventory/inventory').then((file) => ({ default: file.Inventory })),
)
const Allocation = lazy(() =>
  import('../features/allocation/allocation').then((file) => ({ default: file.Allocation })),
)
const Connections = lazy(() =>
  import('../features/connections/connections').then((file) => ({ default: file.Connections })),
)
const Approvals = lazy(() =>
  import('../features/approvals/approvals').then((file) => ({ default: file.Approvals })),
)
const Later = lazy(() => import('../features/later/later').then((file) => ({ default: file.Later })))

function ScreenOf({ area }: { readonly area: AreaId }) {
  switch (area) {
    case 'overview':
      return <Overview />
    case 'explorer':
      return <Explorer />
    case 'forecast':
      return <Forecast />
    case 'anomalies':
      return <Anomalies />
    case 'budgets':
      return <Budgets />
    case 'units':
      return <UnitEconomics />
    case 'tags':
      return <TagHygiene />
    case 'sources':
      return <Sources />
    case 'about':
      return <About />
    case 'inventory':
      return <Inventory />
    case 'allocation':
      return <Allocation />
    case 'approvals':
      return <Approvals />
    case 'connections':
      return <Connections />
    case 'reports':
    case 'recommendations':
    case 'commitments':
      return <Later area={area} />
  }
}

export function Screen({ area }: { readonly area: AreaId }) {
  return (
    <div className="min-h-0 grow overflow-y-auto px-6 py-4">
      <ErrorBoundary key={area} name={areaById(area)?.title ?? area}>
        <Suspense fallback={<Skeleton className="h-24" />}>
          <ScreenOf area={area} />
        </Suspense>
      </ErrorBoundary>
    </div>
  )
}
