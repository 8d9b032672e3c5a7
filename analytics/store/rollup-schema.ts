import {
  amountSelection,
  type ChargeColumn,
  chargeColumns,
  chargeSelection,
  moneyType,
} from './warehouse-schema'

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

/** What has a cut of its own: where all is dear, none of a cheap service would be. */
export const cutDimensions = ['ServiceName', 'RegionId'] as const satisfies readonly ChargeColumn[]

/**
 * The dear lines once more, by themselves: all of which any cost is further from zero than the cut of their import,
 * service and region. The first pages of dearest lines are found among these few. Roll-ups made before this are made anew, with it.
 */
export const dearTables = `
  CREATE TABLE $catalog.main.dear_amounts AS SELECT * FROM $catalog.main.charge_amounts WHERE false;
  CREATE TABLE $catalog.main.dear_cuts (
    import_id INTEGER NOT NULL, ${list(cutDimensions)}, cut ${moneyType} NOT NULL);
  CREATE VIEW $catalog.main.dear_charges AS SELECT amount.line AS "x_Line",
  ${chargeSelection}
FROM $catalog.main.dear_amounts AS amount JOIN $catalog.main.charge_lines AS line ON line.id = amount.line;
  CREATE VIEW $catalog.main.numbered_amounts AS SELECT amount.rowid AS "x_Row", amount.line AS "x_Line",
  ${amountSelection}
FROM $catalog.main.charge_amounts AS amount;
  ${['cost_months', 'tag_sets', 'cost_days', 'service_days', 'account_days', 'rolled_imports']
    .map((table) => `DELETE FROM $catalog.main.${table}`)
    .join(';\n  ')};
  UPDATE $catalog.main.rolled_up SET version = -1`

/**
 * What was found out of the ordinary, a question each, and the state of the data it was found in: the next start need
 * not look again, and what an import leaves as it was need not be explained again.
 */
export const anomalyTables = `
  CREATE TABLE $catalog.main.anomaly_runs (
    question VARCHAR PRIMARY KEY, version BIGINT NOT NULL, run VARCHAR NOT NULL, made_at TIMESTAMP NOT NULL)`

/** What was forecast, an answer a question, and the state of the data it was made from: the next start has it at once. */
export const forecastTables = `
  CREATE TABLE $catalog.main.forecast_answers (
    question VARCHAR PRIMARY KEY, version BIGINT NOT NULL, answer VARCHAR NOT NULL, made_at TIMESTAMP NOT NULL)`
