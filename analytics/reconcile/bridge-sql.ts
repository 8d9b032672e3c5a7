import { knownLineTypes } from '../ingest/formats/cur-costs'
import { quoteLiteral } from '../store/sql-text'

/** The rows of the way to the invoice in their order, and what is said of each. */
export const bridgeRows = {
  usage: { group: 'usage', title: 'Usage at its price before commitments' },
  billedUsage: { group: 'usage', title: 'Usage paid for as it is used' },
  negated: { group: 'amortisation', title: 'Covered by Savings Plans, taken back' },
  planUsed: { group: 'amortisation', title: 'Savings Plans, used' },
  planUnused: { group: 'amortisation', title: 'Savings Plans, unused' },
  reservedUsed: { group: 'amortisation', title: 'Reservations, used' },
  reservedUnused: { group: 'amortisation', title: 'Reservations, unused' },
  committedUsed: { group: 'amortisation', title: 'Commitments, used' },
  committedUnused: { group: 'amortisation', title: 'Commitments, unused' },
  carried: { group: 'cash', title: "This month's share of upfront fees, not paid now" },
  paidElsewhere: {
    group: 'cash',
    title: 'Cost of commitments, paid for in the rows below or in other months',
  },
  upfront: { group: 'cash', title: 'Upfront fees paid this month, less refunds of such' },
  purchase: { group: 'cash', title: 'Purchases of commitments' },
  untied: { group: 'cash', title: 'Recurring fees that amortisation does not explain' },
  discountLine: { group: 'discount', title: 'Discount lines' },
  netDiscount: { group: 'discount', title: 'Discounts within the net columns (EDP, private rates)' },
  fee: { group: 'other', title: 'Other fees (support, Marketplace, one-off)' },
  correction: { group: 'other', title: 'Corrections of earlier months' },
  credit: { group: 'other', title: 'Credits' },
  refund: { group: 'other', title: 'Refunds and adjustments' },
  tax: { group: 'other', title: 'Tax' },
  unknown: { group: 'unknown', title: 'Unknown line type' },
} as const
export type BridgeRow = keyof typeof bridgeRows
export const bridgeRowNames = Object.keys(bridgeRows) as readonly BridgeRow[]

const known = knownLineTypes.map(quoteLiteral).join(', ')

/** What a sum of lines is, before it is known which of its costs go where. */
const part = `CASE
  WHEN line_type IS NULL THEN CASE
    WHEN category = 'Usage' AND class = 'Correction' THEN 'correction'
    WHEN category = 'Usage' AND status = 'Unused' THEN 'committedUnused'
    WHEN category = 'Usage' AND committed THEN 'committedUsed'
    WHEN category = 'Usage' THEN 'billedUsage'
    WHEN category = 'Purchase' AND committed THEN 'purchase'
    WHEN category = 'Purchase' THEN 'fee'
    WHEN category = 'Adjustment' THEN 'refund'
    WHEN category IN ('Tax', 'Credit') THEN lower(category)
    ELSE 'unknown' END
  WHEN upfront THEN 'upfront'
  WHEN line_type IN ('Usage', 'FlatRateSubscription') THEN 'usage'
  WHEN line_type = 'SavingsPlanCoveredUsage' THEN 'planUsed'
  WHEN line_type = 'SavingsPlanRecurringFee' THEN 'planUnused'
  WHEN line_type = 'SavingsPlanNegation' THEN 'negated'
  WHEN line_type = 'DiscountedUsage' THEN 'reservedUsed'
  WHEN line_type = 'RIFee' THEN 'reservedUnused'
  WHEN line_type LIKE '%Discount' THEN 'discountLine'
  WHEN line_type IN ('Fee', 'Tax', 'Credit', 'Refund') THEN lower(line_type)
  WHEN line_type NOT IN (${known}) THEN 'unknown' END`

/** Of which type a row is, where several rows are of one kind. */
const detail = `CASE WHEN part IN ('discountLine', 'unknown') THEN COALESCE(line_type, category, '(none)') END`

const ofFocus = "('committedUsed', 'committedUnused')"
const ofCur = "('planUsed', 'planUnused', 'reservedUsed', 'reservedUnused')"

/**
 * The rows of one import. Whatever a cost is moved to by amortisation is moved back to by a later row, so that
 * all rows of a currency come to the sum of its net lines, exactly; nothing is left out by a filter.
 */
export const bridgeStepsSql = `WITH parts AS (
    SELECT *, ${part} AS part FROM bridge_totals WHERE import_id = ?),
  placed AS (
    SELECT currency, part AS name, ${detail} AS detail, lines,
      CASE WHEN part IN ${ofCur} THEN amortized WHEN part IN ${ofFocus} THEN amortized ELSE unblended END AS amount
    FROM parts
    UNION ALL BY NAME
    SELECT currency, 'usage' AS name, NULL AS detail, lines, unblended AS amount
    FROM parts WHERE part IN ('planUsed', 'reservedUsed')
    UNION ALL BY NAME
    SELECT currency, 'carried' AS name, NULL AS detail, lines, -spread AS amount FROM parts WHERE spread <> 0
    UNION ALL BY NAME
    SELECT currency, 'untied' AS name, NULL AS detail,
      CASE WHEN part IN ('planUnused', 'reservedUnused') THEN lines ELSE 0 END AS lines,
      CASE WHEN part IN ('planUnused', 'reservedUnused') THEN unblended ELSE 0 END
        - CASE WHEN part IN ${ofCur} THEN amortized ELSE 0 END + spread AS amount
    FROM parts WHERE line_type IS NOT NULL
    UNION ALL BY NAME
    SELECT currency, 'paidElsewhere' AS name, NULL AS detail, lines, unblended - amortized AS amount
    FROM parts WHERE part IN ${ofFocus}
    UNION ALL BY NAME
    SELECT currency, 'netDiscount' AS name, NULL AS detail,
      CASE WHEN net <> unblended THEN lines ELSE 0 END AS lines, net - unblended AS amount FROM parts),
  steps AS (
    SELECT currency, name, detail, sum(lines)::BIGINT AS lines, sum(amount) AS amount,
      list_position([${bridgeRowNames.map(quoteLiteral).join(', ')}], name) AS position
    FROM placed GROUP BY ALL)
  SELECT currency, name, detail, lines, amount::VARCHAR AS amount,
    (sum(amount) OVER (PARTITION BY currency ORDER BY position, detail ROWS UNBOUNDED PRECEDING))::VARCHAR AS "after"
  FROM steps WHERE amount <> 0 OR name = 'unknown' ORDER BY currency, position, detail`

/** Lines and costs of each invoice, beside what somebody wrote down of it. */
export const bridgeInvoicesSql = `WITH invoices AS (
    SELECT currency, invoice, string_agg(DISTINCT issuer, ', ' ORDER BY issuer) AS issuer,
      sum(lines)::BIGINT AS lines, sum(net) AS amount
    FROM bridge_totals WHERE import_id = ? GROUP BY currency, invoice)
  SELECT invoices.currency, invoices.invoice, issuer, lines, invoices.amount::VARCHAR AS amount,
    issued.amount::VARCHAR AS issued, (issued.amount - invoices.amount)::VARCHAR AS remainder
  FROM invoices LEFT JOIN state.main.issued_invoices AS issued
    ON issued.payer = ? AND issued.period = ? AND issued.currency = invoices.currency
      AND issued.invoice = invoices.invoice
  WHERE lines > 0 ORDER BY invoices.currency, abs(invoices.amount) DESC, invoices.invoice`

/** One row a currency. */
export const bridgeTotalsSql = `WITH issued AS (
    SELECT currency, invoice, amount FROM state.main.issued_invoices WHERE payer = ? AND period = ?),
  parts AS (SELECT *, ${part} AS part FROM bridge_totals WHERE import_id = ?),
  measured AS (
    SELECT parts.currency, sum(parts.net) AS measured FROM parts JOIN issued
      ON issued.currency = parts.currency AND issued.invoice = parts.invoice GROUP BY 1),
  written AS (
    SELECT currency, sum(amount) AS issued FROM issued
    WHERE EXISTS (FROM parts WHERE parts.currency = issued.currency AND parts.invoice = issued.invoice) GROUP BY 1),
  totals AS (
    SELECT currency, sum(net) AS total, sum(billed) AS billed, sum(unblended) AS unblended, sum(amortized) AS amortized,
      COALESCE(sum(unblended) FILTER (upfront), 0) AS upfront, sum(spread) AS spread, sum(lines)::BIGINT AS lines,
      COALESCE(sum(lines) FILTER (invoice IS NULL), 0)::BIGINT AS open_lines, bool_and(line_type IS NULL) AS focus
    FROM parts GROUP BY currency)
  SELECT currency, total::VARCHAR AS total, billed::VARCHAR AS billed, (total - billed)::VARCHAR AS apart,
    unblended::VARCHAR AS unblended, amortized::VARCHAR AS amortized, upfront::VARCHAR AS upfront, spread::VARCHAR AS spread,
    (unblended - amortized - upfront + spread)::VARCHAR AS difference, total = billed AS same, lines, open_lines, focus,
    issued::VARCHAR AS issued, (issued - measured)::VARCHAR AS remainder
  FROM totals LEFT JOIN measured USING (currency) LEFT JOIN written USING (currency) ORDER BY currency`
