/** An answer in the midst of a file went wrong; what was written so far is no file. */
export class ExportFailedError extends Error {}
