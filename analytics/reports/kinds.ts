import type { ReportKind, ReportSectionId } from '../contract/reports'
import type { CostMeasure } from '../contract/spend'

interface Kind {
  readonly title: string
  readonly sections: readonly ReportSectionId[]
}

export const kinds: Readonly<Record<ReportKind, Kind>> = {
  executive: {
    title: 'Cloud cost summary',
    // Anomalies of new data take their time to be found: who wants them here adds them.
    sections: ['summary', 'services', 'accounts', 'trend', 'budgets'],
  },
  showback: { title: 'Showback', sections: ['groups', 'group-services'] },
  savings: { title: 'Savings', sections: ['recommendations', 'discounts'] },
  anomalies: { title: 'Cost anomalies', sections: ['anomalies', 'adjustments'] },
  close: { title: 'Monthly close', sections: ['bridge', 'restatements', 'services'] },
  forecast: { title: 'Cost forecast', sections: ['forecast', 'accuracy'] },
  tags: { title: 'Tag hygiene', sections: ['tag-coverage', 'tag-fixes', 'untagged'] },
}

export const sectionTitles: Readonly<Record<ReportSectionId, string>> = {
  summary: 'Summary',
  trend: 'Thirteen months',
  services: 'Services',
  accounts: 'Accounts',
  groups: 'Who the spend belongs to',
  'group-services': 'Services of each',
  resources: 'Resources',
  budgets: 'Budgets',
  anomalies: 'Anomalies',
  adjustments: 'Credits and adjustments',
  recommendations: 'Recommendations',
  discounts: 'Discounts and commitments',
  bridge: 'From usage to the invoice',
  restatements: 'Months that came again',
  forecast: 'Forecast',
  accuracy: 'How good forecasts were',
  'tag-coverage': 'Tag coverage',
  'tag-fixes': 'To mend first',
  untagged: 'Untagged spend by account',
}

export const measureWords: Readonly<Record<CostMeasure, string>> = {
  billed: 'Billed cost',
  effective: 'Effective cost',
  list: 'List cost',
  contracted: 'Contracted cost',
}
