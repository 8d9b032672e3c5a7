import type { Failure } from '../../../analytics/contract/result'

/** As much as one message takes; the command line reads files of any length. */
const mostText = 900_000

/** The text of a file that a person chose, or why it cannot be had. */
export async function readTextFile(file: File): Promise<string | Failure> {
  if (file.size > mostText) {
    return {
      code: 'file-too-large',
      message: `${file.name} is larger than ${mostText / 1_000} kB.`,
      hint: 'Bring it in on the command line: finops units import FILE --name NAME --unit UNIT',
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
  } catch (error) {
    return error instanceof TypeError
      ? { code: 'not-utf-8', message: `${file.name} is not text in UTF-8.`, hint: 'Save it as CSV in UTF-8.' }
      : {
          code: 'file-unreadable',
          message: `${file.name} cannot be read any more.`,
          hint: 'Choose it again.',
          details: String(error),
        }
  }
}
