export interface TextColumn {
  readonly head: string
  readonly right?: boolean
}

const widest = 60

/** A table for people: columns aligned, long text cut with an ellipsis. */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string {
  // Tags and names come from outside: a line break or an escape code in one would take the table apart.
  const plain = (text: string) => text.replaceAll(/\p{Cc}/gu, ' ')
  const cut = (text: string) => (text.length > widest ? `${text.slice(0, widest - 1)}…` : text)
  const cells = [
    columns.map(({ head }) => plain(head)),
    ...rows.map((row) => row.map((cell) => cut(plain(cell)))),
  ]
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    columns
      .map(({ right }, at) =>
        right ? (row[at] ?? '').padStart(widths[at] ?? 0) : (row[at] ?? '').padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd()
  const [head = [], ...body] = cells
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(line)].join('\n')
}
