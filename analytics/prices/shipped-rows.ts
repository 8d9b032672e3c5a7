/** The rows of a shipped table by the names in its first line. */
export function shippedRows(csv: string): readonly Readonly<Record<string, string>>[] {
  const [head = [], ...rows] = csv.trim().split(/\r?\n/).map(cellsOf)
  return rows.map((cells) => Object.fromEntries(head.map((name, at) => [name, cells[at] ?? ''])))
}

function cellsOf(line: string): readonly string[] {
  if (!line.includes('"')) return line.split(',')
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) =>
    (match[1] ?? '').replace(/^"|"$/g, '').replaceAll('""', '"'),
  )
}
