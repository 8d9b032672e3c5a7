import type { Protocol } from './service-model'

/** What can go wrong between the program and AWS. */
export type CloudFault =
  | 'throttle'
  | 'internal'
  | 'denied'
  | 'expired'
  | 'unknown-operation'
  /** A network's login page, with status 200. */
  | 'html'
  /** The same page by a server that calls it plain text. */
  | 'html-as-text'
  | 'reset'
  | 'truncate'
  | 'hang'
  /** It is done, and nobody hears of it. */
  | 'lost-reply'

export interface CloudFaultRule {
  readonly fault: CloudFault
  readonly service?: string
  readonly operation?: string
  readonly region?: string
  /** How often it strikes; for good when left out. */
  times?: number
  /** Strikes by chance: a number below 1 from here decides. */
  readonly chance?: { readonly below: number; readonly random: () => number }
}

export function strikes(
  rules: readonly CloudFaultRule[],
  asked: { readonly service: string; readonly operation: string; readonly region: string },
): CloudFault | null {
  for (const rule of rules) {
    if (rule.service !== undefined && rule.service !== asked.service) continue
    if (rule.operation !== undefined && rule.operation !== asked.operation) continue
    if (rule.region !== undefined && rule.region !== asked.region) continue
    if (rule.times !== undefined && rule.times <= 0) continue
    if (rule.chance && rule.chance.random() >= rule.chance.below) continue
    if (rule.times !== undefined) rule.times -= 1
    return rule.fault
  }
  return null
}

export interface NamedError {
  readonly status: number
  readonly code: string
  readonly message: string
}

/** Each protocol has its own words for the same trouble. */
export function errorOf(
  fault: 'throttle' | 'internal' | 'denied' | 'expired' | 'unknown-operation',
  protocol: Protocol,
  action: string,
): NamedError {
  const rest = protocol === 'rest-json'
  switch (fault) {
    case 'throttle':
      if (protocol === 'ec2')
        return { status: 503, code: 'RequestLimitExceeded', message: 'Request limit exceeded.' }
      if (protocol === 's3')
        return { status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' }
      return rest
        ? { status: 429, code: 'TooManyRequestsException', message: 'Rate exceeded' }
        : {
            status: 400,
            code: protocol === 'query' ? 'Throttling' : 'ThrottlingException',
            message: 'Rate exceeded',
          }
    case 'internal':
      return { status: 500, code: 'InternalError', message: 'An internal error has occurred' }
    case 'denied':
      return {
        status: protocol === 'json' ? 400 : 403,
        code:
          protocol === 'ec2'
            ? 'UnauthorizedOperation'
            : protocol === 'json' || rest
              ? 'AccessDeniedException'
              : 'AccessDenied',
        message: `User is not authorized to perform: ${action}`,
      }
    case 'expired':
      return {
        status: protocol === 'ec2' || protocol === 'json' ? 400 : 403,
        code:
          protocol === 'ec2'
            ? 'RequestExpired'
            : protocol === 'json'
              ? 'ExpiredTokenException'
              : 'ExpiredToken',
        message: 'The security token included in the request is expired',
      }
    case 'unknown-operation':
      return {
        status: 400,
        code: protocol === 'ec2' || protocol === 'query' ? 'InvalidAction' : 'UnknownOperationException',
        message: `There is no ${action} here`,
      }
  }
}
