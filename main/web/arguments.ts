import { parseArgs } from 'node:util'
import { fail, type Result, succeed } from '../../analytics/contract/result'

export interface WebArguments {
  readonly port: number
  readonly open: boolean
  readonly json: boolean
  readonly demo: boolean
  readonly home: string | null
  readonly help: boolean
}

export const webUsage = `Usage: node out/main/web.js [options]

  --port N    port of 127.0.0.1 to listen on; any free one when left away
  --home DIR  the workspace; FINOPS_HOME or the platform's folder when left away
  --demo      fill an empty workspace with the sample organisation
  --no-open   do not open a browser
  --json      print {"url": ...} on stdout and nothing else there
  --help      show this text`

export function readWebArguments(args: readonly string[]): Result<WebArguments> {
  try {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        port: { type: 'string', default: '0' },
        home: { type: 'string' },
        demo: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    const port = portOf(values.port)
    if (port === null) return wrongUsage(`${values.port} is not a port: it is a number from 0 to 65535.`)
    return succeed({
      port,
      open: !values['no-open'],
      json: values.json,
      demo: values.demo,
      home: values.home ?? null,
      help: values.help,
    })
  } catch (cause) {
    return wrongUsage(cause instanceof Error ? cause.message : String(cause))
  }
}

/** null for anything but a whole number a port can have. */
export function portOf(text: string): number | null {
  if (!/^\d{1,5}$/.test(text)) return null
  const port = Number(text)
  return port <= 65_535 ? port : null
}

function wrongUsage(message: string): Result<never> {
  return fail('wrong-usage', message, 'See --help.')
}
