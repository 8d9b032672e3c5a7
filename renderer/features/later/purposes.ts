import type { AreaId } from '../../app/areas'

export interface Purpose {
  readonly sentence: string
  /** What can be done today instead, in a terminal; absent where nothing honest can be offered. */
  readonly today?: { readonly words: string; readonly command: (from: string, to: string) => string }
}

export type LaterArea = Exclude<
  AreaId,
  | 'overview'
  | 'explorer'
  | 'allocation'
  | 'units'
  | 'tags'
  | 'budgets'
  | 'forecast'
  | 'anomalies'
  | 'sources'
  | 'about'
  | 'inventory'
  | 'approvals'
  | 'connections'
>

function query(rest: string): (from: string, to: string) => string {
  return (from, to) => `finops query --measure effective ${rest} --from ${from} --to ${to}`
}

export const purposes: Readonly<Record<LaterArea, Purpose>> = {
  reports: {
    sentence: 'Reports puts figures and charts on pages that can be handed to others.',
    today: {
      words: 'Figures for a spreadsheet or a script can be had in a terminal:',
      command: query('--by account,service --grain month --json'),
    },
  },
  recommendations: {
    sentence:
      'Recommendations lists what can be switched off, made smaller or bought cheaper, with the net saving of each.',
    today: {
      words: 'The most expensive resources can be asked in a terminal:',
      command: query('--by resource --limit 50'),
    },
  },
  commitments: {
    sentence: 'Commitments shows how Reserved Instances and Savings Plans are used and what to buy next.',
    today: {
      words: 'Spend by commitment can be asked in a terminal:',
      command: query('--by commitment,pricing --grain month'),
    },
  },
}
