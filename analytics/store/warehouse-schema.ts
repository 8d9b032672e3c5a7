/** Exact money: 26 digits before the point, 12 after it; sums do not depend on the order of rows. */
export const moneyType = 'DECIMAL(38,12)'

/**
 * The fact model: FOCUS 1.2 names, and `x_` columns for what FOCUS leaves out. Split cost re-allocates the cost of
 * an instance that is billed elsewhere: its rows cost nothing themselves. ProviderName and the like stay
 * columns although AWS bills hold one value: they compress to nothing and other clouds fill them.
 */
export const chargeColumns = {
  x_ImportId: 'INTEGER',
  // Which of the import's files the line came from.
  x_FileIndex: 'USMALLINT',
  BillingAccountId: 'VARCHAR',
  BillingAccountName: 'VARCHAR',
  SubAccountId: 'VARCHAR',
  SubAccountName: 'VARCHAR',
  BillingPeriodStart: 'TIMESTAMP',
  BillingPeriodEnd: 'TIMESTAMP',
  ChargePeriodStart: 'TIMESTAMP',
  ChargePeriodEnd: 'TIMESTAMP',
  BillingCurrency: 'VARCHAR',
  BilledCost: moneyType,
  EffectiveCost: moneyType,
  ListCost: moneyType,
  ContractedCost: moneyType,
  x_UnblendedCost: moneyType,
  x_NetUnblendedCost: moneyType,
  x_AmortizedCost: moneyType,
  x_AmortizedUpfront: moneyType,
  ChargeCategory: 'VARCHAR',
  ChargeClass: 'VARCHAR',
  ChargeFrequency: 'VARCHAR',
  ChargeDescription: 'VARCHAR',
  CommitmentDiscountCategory: 'VARCHAR',
  CommitmentDiscountId: 'VARCHAR',
  CommitmentDiscountStatus: 'VARCHAR',
  CommitmentDiscountType: 'VARCHAR',
  ConsumedQuantity: moneyType,
  ConsumedUnit: 'VARCHAR',
  PricingCategory: 'VARCHAR',
  ProviderName: 'VARCHAR',
  PublisherName: 'VARCHAR',
  InvoiceIssuerName: 'VARCHAR',
  InvoiceId: 'VARCHAR',
  RegionId: 'VARCHAR',
  AvailabilityZone: 'VARCHAR',
  ResourceId: 'VARCHAR',
  ServiceCategory: 'VARCHAR',
  ServiceName: 'VARCHAR',
  SkuId: 'VARCHAR',
  SkuPriceId: 'VARCHAR',
  Tags: 'MAP(VARCHAR, VARCHAR)',
  x_CostCategories: 'MAP(VARCHAR, VARCHAR)',
  x_LineItemType: 'VARCHAR',
  x_Operation: 'VARCHAR',
  x_ServiceCode: 'VARCHAR',
  x_UsageType: 'VARCHAR',
  x_SplitCost: moneyType,
  x_SplitUnusedCost: moneyType,
  x_SplitNetCost: moneyType,
  x_SplitNetUnusedCost: moneyType,
  x_SplitParentId: 'VARCHAR',
} as const
export type ChargeColumn = keyof typeof chargeColumns
export const chargeColumnNames = Object.keys(chargeColumns) as readonly ChargeColumn[]

/** What differs from one hour of a line to the next: when, how much, and in which file. */
export const amountColumnNames = [
  'x_FileIndex',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
  'x_UnblendedCost',
  'x_NetUnblendedCost',
  'x_AmortizedCost',
  'x_AmortizedUpfront',
  'ConsumedQuantity',
  'x_SplitCost',
  'x_SplitUnusedCost',
  'x_SplitNetCost',
  'x_SplitNetUnusedCost',
] as const satisfies readonly ChargeColumn[]
export type AmountColumn = (typeof amountColumnNames)[number]
export type LineColumn = Exclude<ChargeColumn, AmountColumn | 'x_ImportId'>

/** What stays the same: who, where, what. A bill repeats it every hour; it is stored once. */
export const lineColumnNames = chargeColumnNames.filter(
  (name): name is LineColumn =>
    name !== 'x_ImportId' && !(amountColumnNames as readonly string[]).includes(name),
)

/** Costs that nearly always are another one over again: stored only where they are not. */
export const storedWhereOther = {
  x_NetUnblendedCost: 'x_UnblendedCost',
  x_AmortizedCost: 'x_UnblendedCost',
  BilledCost: 'x_NetUnblendedCost',
  EffectiveCost: 'x_NetUnblendedCost',
  ListCost: 'x_UnblendedCost',
  ContractedCost: 'x_UnblendedCost',
} as const satisfies Partial<Record<AmountColumn, AmountColumn>>

function isStoredWhereOther(name: string): name is keyof typeof storedWhereOther {
  return name in storedWhereOther
}

/** The columns that hold a cost, the stored one first and what it is when it is not stored after it. */
function costChain(name: AmountColumn): readonly AmountColumn[] {
  return isStoredWhereOther(name) ? [name, ...costChain(storedWhereOther[name])] : [name]
}

/** An amount as SQL over `charge_amounts`. */
export function amountSql(name: AmountColumn, table: string): string {
  const chain = costChain(name).map((column) => `${table}."${column}"`)
  return chain.length === 1 ? (chain[0] ?? '') : `COALESCE(${chain.join(', ')})`
}

/** What the daily cube is grouped by, and what it sums. Names are those of the charges. */
export const cubeDimensions = [
  'x_ImportId',
  'BillingAccountId',
  'SubAccountId',
  'BillingCurrency',
  'ProviderName',
  'ServiceName',
  'ServiceCategory',
  'RegionId',
  'ChargeCategory',
  'PricingCategory',
  'x_LineItemType',
] as const satisfies readonly ChargeColumn[]

export const cubeMeasures = [
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
  'ConsumedQuantity',
] as const satisfies readonly ChargeColumn[]

const list = (columns: readonly ChargeColumn[]) =>
  columns.map((name) => `"${name}" ${chargeColumns[name]}`).join(',\n  ')

const isAmount = (name: ChargeColumn): name is AmountColumn =>
  (amountColumnNames as readonly string[]).includes(name)

/** What a line comes to, from the table `amount`. */
export const amountSelection = amountColumnNames
  .map((name) => `${amountSql(name, 'amount')} AS "${name}"`)
  .join(',\n  ')

/** A charge, from the tables `amount` and `line`. */
export const chargeSelection = chargeColumnNames
  .map((name) => {
    if (name === 'x_ImportId') return 'amount."x_ImportId"'
    return isAmount(name) ? `${amountSql(name, 'amount')} AS "${name}"` : `line."${name}"`
  })
  .join(',\n  ')

export const warehouseMigrations: readonly string[] = [
  // Ids are given once and never again: those of a replaced import go with it.
  `CREATE TABLE $catalog.main.charge_lines (
  id INTEGER NOT NULL, "x_ImportId" INTEGER NOT NULL,
  ${list(lineColumnNames)}
)`,
  `CREATE TABLE $catalog.main.charge_amounts (
  "x_ImportId" INTEGER NOT NULL, line INTEGER NOT NULL,
  ${list(amountColumnNames)}
)`,
  `CREATE VIEW $catalog.main.charges AS SELECT
  ${chargeSelection}
FROM $catalog.main.charge_amounts AS amount JOIN $catalog.main.charge_lines AS line ON line.id = amount.line`,
  `CREATE TABLE $catalog.main.daily_costs (
  "Day" DATE,
  ${list([...cubeDimensions, ...cubeMeasures])},
  "Lines" BIGINT
)`,
  // A row is never deleted when its period is replaced: its totals are what a restatement is measured against.
  `CREATE TABLE $catalog.main.imports (
  id INTEGER NOT NULL, source VARCHAR NOT NULL, kind VARCHAR NOT NULL, origin VARCHAR NOT NULL,
  payer VARCHAR NOT NULL, period VARCHAR NOT NULL, folder VARCHAR NOT NULL, fingerprint VARCHAR NOT NULL,
  "rows" BIGINT NOT NULL, rejected BIGINT NOT NULL, currency VARCHAR NOT NULL,
  billed ${moneyType} NOT NULL, effective ${moneyType} NOT NULL, list ${moneyType} NOT NULL, contracted ${moneyType} NOT NULL,
  estimated BOOLEAN NOT NULL, verified BOOLEAN NOT NULL, replaced_import INTEGER,
  imported_at TIMESTAMP NOT NULL, in_force BOOLEAN NOT NULL,
  -- One book a payer and month: the same spend from a second export is kept, but in no figure.
  counted BOOLEAN NOT NULL
)`,
  `CREATE VIEW $catalog.main.counted_costs AS SELECT * FROM $catalog.main.daily_costs
   WHERE "x_ImportId" IN (SELECT id FROM $catalog.main.imports WHERE counted)`,
  `CREATE VIEW $catalog.main.counted_charges AS SELECT * FROM $catalog.main.charges
   WHERE "x_ImportId" IN (SELECT id FROM $catalog.main.imports WHERE counted)`,
  `CREATE TABLE $catalog.main.import_files (
  import_id INTEGER NOT NULL, name VARCHAR NOT NULL, bytes BIGINT NOT NULL, sha256 VARCHAR NOT NULL,
  origin VARCHAR NOT NULL, origin_modified_ms DOUBLE NOT NULL, "rows" BIGINT NOT NULL
)`,
  `CREATE TABLE $catalog.main.import_checks (
  import_id INTEGER NOT NULL, position INTEGER NOT NULL, name VARCHAR NOT NULL, ok BOOLEAN NOT NULL, detail VARCHAR NOT NULL
)`,
  // Lines that could not be read, as they were: counted in the import, in no total, and exportable.
  `CREATE TABLE $catalog.main.rejected_lines (
  import_id INTEGER NOT NULL, file VARCHAR NOT NULL, line BIGINT, reason VARCHAR NOT NULL, content VARCHAR NOT NULL
)`,
  `CREATE TABLE $catalog.main.account_names (account VARCHAR NOT NULL, name VARCHAR NOT NULL)`,
  `CREATE TABLE $catalog.main.data_version (version BIGINT NOT NULL);
   INSERT INTO $catalog.main.data_version VALUES (0)`,
  // What each delivery came to, from the cube: restatements compare them currency by currency.
  `CREATE TABLE $catalog.main.delivery_totals (
  import_id INTEGER NOT NULL, currency VARCHAR, account VARCHAR, service VARCHAR, line_type VARCHAR,
  billed ${moneyType} NOT NULL, effective ${moneyType} NOT NULL
)`,
  // What the bridge from usage to invoice is made of; small, so that it is answered without the charges.
  `CREATE TABLE $catalog.main.bridge_totals (
  import_id INTEGER NOT NULL, currency VARCHAR, line_type VARCHAR, category VARCHAR, class VARCHAR, status VARCHAR,
  committed BOOLEAN NOT NULL, upfront BOOLEAN NOT NULL, invoice VARCHAR, issuer VARCHAR, "lines" BIGINT NOT NULL,
  unblended ${moneyType} NOT NULL, net ${moneyType} NOT NULL, amortized ${moneyType} NOT NULL,
  spread ${moneyType} NOT NULL, billed ${moneyType} NOT NULL
)`,
  // A view has no row ids of its own: pages of line items go on from the one of the amounts.
  `CREATE VIEW $catalog.main.numbered_charges AS SELECT amount.rowid AS "x_Row",
  ${chargeSelection}
FROM $catalog.main.charge_amounts AS amount JOIN $catalog.main.charge_lines AS line ON line.id = amount.line`,
]
