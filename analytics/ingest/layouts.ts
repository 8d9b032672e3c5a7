import { sep } from 'node:path'

/** Where a file lies in an export: which export, which billing period, which delivery of it. */
export interface Place {
  /** The export's own folder; its name names the source. */
  readonly root: string
  /** `2026-09` */
  readonly period: string
  /** Folder of one delivery where the export keeps them apart, else empty. */
  readonly delivery: string
}

/**
 * The layouts AWS and Azure deliver in. Data and manifests of a period can lie in different branches, so a place
 * is known by export and period, not by folder.
 */
export function placeOf(path: string): Place | null {
  const parts = path.split(sep)
  return dataExports(parts) ?? dateRange(parts) ?? yearAndMonth(parts)
}

/** Data Exports: `<root>/data/BILLING_PERIOD=2026-09/[<execution>/]file`, manifests below `metadata`. */
function dataExports(parts: readonly string[]): Place | null {
  const at = parts.findLastIndex((part) => /^BILLING_PERIOD=\d{4}-\d{2}$/i.test(part))
  const period = parts[at]?.slice('BILLING_PERIOD='.length)
  if (at < 1 || period === undefined) return null
  const above = parts[at - 1]
  const root = parts.slice(0, above === 'data' || above === 'metadata' ? at - 1 : at)
  return { root: root.join(sep), period, delivery: parts.slice(at + 1, -1).join('/') }
}

/** CUR 1 and Azure: `<report>/20260901-20261001/[<assembly>/]file`; the end is written both ways. */
function dateRange(parts: readonly string[]): Place | null {
  const at = parts.findLastIndex((part) => /^\d{8}-\d{8}$/.test(part))
  const range = parts[at]
  if (at < 1 || range === undefined) return null
  return {
    root: parts.slice(0, at).join(sep),
    period: `${range.slice(0, 4)}-${range.slice(4, 6)}`,
    delivery: parts.slice(at + 1, -1).join('/'),
  }
}

/** CUR 1 for Athena: `<report>/<report>/year=2026/month=9/file`; the month is not padded. */
function yearAndMonth(parts: readonly string[]): Place | null {
  const at = parts.findLastIndex((part) => /^month=\d{1,2}$/i.test(part))
  const year = /^year=(\d{4})$/i.exec(parts[at - 1] ?? '')?.[1]
  const month = parts[at]?.slice('month='.length)
  if (at < 2 || year === undefined || month === undefined) return null
  const root = parts.slice(0, at - 1)
  const twice = root.at(-1) === root.at(-2)
  return {
    root: (twice ? root.slice(0, -1) : root).join(sep),
    period: `${year}-${month.padStart(2, '0')}`,
    delivery: parts.slice(at + 1, -1).join('/'),
  }
}

/** Things that lie beside a bill and are none: status tables, scripts, AWS's own test object. */
export function isBeside(path: string): boolean {
  return (
    path.split(sep).includes('cost_and_usage_data_status') ||
    /\.(sql|ya?ml|json|md|pdf|html?)$/i.test(path) ||
    path.endsWith('aws-programmatic-access-test-object')
  )
}
