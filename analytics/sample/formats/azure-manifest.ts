import { idOf } from './delivery'
import type { Month } from './months'

interface AzureFacts {
  readonly exportName: string
  readonly version: '1.0' | '1.2-preview'
  readonly month: Month
  readonly lastDay: string
  readonly folder: string
  readonly blobs: readonly { readonly name: string; readonly bytes: number; readonly rows: number }[]
}

/** What Cost Management writes beside the parts of one run. */
export function azureManifest({ exportName, version, month, lastDay, folder, blobs }: AzureFacts): string {
  const csv = version === '1.0'
  const manifest = {
    manifestVersion: '2024-04-01',
    byteCount: blobs.reduce((sum, { bytes }) => sum + bytes, 0),
    blobCount: blobs.length,
    dataRowCount: blobs.reduce((sum, { rows }) => sum + rows, 0),
    exportConfig: {
      exportName,
      resourceId: `/providers/Microsoft.CostManagement/exports/${exportName}`,
      dataVersion: version,
      apiVersion: '2023-07-01-preview',
      type: 'FocusCost',
      timeFrame: 'OneTime',
      granularity: 'Daily',
    },
    deliveryConfig: {
      partitionData: true,
      dataOverwriteBehavior: 'CreateNewReport',
      fileFormat: csv ? 'Csv' : 'Parquet',
      compressionMode: csv ? 'None' : 'Snappy',
      containerUri:
        '/subscriptions/x/resourceGroups/billing/providers/Microsoft.Storage/storageAccounts/haldenbilling',
      rootFolderPath: 'costs',
    },
    runInfo: {
      executionType: 'OnDemand',
      submittedTime: `${month.to}T05:00:00Z`,
      runId: idOf(`${folder}/run`),
      startDate: `${month.from}T00:00:00`,
      endDate: `${lastDay}T00:00:00`,
    },
    blobs: blobs.map(({ name, bytes, rows }) => ({
      blobName: `costs/${name}`,
      byteCount: bytes,
      dataRowCount: rows,
    })),
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}
