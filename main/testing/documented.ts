import { z } from 'zod'

/** What the command line promises to scripts, written down on its own: a field more or less is a change of it. */

const money = z.string().regex(/^-?\d+\.\d+$/)
const check = z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })

export const documentedDoctor = z.strictObject({ checks: z.array(check) })

export const documentedImport = z.strictObject({
  imports: z.array(
    z.strictObject({
      source: z.string(),
      kind: z.string(),
      period: z.string().regex(/^\d{4}-\d{2}$/),
      rows: z.int(),
      rejected: z.int(),
      currency: z.string(),
      billed: money,
      effective: money,
      list: money,
      contracted: money,
      state: z.enum(['new', 'replaced', 'unchanged']),
      estimated: z.boolean(),
      checks: z.array(check),
    }),
  ),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string(), file: z.string().nullable() })),
})

export const documentedQuery = z.strictObject({
  columns: z.array(
    z.strictObject({ name: z.string(), kind: z.enum(['dimension', 'time', 'money', 'number']) }),
  ),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  total: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  currency: z.string().nullable(),
  rowCount: z.int(),
  truncated: z.boolean(),
})

export const documentedError = z.strictObject({
  error: z.strictObject({ code: z.string().min(1), message: z.string().min(1), hint: z.string().nullable() }),
})

export const documentedServe = z.strictObject({ url: z.url() })

const backtest = z.strictObject({
  wape: z.number().nullable(),
  mase: z.number().nullable(),
  coverage80: z.number().nullable(),
  coverage95: z.number().nullable(),
})

function documentedSeries<T extends z.ZodType>(figure: T) {
  const points = z.array(
    z.strictObject({ t: z.string(), mean: figure, lo80: figure, hi80: figure, lo95: figure, hi95: figure }),
  )
  return z.strictObject({ id: z.string(), model: z.string(), backtest, points })
}

export const documentedForecast = z.strictObject({
  series: z.array(documentedSeries(money)),
  total: documentedSeries(money),
  currency: z.string(),
  dataThrough: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  due: z.array(z.strictObject({ part: z.string(), t: z.string(), amount: money })),
  models: z.array(z.strictObject({ name: z.string(), weight: z.number(), wape: z.number().nullable() })),
  projections: z.array(
    z.strictObject({
      period: z.enum(['month', 'quarter', 'year', 'fiscal-year']),
      from: z.string(),
      to: z.string(),
      actual: money,
      forecast: money,
      total: money,
      lo80: money,
      hi80: money,
      lo95: money,
      hi95: money,
    }),
  ),
})

export const documentedSeriesForecast = z.strictObject({
  series: z.array(documentedSeries(z.number())),
  skipped: z.array(z.strictObject({ id: z.string(), reason: z.string() })),
  notes: z.array(z.strictObject({ id: z.string(), note: z.string() })),
})

export const documentedWriting = z.strictObject({
  profile: z.string().nullable(),
  writing: z.boolean(),
  since: z.string().nullable(),
})

export const documentedConnections = z.strictObject({
  connections: z.array(
    z.strictObject({
      profile: z.string().nullable(),
      kind: z.string(),
      origin: z.string(),
      account: z.string().nullable(),
      accountName: z.string(),
      region: z.string().nullable(),
      mfaDevice: z.string().nullable(),
      signIn: z
        .strictObject({
          state: z.enum(['signed-in', 'renews-itself', 'expired', 'never']),
          until: z.string().nullable(),
          command: z.string(),
        })
        .nullable(),
      writing: z.boolean(),
      writingSince: z.string().nullable(),
      trouble: z.strictObject({ message: z.string(), hint: z.string() }).nullable(),
      check: z
        .strictObject({
          profile: z.string().nullable(),
          at: z.string(),
          account: z.string(),
          identity: z.string(),
          method: z.enum(['simulated', 'tried']),
          notes: z.array(z.string()),
          abilities: z.array(
            z.strictObject({
              area: z.enum(['scan', 'organisation', 'change']),
              name: z.string(),
              title: z.string(),
              state: z.enum(['allowed', 'denied', 'unknown']),
              missing: z.array(z.string()),
              without: z.string(),
            }),
          ),
        })
        .nullable(),
    }),
  ),
  files: z.array(z.string()),
})

export const documentedReport = z.strictObject({
  out: z.string(),
  bytes: z.int(),
  format: z.enum(['pdf', 'html', 'xlsx', 'csv']),
  kind: z.string(),
  title: z.string(),
  measure: z.string(),
  currency: z.string().nullable(),
  window: z.strictObject({ from: z.string(), to: z.string() }),
  previous: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
  asOf: z.string().nullable(),
  dataVersion: z.int(),
  figures: z.array(
    z.strictObject({
      section: z.string(),
      label: z.string(),
      value: z.union([z.string(), z.number(), z.null()]),
      unit: z.string(),
      question: z.string(),
    }),
  ),
  questions: z.array(
    z.strictObject({
      id: z.string(),
      channel: z.string(),
      hash: z.string().regex(/^[0-9a-f]{64}$/),
      command: z.string().startsWith('finops '),
    }),
  ),
})
