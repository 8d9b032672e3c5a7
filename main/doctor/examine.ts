import { access, constants, statfs } from 'node:fs/promises'
import type { Check, DoctorReport, Door, EngineHealth } from '../../analytics/contract/application'
import type { EngineSupervisor } from '../engine/supervisor'
import type { SecretVault } from '../vault/secret-vault'
import { describeAwsProfiles } from './aws-profiles'
import { describeScreen } from './screen'

export interface Examined {
  readonly home: string
  readonly door: Door
  readonly supervisor: EngineSupervisor
  readonly openVault: () => Promise<SecretVault>
  readonly env: NodeJS.ProcessEnv
}

/** Looks at everything the program stands on, and says of each what it means for the user. */
export async function examine(examined: Examined): Promise<DoctorReport> {
  return {
    checks: [
      await engineCheck(examined.supervisor),
      await workspaceCheck(examined.home),
      await diskCheck(examined.home),
      await keychainCheck(examined.openVault),
      await describeScreen(examined.door, examined.env),
      await describeAwsProfiles(examined.env),
    ],
  }
}

async function engineCheck(supervisor: EngineSupervisor): Promise<Check> {
  const name = 'engine'
  const result = await supervisor.request('engine/health', {})
  if (!result.ok)
    return { name, ok: false, detail: `${result.failure.message} ${result.failure.hint ?? ''}`.trim() }
  const health = result.value as EngineHealth
  const recovery = health.recovery === null ? '' : ` ${health.recovery}`
  return {
    name,
    ok: health.recovery === null,
    detail: `DuckDB ${health.duckdb} answers, with ${health.threads} threads and at most ${health.memoryLimit} of memory. The warehouse takes ${megabytes(health.warehouseBytes)}.${recovery}`,
  }
}

async function workspaceCheck(home: string): Promise<Check> {
  const writable = await access(home, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  )
  return {
    name: 'workspace',
    ok: writable,
    detail: writable
      ? `${home} can be read and written.`
      : `${home} cannot be written. Change its permissions, or choose another folder with FINOPS_HOME.`,
  }
}

const wantedBytes = 2 * 1024 ** 3

async function diskCheck(home: string): Promise<Check> {
  const disk = await statfs(home).catch(() => null)
  if (disk === null) {
    return {
      name: 'disk',
      ok: false,
      detail: `The free space could not be read, because ${home} is not there. Choose another folder with FINOPS_HOME.`,
    }
  }
  const free = disk.bavail * disk.bsize
  const ok = free >= wantedBytes
  return {
    name: 'disk',
    ok,
    detail: ok
      ? `${megabytes(free)} free where the workspace lies.`
      : `Only ${megabytes(free)} free where the workspace lies. An import needs about twice the size of the export; free some space first.`,
  }
}

async function keychainCheck(openVault: () => Promise<SecretVault>): Promise<Check> {
  const status = await (await openVault()).status()
  return status.kind === 'ready'
    ? { name: 'keychain', ok: true, detail: `Secrets are kept in the ${status.backend} of this machine.` }
    : { name: 'keychain', ok: false, detail: `${status.reason} ${status.hint}` }
}

function megabytes(bytes: number): string {
  const mb = bytes / 1024 ** 2
  return mb >= 1024 ? `${(mb / 1024).toFixed(1)} GB` : `${mb.toFixed(1)} MB`
}
