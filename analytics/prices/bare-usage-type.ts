/** The marks that AWS puts before a usage type for its region; us-east-1 has none in the older services. */
const regionMark =
  /^(?:(?:US[EW][12]|UG[EW]1|EU(?:[CNSW]\d)?|AP[NSE]\d{1,2}|SAE1|CA[NW]1|ME[CS]1|AFS1|ILC1|MXC1|CN[NW]1)-)/

/** A usage type as it is called in every region: `EU-BoxUsage:m5.large` is `BoxUsage:m5.large`. */
export function bareUsageType(usageType: string, region: string): string {
  if (usageType.startsWith(`${region}-`)) return usageType.slice(region.length + 1)
  return usageType.replace(regionMark, '')
}
