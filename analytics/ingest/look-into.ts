import { type Failure, failure, type Result, succeed } from '../contract/result'
import { type FoundFile, readFailure } from './list-files'
import { looksLikeBill, type Peek, peek } from './peek'
import { ZipRefused } from './zip-entry'

export interface NoBill {
  readonly file: FoundFile
  readonly failure: Failure
}

export interface Looked {
  readonly bills: readonly FoundFile[]
  readonly others: readonly NoBill[]
}

/** Tells bills from everything else by content; names only say what a file was meant to be. */
export async function lookInto(files: readonly FoundFile[]): Promise<Result<Looked>> {
  const bills: FoundFile[] = []
  const others: NoBill[] = []
  for (const file of files) {
    try {
      const seen = await peek(file.path)
      // A gzip that does not open may well be the bill: it goes on, to be refused by name.
      if (looksLikeBill(seen) || (seen.header === null && seen.content === 'gzip')) bills.push(file)
      else others.push({ file, failure: failureOf(file, seen) })
    } catch (error) {
      if (!(error instanceof ZipRefused)) return readFailure(file.path, error)
      others.push({
        file,
        failure: failure(
          error.code,
          error.message,
          'Fetch the file again. What was imported before is unchanged.',
        ),
      })
    }
  }
  return succeed({ bills, others })
}

function failureOf({ path }: FoundFile, { content, header }: Peek): Failure {
  if (/\.parquet$/i.test(path)) {
    return failure(
      'unreadable-file',
      `${path} is named Parquet and is none: it was cut off or is something else.`,
      'Fetch the file again. What was imported before is unchanged.',
    )
  }
  const first = header?.[0]?.trim() ?? ''
  const what =
    content === 'empty'
      ? 'empty'
      : /^<(!doctype|html|\?xml)/i.test(first)
        ? 'a web page, perhaps an error page saved under this name'
        : header === null
          ? 'not a table'
          : 'not a billing export: its headings are none of a CUR or FOCUS file'
  return failure(
    'not-a-billing-export',
    `${path} is ${what}.`,
    'Choose a CUR or FOCUS file, or the folder of the export. What was imported before is unchanged.',
  )
}
