export type RegionCode = 'us-east-1' | 'us-west-2' | 'eu-west-1' | 'ap-southeast-2'

interface Region {
  readonly code: RegionCode
  readonly location: string
  /** What usage types start with; empty for the first region in the older services. */
  readonly prefix: string
  /** The same for services that name every region. */
  readonly longPrefix: string
  /** How much dearer than us-east-1 the sample's price list is here; chosen, not AWS's. */
  readonly factor: number
}

export const regions: Readonly<Record<RegionCode, Region>> = {
  'us-east-1': {
    code: 'us-east-1',
    location: 'US East (N. Virginia)',
    prefix: '',
    longPrefix: 'USE1-',
    factor: 1,
  },
  'us-west-2': {
    code: 'us-west-2',
    location: 'US West (Oregon)',
    prefix: 'USW2-',
    longPrefix: 'USW2-',
    factor: 1,
  },
  'eu-west-1': {
    code: 'eu-west-1',
    location: 'EU (Ireland)',
    prefix: 'EU-',
    longPrefix: 'EUW1-',
    factor: 1.1,
  },
  'ap-southeast-2': {
    code: 'ap-southeast-2',
    location: 'Asia Pacific (Sydney)',
    prefix: 'APS2-',
    longPrefix: 'APS2-',
    factor: 1.2,
  },
}
