/** Where an object belongs, told by its key alone. */
export interface ExportPlace {
  /** Key of the export's folder, without a slash at the end. */
  readonly root: string
  /** `2026-09` */
  readonly period: string
  /** Key of the folder that holds this period's objects of this kind. */
  readonly partition: string
  readonly layout: 'data-exports' | 'cur-1'
  readonly role: 'data' | 'manifest'
}

const dataName = /\.(parquet|csv|csv\.gz|csv\.zip|gz|zip)$/i
const manifestName = /manifest\.json$/i
/** Side files of Athena and Redshift integrations look like data and are none. */
const sideFile = /(^|\/)cost_and_usage_data_status\/|-RedshiftManifest\.json$/i

/**
 * `ROOT/data/BILLING_PERIOD=2026-09/..` and `ROOT/metadata/BILLING_PERIOD=2026-09/..` of Data Exports;
 * `ROOT/20260901-20261001/..` and `ROOT/NAME/year=2026/month=9/..` of Cost and Usage Reports.
 */
export function placeOf(key: string): ExportPlace | null {
  const role = manifestName.test(key) ? 'manifest' : dataName.test(key) ? 'data' : null
  if (role === null || sideFile.test(key)) return null
  const parts = key.split('/')
  return dataExport(parts, role) ?? monthFolders(parts, role) ?? dateRange(parts, role)
}

function dataExport(parts: readonly string[], role: ExportPlace['role']): ExportPlace | null {
  const at = parts.findLastIndex((part) => /^BILLING_PERIOD=\d{4}-(0[1-9]|1[0-2])$/i.test(part))
  const period = parts[at]?.slice('BILLING_PERIOD='.length)
  if (at < 0 || period === undefined) return null
  const above = at > 0 ? parts[at - 1] : undefined
  const depth = above === 'data' || above === 'metadata' ? at - 1 : at
  return placed(parts, role, 'data-exports', depth, at + 1, period)
}

function monthFolders(parts: readonly string[], role: ExportPlace['role']): ExportPlace | null {
  const at = parts.findLastIndex((part) => /^year=\d{4}$/i.test(part))
  const month = /^month=(\d{1,2})$/i.exec(parts[at + 1] ?? '')?.[1]
  if (at < 0 || month === undefined || Number(month) < 1 || Number(month) > 12) return null
  const period = `${parts[at]?.slice('year='.length)}-${month.padStart(2, '0')}`
  // The report's name stands twice above the months; once is enough to say which report it is.
  const depth = at >= 2 && parts[at - 1] === parts[at - 2] ? at - 1 : at
  return placed(parts, role, 'cur-1', depth, at + 2, period)
}

function dateRange(parts: readonly string[], role: ExportPlace['role']): ExportPlace | null {
  const at = parts.findLastIndex((part) => /^\d{8}-\d{8}$/.test(part))
  const range = /^(\d{4})(0[1-9]|1[0-2])\d{2}-\d{8}$/.exec(parts[at] ?? '')
  if (at < 0 || !range) return null
  const depth = at >= 2 && parts[at - 1] === parts[at - 2] ? at - 1 : at
  return placed(parts, role, 'cur-1', depth, at + 1, `${range[1]}-${range[2]}`)
}

function placed(
  parts: readonly string[],
  role: ExportPlace['role'],
  layout: ExportPlace['layout'],
  rootDepth: number,
  partitionDepth: number,
  period: string,
): ExportPlace | null {
  // A folder marker, or a file called like a folder.
  if (partitionDepth >= parts.length) return null
  return {
    root: parts.slice(0, rootDepth).join('/'),
    period,
    partition: parts.slice(0, partitionDepth).join('/'),
    layout,
    role,
  }
}
