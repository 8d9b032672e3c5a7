import { CircleAlert, CircleCheck, Keyboard, RotateCw } from 'lucide-react'
import type { DoctorReport } from '../../../analytics/contract/application'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { copyText } from '../../components/copy-button'
import { Answered, Panel } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { useChannel } from '../../queries/use-channel'
import { openLayer } from '../../stores/layers'
import { showToast } from '../../stores/toasts'
import { aboutFacts, readDiagnostics } from './diagnostics'

function Checks({ report }: { readonly report: DoctorReport }) {
  return (
    <ul data-testid="checks">
      {report.checks.map((check) => (
        <li
          key={check.name}
          className="grid grid-cols-[5.5rem_13rem_1fr] items-start gap-3 border-b border-hairline py-1.5"
        >
          <span>
            {check.ok ? (
              <Chip tone="good">
                <CircleCheck size={12} aria-hidden />
                ok
              </Chip>
            ) : (
              <Chip tone="bad">
                <CircleAlert size={12} aria-hidden />
                failed
              </Chip>
            )}
          </span>
          <span className="font-medium">{check.name}</span>
          <span className="text-muted break-words whitespace-pre-wrap">{check.detail}</span>
        </li>
      ))}
    </ul>
  )
}

export function About() {
  const bridge = useBridge()
  const about = useChannel('about/read', {})
  const doctor = useChannel('doctor/run', {})
  const failed = doctor.data?.checks.filter((check) => !check.ok).length ?? 0
  const copyAll = async () => {
    if (await copyText(await readDiagnostics(bridge))) showToast('good', 'Diagnostics copied.')
  }
  return (
    <div className="flex max-w-5xl flex-col gap-6">
      <Panel
        title="This application"
        actions={
          <Button kind="quiet" onClick={() => openLayer('keyboard')}>
            <Keyboard size={14} aria-hidden />
            Keyboard map
          </Button>
        }
      >
        <Answered answer={about} skeleton={<Skeleton className="h-32" />}>
          {(data) => (
            <>
              <dl className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-x-6 gap-y-3 border-y border-hairline py-3">
                {aboutFacts(data).map(([name, value]) => (
                  <div key={name}>
                    <dt className="text-12 text-muted">{name}</dt>
                    <dd className="font-medium break-words">{value}</dd>
                  </div>
                ))}
              </dl>
              <p className="mt-3">
                <span className="text-muted">Workspace folder </span>
                <code className="font-mono text-12 break-all">{data.home}</code>
              </p>
              <p className="mt-1 text-muted">
                {data.name} is free software under the MIT licence. Interface type is Inter, code type is
                JetBrains Mono, both under the SIL Open Font License. Nothing leaves this machine unless it is
                asked for.
              </p>
            </>
          )}
        </Answered>
      </Panel>
      <Panel
        title="Checks"
        {...(doctor.data === undefined
          ? {}
          : {
              hint:
                failed === 0
                  ? 'Everything that was checked works.'
                  : `${failed} of ${doctor.data.checks.length} failed.`,
            })}
        actions={
          <>
            <Button kind="quiet" onClick={() => void copyAll()}>
              Copy as text
            </Button>
            <Button onClick={doctor.retry} disabled={doctor.isFetching}>
              <RotateCw size={14} aria-hidden />
              Run again
            </Button>
          </>
        }
      >
        <Answered answer={doctor} skeleton={<Skeleton className="h-48" />}>
          {(report) => <Checks report={report} />}
        </Answered>
      </Panel>
    </div>
  )
}
