import { z } from 'zod'
import {
  allocationMovesRequestSchema,
  allocationMovesSchema,
  allocationReferenceSchema,
  allocationRequestSchema,
  allocationSavedSchema,
  allocationSaveSchema,
  allocationSchema,
  allocationSetsSchema,
  allocationVersionsSchema,
} from './allocation'
import {
  anomaliesRequestSchema,
  anomaliesSchema,
  anomalyAlertReferenceSchema,
  anomalyAlertsSchema,
  anomalyReplaySchema,
  labelRequestSchema,
  plannedEventSchema,
  plannedEventsSchema,
  plannedReferenceSchema,
  seriesAnomaliesRequestSchema,
  seriesAnomaliesSchema,
} from './anomalies'
import {
  aboutSchema,
  doctorSchema,
  engineHealthSchema,
  engineStateSchema,
  engineSuspendedSchema,
  importRequestSchema,
  pickedPathsSchema,
  pickSchema,
  settingsChangeSchema,
  settingsSchema,
} from './application'
import {
  approvalRequestSchema,
  approvalsSchema,
  packedSchema,
  packReportSchema,
  packRequestSchema,
  rejectionRequestSchema,
} from './approvals'
import {
  budgetAlertReferenceSchema,
  budgetAlertsSchema,
  budgetDetailSchema,
  budgetReferenceSchema,
  budgetSchema,
  budgetsRequestSchema,
  budgetsSchema,
} from './budgets'
import { answeredByEngine, answeredByMain, longWork, longWorkOfMain } from './channel'
import {
  connectionCheckSchema,
  connectionPoliciesSchema,
  connectionReferenceSchema,
  connectionsSchema,
  keptConnectionSchema,
  keptConnectionsSchema,
  keptReferenceSchema,
  keptRemovedSchema,
  keyStoreSchema,
  membersRequestSchema,
  membersSavedSchema,
  membersSchema,
  saveKeysSchema,
  saveMembersSchema,
  writingChangeSchema,
  writingSchema,
} from './connections'
import { costSeriesSchema } from './cost-series'
import { keysRequestSchema, keysSchema, valuesRequestSchema, valuesSchema } from './dimension-values'
import {
  driverImportSchema,
  driverReferenceSchema,
  driverSchema,
  driversSchema,
  driverValuesRequestSchema,
  driverValuesSchema,
} from './drivers'
import {
  executionRequestSchema,
  executionSchema,
  executionsSchema,
  settleRequestSchema,
  stoppedSchema,
  undoRequestSchema,
} from './executions'
import { explainRequestSchema, explanationSchema } from './explanation'
import { exportAnswerSchema, exportRequestSchema } from './exports'
import {
  decidedSchema,
  decideRequestSchema,
  recommendationDetailSchema,
  recommendationReferenceSchema,
  recommendationsRequestSchema,
  recommendationsSchema,
  rulesSchema,
  selectionRequestSchema,
  selectionSchema,
} from './findings'
import {
  seriesForecastRequestSchema,
  seriesForecastsSchema,
  spendForecastRequestSchema,
  spendForecastSchema,
} from './forecast'
import { accuracyRequestSchema, accuracySchema } from './forecast-accuracy'
import {
  demoReportSchema,
  demoRequestSchema,
  importReportSchema,
  sourceChangedSchema,
  sourceReferenceSchema,
  sourcesSchema,
} from './imports'
import {
  inventoryRequestSchema,
  inventorySchema,
  loadedScanSchema,
  metricSeriesListSchema,
  metricsArrivedSchema,
  metricsEstimateSchema,
  metricsFetchedSchema,
  metricsFetchRequestSchema,
  metricsRecordedSchema,
  metricsRequestSchema,
  recordedInventorySchema,
  resourceDetailSchema,
  resourceReferenceSchema,
  scanReferenceSchema,
  scanReportSchema,
  scanRequestSchema,
} from './inventory'
import { bridgesSchema, issuedInvoiceSchema, monthsOfSourcesSchema } from './invoice-bridge'
import { journalHealthSchema, journalPageSchema, journalRequestSchema } from './journal'
import { ledgerRequestSchema, ledgerSchema, rejectedLinesSchema, rejectedRequestSchema } from './ledger'
import { linesRequestSchema, linesSchema } from './line-items'
import { moversSchema, overviewRequestSchema, overviewSchema } from './overview'
import { pricesRequestSchema, pricesSchema } from './prices'
import { questionAnswerSchema, questionsSchema } from './questions'
import { recommendationMarkSchema } from './recommendations'
import { restatementsRequestSchema, restatementsSchema } from './restatements'
import {
  s3DraftSchema,
  s3PolicyRequestSchema,
  s3PolicySchema,
  s3ReferenceSchema,
  s3SavedSchema,
  s3SaveRequestSchema,
  s3SourceSchema,
  s3SourcesSchema,
  s3SyncedSchema,
  s3TestSchema,
  syncReportSchema,
  syncRequestSchema,
} from './s3-sources'
import { savedViewSchema, savedViewsSchema, viewDraftSchema, viewReferenceSchema } from './saved-views'
import { costQuerySchema, costTableSchema, holdingsSchema } from './spend'
import { splitNodesRequestSchema, splitNodesSchema, splitRequestSchema, splitTableSchema } from './split-cost'
import {
  tagHygieneRequestSchema,
  tagHygieneSchema,
  untaggedRequestSchema,
  untaggedSchema,
} from './tag-hygiene'
import { taskReferenceSchema, taskSchema } from './tasks'
import { unitCostsRequestSchema, unitCostsSchema } from './unit-costs'
import { uploadReferenceSchema, uploadRequestSchema } from './uploads'
import { emptySchema } from './values'

/** Everything that can be asked, by every door in the same words. */
export const channels = {
  'about/read': answeredByMain(emptySchema, aboutSchema),
  'doctor/run': answeredByMain(emptySchema, doctorSchema),
  'tasks/list': answeredByMain(emptySchema, z.strictObject({ tasks: z.array(taskSchema) })),
  'tasks/cancel': answeredByMain(taskReferenceSchema, taskSchema),
  'tasks/dismiss': answeredByMain(taskReferenceSchema, emptySchema),
  'files/pick': answeredByMain(pickSchema, pickedPathsSchema),
  'engine/state': answeredByMain(emptySchema, engineStateSchema),
  'engine/restart': answeredByMain(emptySchema, engineStateSchema),
  'engine/health': answeredByEngine(emptySchema, engineHealthSchema),
  'settings/read': answeredByEngine(emptySchema, settingsSchema),
  'settings/write': answeredByEngine(settingsChangeSchema, settingsSchema),
  'sources/list': answeredByEngine(emptySchema, sourcesSchema),
  'sources/remove': answeredByEngine(sourceReferenceSchema, sourceChangedSchema),
  'sources/prefer': answeredByEngine(sourceReferenceSchema, sourceChangedSchema),
  's3/test': answeredByMain(s3DraftSchema, s3TestSchema),
  's3/save': answeredByMain(s3SaveRequestSchema, s3SavedSchema),
  's3/list': answeredByMain(emptySchema, s3SourcesSchema),
  's3/remove': answeredByMain(s3ReferenceSchema, s3ReferenceSchema),
  's3/policy': answeredByMain(s3PolicyRequestSchema, s3PolicySchema),
  'sync/run': longWorkOfMain('Sync S3 sources', syncRequestSchema, syncReportSchema),
  's3-sources/list': answeredByEngine(emptySchema, s3SourcesSchema),
  's3-sources/write': answeredByEngine(s3DraftSchema, s3SourceSchema),
  's3-sources/remove': answeredByEngine(s3ReferenceSchema, s3ReferenceSchema),
  's3-sources/synced': answeredByEngine(s3SyncedSchema, s3SourceSchema),
  'holdings/read': answeredByEngine(emptySchema, holdingsSchema),
  'spend/query': answeredByEngine(costQuerySchema, costTableSchema),
  'overview/read': answeredByEngine(overviewRequestSchema, overviewSchema),
  'import/run': longWork('Import billing data', importRequestSchema, importReportSchema),
  'warehouse/rebuild': longWork('Rebuild the warehouse from sources', emptySchema, importReportSchema),
  'spend/series': answeredByEngine(costQuerySchema, costSeriesSchema),
  'spend/explain': answeredByEngine(explainRequestSchema, explanationSchema),
  'spend/lines': answeredByEngine(linesRequestSchema, linesSchema),
  'spend/values': answeredByEngine(valuesRequestSchema, valuesSchema),
  'spend/keys': answeredByEngine(keysRequestSchema, keysSchema),
  'spend/split': answeredByEngine(splitRequestSchema, splitTableSchema),
  'demo/fill': longWork('Fill with the sample organisation', demoRequestSchema, demoReportSchema),
  'sources/bridge': answeredByEngine(monthsOfSourcesSchema, bridgesSchema),
  'sources/restatements': answeredByEngine(restatementsRequestSchema, restatementsSchema),
  'sources/ledger': answeredByEngine(ledgerRequestSchema, ledgerSchema),
  'sources/rejected': answeredByEngine(rejectedRequestSchema, rejectedLinesSchema),
  'sources/check': longWork('Check for repeated lines', sourceReferenceSchema, sourceChangedSchema),
  'invoices/write': answeredByEngine(issuedInvoiceSchema, issuedInvoiceSchema),
  'exports/save': answeredByMain(exportRequestSchema, exportAnswerSchema),
  'engine/suspend': answeredByEngine(emptySchema, engineSuspendedSchema),
  'engine/resume': answeredByEngine(emptySchema, emptySchema),
  'questions/list': answeredByMain(emptySchema, questionsSchema),
  'questions/answer': answeredByMain(questionAnswerSchema, emptySchema),
  'uploads/open': answeredByMain(uploadRequestSchema, uploadReferenceSchema),
  'uploads/import': longWorkOfMain('Import dropped files', uploadReferenceSchema, importReportSchema),
  'uploads/abandon': answeredByMain(uploadReferenceSchema, emptySchema),
  'forecast/run': answeredByEngine(spendForecastRequestSchema, spendForecastSchema),
  'forecast/accuracy': answeredByEngine(accuracyRequestSchema, accuracySchema),
  'forecast/series': answeredByEngine(seriesForecastRequestSchema, seriesForecastsSchema),
  'anomalies/find': answeredByEngine(anomaliesRequestSchema, anomaliesSchema),
  'anomalies/series': answeredByEngine(seriesAnomaliesRequestSchema, seriesAnomaliesSchema),
  'anomalies/label': answeredByEngine(labelRequestSchema, labelRequestSchema),
  'anomalies/replay': answeredByEngine(anomaliesRequestSchema, anomalyReplaySchema),
  'anomalies/planned': answeredByEngine(emptySchema, plannedEventsSchema),
  'anomalies/plan': answeredByEngine(plannedEventSchema, plannedEventsSchema),
  'anomalies/unplan': answeredByEngine(plannedReferenceSchema, plannedEventsSchema),
  'views/list': answeredByEngine(emptySchema, savedViewsSchema),
  'views/save': answeredByEngine(viewDraftSchema, savedViewSchema),
  'views/remove': answeredByEngine(viewReferenceSchema, viewReferenceSchema),
  'budgets/list': answeredByEngine(budgetsRequestSchema, budgetsSchema),
  'budgets/read': answeredByEngine(budgetReferenceSchema, budgetDetailSchema),
  'budgets/write': answeredByEngine(budgetSchema, budgetSchema),
  'budgets/remove': answeredByEngine(budgetReferenceSchema, budgetReferenceSchema),
  'budgets/check': answeredByEngine(emptySchema, budgetAlertsSchema),
  'budgets/alerts': answeredByEngine(emptySchema, budgetAlertsSchema),
  'budgets/dismiss': answeredByEngine(budgetAlertReferenceSchema, budgetAlertsSchema),
  'overview/movers': answeredByEngine(overviewRequestSchema, moversSchema),
  'anomalies/check': answeredByEngine(emptySchema, anomalyAlertsSchema),
  'anomalies/alerts': answeredByEngine(emptySchema, anomalyAlertsSchema),
  'anomalies/dismiss': answeredByEngine(anomalyAlertReferenceSchema, anomalyAlertsSchema),
  'drivers/list': answeredByEngine(emptySchema, driversSchema),
  'drivers/values': answeredByEngine(driverValuesRequestSchema, driverValuesSchema),
  'drivers/import': answeredByEngine(driverImportSchema, driverSchema),
  'drivers/remove': answeredByEngine(driverReferenceSchema, driverReferenceSchema),
  'units/read': answeredByEngine(unitCostsRequestSchema, unitCostsSchema),
  'tags/hygiene': answeredByEngine(tagHygieneRequestSchema, tagHygieneSchema),
  'tags/untagged': answeredByEngine(untaggedRequestSchema, untaggedSchema),
  'split/nodes': answeredByEngine(splitNodesRequestSchema, splitNodesSchema),
  'inventory/scan': longWorkOfMain('Scan an AWS account', scanRequestSchema, scanReportSchema),
  'inventory/import': longWorkOfMain('Read a recorded inventory', recordedInventorySchema, scanReportSchema),
  'inventory/load': longWork('Load an inventory', scanReferenceSchema, loadedScanSchema),
  'inventory/list': answeredByEngine(inventoryRequestSchema, inventorySchema),
  'inventory/read': answeredByEngine(resourceReferenceSchema, resourceDetailSchema),
  'metrics/estimate': answeredByEngine(metricsRequestSchema, metricsEstimateSchema),
  'metrics/wanted': answeredByEngine(metricsRequestSchema, metricSeriesListSchema),
  'metrics/fetch': longWorkOfMain('Fetch metrics', metricsFetchRequestSchema, metricsFetchedSchema),
  'metrics/record': longWork('Keep metrics', metricsArrivedSchema, metricsRecordedSchema),
  'allocation/list': answeredByEngine(emptySchema, allocationSetsSchema),
  'allocation/show': answeredByEngine(allocationRequestSchema, allocationSchema),
  'allocation/moves': answeredByEngine(allocationMovesRequestSchema, allocationMovesSchema),
  'allocation/versions': answeredByEngine(allocationReferenceSchema, allocationVersionsSchema),
  'allocation/save': answeredByEngine(allocationSaveSchema, allocationSavedSchema),
  'allocation/remove': answeredByEngine(allocationReferenceSchema, allocationReferenceSchema),
  'connections/writing': answeredByEngine(connectionReferenceSchema, writingSchema),
  'connections/write': answeredByEngine(writingChangeSchema, writingSchema),
  'connections/kept': answeredByEngine(emptySchema, keptConnectionsSchema),
  'connections/keep': answeredByEngine(keptConnectionSchema, keptConnectionSchema),
  'connections/drop': answeredByEngine(keptReferenceSchema, keptReferenceSchema),
  'prices/read': answeredByEngine(pricesRequestSchema, pricesSchema),
  'recommendations/list': answeredByEngine(recommendationsRequestSchema, recommendationsSchema),
  'recommendations/read': answeredByEngine(recommendationReferenceSchema, recommendationDetailSchema),
  'recommendations/total': answeredByEngine(selectionRequestSchema, selectionSchema),
  'recommendations/decide': answeredByEngine(decideRequestSchema, decidedSchema),
  'recommendations/rules': answeredByEngine(emptySchema, rulesSchema),
  'recommendations/mark': answeredByEngine(recommendationMarkSchema, decidedSchema),
  'approvals/list': answeredByMain(emptySchema, approvalsSchema),
  'approvals/give': answeredByMain(approvalRequestSchema, approvalsSchema),
  'approvals/reject': answeredByMain(rejectionRequestSchema, approvalsSchema),
  'approvals/revoke': answeredByMain(rejectionRequestSchema, approvalsSchema),
  'packs/make': answeredByMain(approvalRequestSchema, packedSchema),
  'packs/approve': answeredByMain(packRequestSchema, packedSchema),
  'packs/open': answeredByMain(packRequestSchema, packReportSchema),
  'executions/list': answeredByMain(emptySchema, executionsSchema),
  'executions/run': longWorkOfMain('Execute recommendations', executionRequestSchema, executionsSchema),
  'executions/undo': longWorkOfMain('Undo an execution', undoRequestSchema, executionSchema),
  'executions/settle': longWorkOfMain('Settle interrupted executions', settleRequestSchema, executionsSchema),
  'executions/stop': answeredByMain(emptySchema, stoppedSchema),
  'journal/read': answeredByMain(journalRequestSchema, journalPageSchema),
  'journal/verify': answeredByMain(emptySchema, journalHealthSchema),
  'connections/checked': answeredByEngine(connectionCheckSchema, connectionCheckSchema),
  'connections/list': answeredByMain(emptySchema, connectionsSchema),
  'connections/check': answeredByMain(connectionReferenceSchema, connectionCheckSchema),
  'connections/key-store': answeredByMain(emptySchema, keyStoreSchema),
  'connections/save-keys': answeredByMain(saveKeysSchema, keptConnectionSchema),
  'connections/remove': answeredByMain(keptReferenceSchema, keptRemovedSchema),
  'connections/members': answeredByMain(membersRequestSchema, membersSchema),
  'connections/save-members': answeredByMain(saveMembersSchema, membersSavedSchema),
  'connections/policies': answeredByMain(emptySchema, connectionPoliciesSchema),
} as const

export type Channels = typeof channels
export type ChannelName = keyof Channels
export type ChannelInput<C extends ChannelName> = z.input<Channels[C]['input']>
export type ParsedInput<C extends ChannelName> = z.output<Channels[C]['input']>
export type ChannelOutput<C extends ChannelName> = z.output<Channels[C]['output']>

export type EngineChannelName = {
  [C in ChannelName]: Channels[C]['answeredBy'] extends 'engine' ? C : never
}[ChannelName]
export type MainChannelName = Exclude<ChannelName, EngineChannelName>

export const channelNames = Object.keys(channels) as readonly ChannelName[]

export function isChannelName(name: string): name is ChannelName {
  return Object.hasOwn(channels, name)
}
