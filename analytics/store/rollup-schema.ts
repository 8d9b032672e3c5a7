import { type ChargeColumn, chargeColumns } from './warehouse-schema'

/** Everything that tells two lines of a month apart to a question, short of their hour: with their tags, an item. */
export const itemDimensions = [
  'BillingAccountId',
  'SubAccountId',
  'BillingCurrency',
  'ProviderName',
  'PublisherName',
  'ServiceName',
  'ServiceCategory',
  'RegionId',
  'AvailabilityZone',
  'ResourceId',
  'x_UsageType',
  'x_Operation',
  'ChargeCategory',
  'PricingCategory',
  'CommitmentDiscountId',
  'x_LineItemType',
  'ConsumedUnit',
] as const satisfies readonly ChargeColumn[]

/** Few sets of tags stand on many items: a set is looked into once. */
export const itemMaps = ['Tags', 'x_CostCategories'] as const satisfies readonly ChargeColumn[]

export const serviceDayDimensions = [
  'BillingAccountId',
  'BillingCurrency',
  'ProviderName',
  'ServiceName',
  'ServiceCategory',
  'RegionId',
  'ChargeCategory',
  'PricingCategory',
  'x_LineItemType',
] as const satisfies readonly ChargeColumn[]

export const accountDayDimensions = [
  'BillingAccountId',
  'SubAccountId',
  'BillingCurrency',
  'ProviderName',
  'ChargeCategory',
  'x_LineItemType',
] as const satisfies readonly ChargeColumn[]

/** What every roll-up sums. Days of single items are many: they have the five that are asked of them. */
export const rolledMeasures = [
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
  'ConsumedQuantity',
  'x_UnblendedCost',
  'x_NetUnblendedCost',
  'x_AmortizedCost',
] as const satisfies readonly ChargeColumn[]
export const itemDayMeasures = rolledMeasures.slice(0, 5)

const list = (columns: readonly ChargeColumn[]) =>
  columns.map((name) => `"${name}" ${chargeColumns[name]}`).join(', ')

/**
 * Roll-ups of the counted imports, made from the charges after an import is in. They hold what `rolled_up` says they
 * do; where its version is not that of the data, questions go to the daily cube and the charges.
 */
export const rollupTables = `
  CREATE TABLE $catalog.main.cost_months (
    "Item" INTEGER, "Month" DATE, "x_ImportId" INTEGER,
    ${list(itemDimensions)}, "TagSet" INTEGER, ${list(rolledMeasures)}, "Lines" BIGINT);
  CREATE TABLE $catalog.main.tag_sets ("TagSet" INTEGER, "x_ImportId" INTEGER, ${list(itemMaps)});
  CREATE TABLE $catalog.main.cost_days (
    "Day" DATE, "Item" INTEGER, "x_ImportId" INTEGER, ${list(itemDayMeasures)}, "Lines" BIGINT);
  CREATE TABLE $catalog.main.service_days (
    "Day" DATE, "x_ImportId" INTEGER, ${list([...serviceDayDimensions, ...rolledMeasures])}, "Lines" BIGINT);
  CREATE TABLE $catalog.main.account_days (
    "Day" DATE, "x_ImportId" INTEGER, ${list([...accountDayDimensions, ...rolledMeasures])}, "Lines" BIGINT);
  CREATE TABLE $catalog.main.rolled_imports (import_id INTEGER NOT NULL);
  CREATE TABLE $catalog.main.rolled_up (version BIGINT NOT NULL);
  INSERT INTO $catalog.main.rolled_up VALUES (-1)`

/**
 * What was found out of the ordinary, a question each, and the state of the data it was found in: the next start need
 * not look again, and what an import leaves as it was need not be explained again.
 */
export const anomalyTables = `
  CREATE TABLE $catalog.main.anomaly_runs (
    question VARCHAR PRIMARY KEY, version BIGINT NOT NULL, run VARCHAR NOT NULL, made_at TIMESTAMP NOT NULL)`
