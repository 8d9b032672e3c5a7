type Environment = 'prod' | 'stage' | 'dev' | 'sandbox'

export interface Account {
  /** Twelve digits, kept as text: two of them begin with a zero. */
  readonly id: string
  readonly name: string
  readonly team: string
  readonly environment: Environment
  readonly costCenter: string
  readonly businessUnit: string
  readonly app: string
  /** The share of resources with some tag missing. */
  readonly tagGap: number
}

/** Halden Retail, a shop that does not exist; the payer buys the commitments. */
export const payer: Account = {
  id: '604153827190',
  name: 'halden-payer',
  team: 'finance',
  environment: 'prod',
  costCenter: 'CC-1000',
  businessUnit: 'Corporate',
  app: 'billing',
  tagGap: 1,
}

const names = {
  shop: ['041877236590', 'halden-shop-prod', 'storefront', 'prod', 'CC-2100', 'Commerce', 'storefront', 0.08],
  stage: [
    '318846027715',
    'halden-shop-stage',
    'storefront',
    'stage',
    'CC-2100',
    'Commerce',
    'storefront',
    0.2,
  ],
  payments: [
    '527310984462',
    'halden-payments-prod',
    'payments',
    'prod',
    'CC-2200',
    'Commerce',
    'ledger',
    0.04,
  ],
  paymentsDev: [
    '009264418873',
    'halden-payments-dev',
    'payments',
    'dev',
    'CC-2200',
    'Commerce',
    'ledger',
    0.25,
  ],
  data: ['742091553868', 'halden-data-prod', 'data-platform', 'prod', 'CC-3100', 'Data', 'lakehouse', 0.1],
  dataDev: ['183355720944', 'halden-data-dev', 'data-platform', 'dev', 'CC-3100', 'Data', 'lakehouse', 0.3],
  research: [
    '865027114309',
    'halden-ml-research',
    'machine-learning',
    'dev',
    'CC-3200',
    'Data',
    'recommender',
    0.35,
  ],
  search: [
    '290638871156',
    'halden-search-prod',
    'search',
    'prod',
    'CC-2300',
    'Commerce',
    'catalogue-search',
    0.1,
  ],
  shared: [
    '436712908527',
    'halden-shared-services',
    'platform',
    'prod',
    'CC-4100',
    'Platform',
    'platform',
    0.15,
  ],
  security: [
    '671945302218',
    'halden-security-audit',
    'security',
    'prod',
    'CC-4200',
    'Platform',
    'audit',
    0.12,
  ],
  sandbox: [
    '954480167732',
    'halden-sandbox',
    'engineering',
    'sandbox',
    'CC-4900',
    'Platform',
    'experiments',
    0.7,
  ],
  erp: ['158203694471', 'halden-legacy-erp', 'back-office', 'prod', 'CC-5100', 'Corporate', 'erp', 0.4],
} as const

type AccountKey = keyof typeof names

export type Accounts = Readonly<Record<AccountKey, Account>>

/**
 * The twelve accounts of one division. The first division's are fixed; further ones, written for scales above 1,
 * get numbers of their own.
 */
export function accountsOfDivision(division: number): Accounts {
  const account = (key: AccountKey): Account => {
    const [id, name, team, environment, costCenter, businessUnit, app, tagGap] = names[key]
    return {
      id:
        division === 0
          ? id
          : String((Number(id) + division * 7_000_000_001) % 1_000_000_000_000).padStart(12, '0'),
      name: division === 0 ? name : `${name}-${division + 1}`,
      team,
      environment,
      costCenter,
      businessUnit,
      app,
      tagGap,
    }
  }
  return {
    shop: account('shop'),
    stage: account('stage'),
    payments: account('payments'),
    paymentsDev: account('paymentsDev'),
    data: account('data'),
    dataDev: account('dataDev'),
    research: account('research'),
    search: account('search'),
    shared: account('shared'),
    security: account('security'),
    sandbox: account('sandbox'),
    erp: account('erp'),
  }
}
