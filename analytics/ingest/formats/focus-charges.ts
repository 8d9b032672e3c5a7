import type { AmountColumn, LineColumn } from '../../store/warehouse-schema'
import type { BillColumns } from './bill-columns'

export const focusCostColumns = ['billedcost', 'effectivecost', 'listcost', 'contractedcost'] as const

/**
 * A row of a FOCUS export as our charge. Most columns are the same ones; what is left are the spellings of
 * 1.0-preview, of clouds that drop suffixes, and what AWS, Azure and Google put into columns of their own.
 */
export function focusLine(bill: BillColumns): Readonly<Record<LineColumn, string>> {
  const category = bill.text('chargecategory')
  const subcategory = bill.text('chargesubcategory')
  return {
    BillingAccountId: bill.text('billingaccountid'),
    BillingAccountName: bill.text('billingaccountname'),
    SubAccountId: bill.text('subaccountid'),
    SubAccountName: bill.text('subaccountname'),
    BillingPeriodStart: bill.time('billingperiodstart'),
    BillingPeriodEnd: bill.time('billingperiodend'),
    BillingCurrency: bill.text('billingcurrency'),
    ChargeCategory: `CASE WHEN ${category} = 'Adjustment' AND ${subcategory} = 'Credit' THEN 'Credit' ELSE ${category} END`,
    ChargeClass: bill.text('chargeclass'),
    ChargeFrequency: bill.text('chargefrequency'),
    ChargeDescription: bill.text('chargedescription'),
    CommitmentDiscountCategory: bill.text('commitmentdiscountcategory'),
    CommitmentDiscountId: bill.text('commitmentdiscountid'),
    CommitmentDiscountStatus: `COALESCE(${bill.text('commitmentdiscountstatus')},
      CASE ${subcategory} WHEN 'Used Commitment' THEN 'Used' WHEN 'Unused Commitment' THEN 'Unused' END)`,
    CommitmentDiscountType: bill.text('commitmentdiscounttype'),
    ConsumedUnit: bill.text('consumedunit', 'usageunit'),
    PricingCategory: bill.text('pricingcategory'),
    ProviderName: bill.text('serviceprovidername', 'providername', 'provider'),
    PublisherName: bill.text('publishername', 'publisher'),
    InvoiceIssuerName: bill.text('invoiceissuername', 'invoiceissuer'),
    InvoiceId: bill.text('invoiceid'),
    RegionId: bill.text('regionid', 'region'),
    AvailabilityZone: bill.text('availabilityzone'),
    ResourceId: bill.text('resourceid'),
    // Google exports the category as a list whose last entry is the narrowest.
    ServiceCategory: `COALESCE(${bill.last('servicecategory')}, 'Other')`,
    ServiceName: bill.text('servicename'),
    SkuId: bill.text('skuid'),
    SkuPriceId: bill.text('skupriceid'),
    Tags: bill.map('tags'),
    x_CostCategories: bill.map('x_costcategories'),
    x_LineItemType: 'CAST(NULL AS VARCHAR)',
    x_Operation: bill.text('x_operation'),
    x_ServiceCode: bill.text('x_servicecode', 'x_serviceid'),
    x_UsageType: bill.text('x_usagetype', 'skumeter'),
    x_SplitParentId: 'CAST(NULL AS VARCHAR)',
  }
}

/** When and how much. */
export function focusAmounts(bill: BillColumns): Readonly<Record<AmountColumn, string>> {
  const category = bill.text('chargecategory')
  const billed = `COALESCE(${bill.money('billedcost')}, 0)`
  const effective = `COALESCE(${bill.money('effectivecost')}, ${bill.money('billedcost')}, 0)`
  return {
    x_FileIndex: 'CAST(bill.file_index AS USMALLINT)',
    ChargePeriodStart: bill.time('chargeperiodstart'),
    ChargePeriodEnd: bill.time('chargeperiodend'),
    BilledCost: billed,
    EffectiveCost: effective,
    ListCost: `COALESCE(${bill.money('listcost')}, 0)`,
    ContractedCost: `COALESCE(${bill.money('contractedcost')}, 0)`,
    // FOCUS knows one cost before and one after amortisation; gross and net are the same to it.
    x_UnblendedCost: billed,
    x_NetUnblendedCost: billed,
    x_AmortizedCost: effective,
    x_AmortizedUpfront: 'CAST(NULL AS DECIMAL(38,12))',
    ConsumedQuantity: `CASE WHEN ${category} = 'Usage' THEN ${bill.money('consumedquantity', 'usagequantity')} END`,
    x_SplitCost: 'CAST(NULL AS DECIMAL(38,12))',
    x_SplitUnusedCost: 'CAST(NULL AS DECIMAL(38,12))',
    x_SplitNetCost: 'CAST(NULL AS DECIMAL(38,12))',
    x_SplitNetUnusedCost: 'CAST(NULL AS DECIMAL(38,12))',
  }
}

export type FocusVersion = '1.0-preview' | '1.0' | '1.1' | '1.2' | '1.3'

/** null when the columns are not those of a FOCUS export. */
export function focusVersion(bill: BillColumns): FocusVersion | null {
  if (!bill.has('billedcost') || !bill.has('chargecategory') || !bill.has('chargeperiodstart')) return null
  if (bill.has('serviceprovidername')) return '1.3'
  if (bill.hasAny('invoiceid', 'pricingcurrency')) return '1.2'
  if (bill.hasAny('skumeter', 'skupricedetails', 'servicesubcategory', 'capacityreservationid')) return '1.1'
  // Clouds leave columns out; only the preview has these.
  return bill.hasAny('chargesubcategory', 'usagequantity') ? '1.0-preview' : '1.0'
}
