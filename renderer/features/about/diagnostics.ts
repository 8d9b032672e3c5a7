import type { About, DoctorReport } from '../../../analytics/contract/application'
import type { Bridge } from '../../bridge/bridge'
import { failureText } from '../../components/failure-notice'

export function aboutFacts(about: About): readonly (readonly [string, string])[] {
  return [
    ['Version', about.version],
    ['Opened in', about.door === 'desktop' ? 'Desktop window' : 'Browser on this machine'],
    ['Platform', about.platform],
    ['DuckDB', about.duckdb],
    ['Node', about.node],
    ...(about.electron === null ? [] : [['Electron', about.electron] as const]),
    ...(about.chromium === null ? [] : [['Chromium', about.chromium] as const]),
  ]
}

function checksText(report: DoctorReport): string {
  return report.checks
    .map((check) => `${check.ok ? 'ok    ' : 'failed'}  ${check.name}: ${check.detail}`)
    .join('\n')
}

function aboutText(about: About): string {
  return [
    `${about.name} ${about.version}`,
    ...aboutFacts(about).map(([name, value]) => `${name}: ${value}`),
    `Workspace: ${about.home}`,
  ].join('\n')
}

/** Everything someone who helps would ask for first, as text. */
export async function readDiagnostics(bridge: Bridge): Promise<string> {
  const [about, doctor] = await Promise.all([bridge.call('about/read', {}), bridge.call('doctor/run', {})])
  return [
    about.ok ? aboutText(about.value) : failureText(about.failure),
    doctor.ok ? checksText(doctor.value) : failureText(doctor.failure),
  ].join('\n\n')
}
