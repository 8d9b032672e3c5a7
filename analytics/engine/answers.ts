import {
  listAllocationSets,
  listAllocationVersions,
  removeAllocation,
  saveAllocation,
} from '../allocation/allocation-sets'
import { compareAllocations } from '../allocation/compare-allocations'
import { showAllocation } from '../allocation/show-allocation'
import { checkAnomalies, dismissAnomalyAlert, listAnomalyAlerts } from '../anomaly/bill/anomaly-alerts'
import { findAnomalies, labelAnomaly, replayAnomalies } from '../anomaly/bill/find-anomalies'
import { listPlannedCosts, removePlannedCost, writePlannedCost } from '../anomaly/bill/planned-costs'
import { findInSeries } from '../anomaly/find-in-series'
import { checkBudgets, dismissBudgetAlert, listBudgetAlerts } from '../budgets/alerts'
import { removeBudget, writeBudget } from '../budgets/budget-store'
import { listBudgets, readBudget } from '../budgets/read-budgets'
import type { ChannelOutput, EngineChannelName, ParsedInput } from '../contract/channels'
import type { Result } from '../contract/result'
import { importDriver, listDrivers, readDriverValues, removeDriver } from '../drivers/driver-store'
import { readUnitCosts } from '../drivers/unit-costs'
import { forecastFile } from '../forecast/forecast-file'
import { forecastAccuracy } from '../forecast/ledger/forecast-accuracy'
import { forecastSpend } from '../forecast/spend/forecast-spend'
import { preferSource } from '../ingest/books'
import { rebuildWarehouse } from '../ingest/rebuild'
import { runImport } from '../ingest/run-import'
import { listSources, removeSource } from '../ingest/sources'
import { listInventory } from '../inventory/list-inventory'
import { loadScan } from '../inventory/load-scan'
import { estimateMetrics, wantedMetrics } from '../inventory/plan-metrics'
import { readResource } from '../inventory/read-resource'
import { recordMetrics } from '../inventory/record-metrics'
import { readValues } from '../model/dimension-values'
import { explainQuery } from '../model/explain'
import { readHoldings } from '../model/holdings'
import { readLines } from '../model/line-items'
import { readMovers } from '../model/movers'
import { readOverview } from '../model/overview'
import { runCostQuery } from '../model/run-query'
import { runCostSeries } from '../model/run-series'
import { readSplitCost } from '../model/split-cost'
import { readKeys } from '../model/tag-keys'
import { readPrices } from '../prices/read-prices'
import { readBridges, writeIssuedInvoice } from '../reconcile/bridge'
import { checkSource } from '../reconcile/check-source'
import { readLedger, readRejected } from '../reconcile/ledger'
import { readRestatements } from '../reconcile/restatements'
import { fillWithSample } from '../sample/fill'
import { readSplitNodes } from '../split-cost/split-nodes'
import {
  changeWriting,
  dropConnection,
  keepConnection,
  listKept,
  readWriting,
  recordCheck,
} from '../store/connections'
import { markRecommendations } from '../store/recommendation-states'
import { listS3Sources, recordS3Sync, removeS3Source, writeS3Source } from '../store/s3-sources'
import { listViews, removeView, saveView } from '../store/saved-views'
import { readSettings, writeSettings } from '../store/settings'
import { readTagHygiene } from '../tags/tag-hygiene'
import { readUntagged } from '../tags/untagged'
import { decideRecommendations } from '../waste/decisions'
import { listRecommendations, listRules, readRecommendation, totalSelection } from '../waste/recommendations'
import { readHealth } from './health'
import { resumeEngine, suspendEngine } from './suspend'
import type { Work } from './work'

export type Answer<C extends EngineChannelName> = (
  input: ParsedInput<C>,
  work: Work,
) => Promise<Result<ChannelOutput<C>>>

/** Every channel the engine answers, and what answers it. */
export const answers: { readonly [C in EngineChannelName]: Answer<C> } = {
  'engine/health': readHealth,
  'settings/read': readSettings,
  'settings/write': writeSettings,
  'sources/list': listSources,
  'sources/remove': removeSource,
  'sources/prefer': preferSource,
  's3-sources/list': listS3Sources,
  's3-sources/write': writeS3Source,
  's3-sources/remove': removeS3Source,
  's3-sources/synced': recordS3Sync,
  'holdings/read': readHoldings,
  'spend/query': runCostQuery,
  'overview/read': readOverview,
  'import/run': runImport,
  'warehouse/rebuild': rebuildWarehouse,
  'spend/series': runCostSeries,
  'spend/explain': explainQuery,
  'spend/lines': readLines,
  'spend/values': readValues,
  'spend/keys': readKeys,
  'spend/split': readSplitCost,
  'demo/fill': fillWithSample,
  'sources/bridge': readBridges,
  'sources/restatements': readRestatements,
  'sources/ledger': readLedger,
  'sources/rejected': readRejected,
  'sources/check': checkSource,
  'invoices/write': writeIssuedInvoice,
  'engine/suspend': suspendEngine,
  'engine/resume': resumeEngine,
  'forecast/run': forecastSpend,
  'forecast/accuracy': forecastAccuracy,
  'forecast/series': forecastFile,
  'anomalies/find': findAnomalies,
  'anomalies/series': findInSeries,
  'anomalies/label': labelAnomaly,
  'anomalies/replay': replayAnomalies,
  'anomalies/planned': listPlannedCosts,
  'anomalies/plan': writePlannedCost,
  'anomalies/unplan': removePlannedCost,
  'views/list': listViews,
  'views/save': saveView,
  'views/remove': removeView,
  'budgets/list': listBudgets,
  'budgets/read': readBudget,
  'budgets/write': writeBudget,
  'budgets/remove': removeBudget,
  'budgets/check': checkBudgets,
  'budgets/alerts': listBudgetAlerts,
  'budgets/dismiss': dismissBudgetAlert,
  'overview/movers': readMovers,
  'anomalies/check': checkAnomalies,
  'anomalies/alerts': listAnomalyAlerts,
  'anomalies/dismiss': dismissAnomalyAlert,
  'drivers/list': listDrivers,
  'drivers/values': readDriverValues,
  'drivers/import': importDriver,
  'drivers/remove': removeDriver,
  'units/read': readUnitCosts,
  'tags/hygiene': readTagHygiene,
  'tags/untagged': readUntagged,
  'split/nodes': readSplitNodes,
  'inventory/load': loadScan,
  'inventory/list': listInventory,
  'inventory/read': readResource,
  'metrics/estimate': estimateMetrics,
  'metrics/wanted': wantedMetrics,
  'metrics/record': recordMetrics,
  'allocation/list': listAllocationSets,
  'allocation/show': showAllocation,
  'allocation/moves': compareAllocations,
  'allocation/versions': listAllocationVersions,
  'allocation/save': saveAllocation,
  'allocation/remove': removeAllocation,
  'connections/writing': readWriting,
  'connections/write': changeWriting,
  'connections/kept': listKept,
  'connections/keep': keepConnection,
  'connections/drop': dropConnection,
  'prices/read': readPrices,
  'recommendations/list': listRecommendations,
  'recommendations/read': readRecommendation,
  'recommendations/total': totalSelection,
  'recommendations/decide': decideRecommendations,
  'recommendations/rules': listRules,
  'recommendations/mark': markRecommendations,
  'connections/checked': recordCheck,
}
