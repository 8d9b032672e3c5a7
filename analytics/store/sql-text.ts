/** The one place where names and file paths become SQL text. Values are bound, never written. */

export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** For the few places that take no bound value: file lists of table functions, ATTACH. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

export function quoteList(texts: readonly string[]): string {
  return `[${texts.map(quoteLiteral).join(', ')}]`
}
