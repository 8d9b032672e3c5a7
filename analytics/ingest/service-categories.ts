import csv from '../../resources/aws-service-categories.csv?raw'

export interface ServiceCategory {
  readonly productCode: string
  readonly serviceName: string
  readonly category: string
}

/** AWS product codes with their display name and FOCUS 1.2 category, as shipped in resources. */
export const serviceCategories: readonly ServiceCategory[] = csv
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((line) => {
    const cells = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) =>
      (match[1] ?? '').replace(/^"|"$/g, '').replaceAll('""', '"'),
    )
    return { productCode: cells[0] ?? '', serviceName: cells[1] ?? '', category: cells[2] ?? 'Other' }
  })
