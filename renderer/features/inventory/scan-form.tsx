import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { FormField } from '../../components/form-field'
import { Money } from '../../components/money'
import { formatCount } from '../../format/money'
import { ConnectionNames } from '../connections/connection-names'
import { fetchMetrics, leaveMetrics, metricDays, runScan, useScan } from './scan'

const words = (text: string) =>
  text
    .split(/[\s,]+/)
    .map((word) => word.trim())
    .filter((word) => word !== '')

/** Which account to read. A scan only reads; what metrics cost is said before they are fetched. */
export function ScanForm({ onClose }: { readonly onClose: () => void }) {
  const bridge = useBridge()
  const client = useQueryClient()
  const { isRunning, failure } = useScan()
  const names = useId()
  const [profile, setProfile] = useState('')
  const [regions, setRegions] = useState('')
  const scan = (event: FormEvent) => {
    event.preventDefault()
    const chosen = words(regions)
    void runScan(bridge, client, {
      profile: profile.trim() === '' ? null : profile.trim(),
      ...(chosen.length === 0 ? {} : { regions: chosen }),
    })
  }
  return (
    <form onSubmit={scan} className="flex flex-col gap-3" aria-label="Scan an account">
      <p className="max-w-prose text-12 text-muted">
        A scan asks AWS only what reads: it changes nothing and never calls Cost Explorer. What may not be
        read is left out and named.
      </p>
      <div className="grid grid-cols-[16rem_24rem] gap-3">
        <FormField
          label="Connection"
          value={profile}
          onText={setProfile}
          placeholder="the default credentials"
          list={names}
          fieldClass="font-mono text-12"
        />
        <ConnectionNames id={names} />
        <FormField
          label="Regions"
          value={regions}
          onText={setRegions}
          placeholder="all that are switched on"
          fieldClass="font-mono text-12"
        />
      </div>
      {failure === null ? null : <FailureNotice failure={failure} />}
      <div className="flex gap-2">
        <Button kind="primary" type="submit" disabled={isRunning}>
          {isRunning ? 'Scanning…' : 'Scan'}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
    </form>
  )
}

/** What the metrics that are missing would cost, and the two ways on. */
export function MetricsOffer() {
  const bridge = useBridge()
  const client = useQueryClient()
  const { estimate, isRunning } = useScan()
  if (estimate === null) return null
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-md bg-sunken px-3 py-2" role="status">
      <p className="min-w-0 grow">
        How busy things were in the last {metricDays} days is not known yet. CloudWatch would be asked for{' '}
        {formatCount(estimate.metrics)} metrics in {formatCount(estimate.requests)} requests, for about{' '}
        <Money value={estimate.cost} currency={estimate.currency} /> {estimate.currency}.
        <span className="block text-12 text-muted">{estimate.price}</span>
      </p>
      <Button kind="primary" disabled={isRunning} onClick={() => void fetchMetrics(bridge, client)}>
        Fetch metrics
      </Button>
      <Button kind="quiet" onClick={leaveMetrics}>
        Not now
      </Button>
    </div>
  )
}
