import { relative, sep } from 'node:path'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { openBill } from '../ingest/open-bill'
import { checkRepeatedLines } from '../ingest/repeated-lines'
import { withSoundText } from '../ingest/sound-text'
import { listStaged, type StagedSet } from '../ingest/stage'
import type { Connection } from '../store/connection'

interface Standing {
  readonly importId: number
  readonly payer: string
  readonly period: string
}

/** Reads the files of a source again, whatever their format, and looks for lines that come twice. */
export async function checkSource(
  { name }: { readonly name: string },
  work: Work,
): Promise<Result<{ name: string; periods: number }>> {
  const connection = await work.store.connect()
  try {
    const staged = (await listStaged(work.store.home)).filter(({ source }) => source === name)
    let periods = 0
    for (const [index, set] of staged.entries()) {
      const imports = await standingOn(connection, set, work.store.home)
      if (imports.length === 0) continue
      work.progress({
        stage: `Reading ${name} ${set.period ?? ''}`.trim(),
        done: index,
        total: staged.length,
        unit: 'periods',
      })
      const bill = await openBill(connection, set)
      if (!bill.ok) return bill
      await withSoundText(
        work.store.home,
        bill.value,
        work.signal,
        () => undefined,
        async (sound) =>
          await connection.transaction(() => checkRepeatedLines(connection, sound, imports, work.signal)),
      )
      periods += imports.length
    }
    if (periods > 0) return succeed({ name, periods })
    return fail(
      'no-such-source',
      `There is no source named ${name}.`,
      'List the sources with: finops sources',
    )
  } finally {
    connection.closeSync()
  }
}

async function standingOn(
  connection: Connection,
  set: StagedSet,
  home: string,
): Promise<readonly Standing[]> {
  const rows = await connection.rows(
    'SELECT id, payer, period FROM imports WHERE in_force AND source = ? AND folder = ?',
    [set.source, relative(home, set.folder).split(sep).join('/')],
  )
  return rows.map(({ id, payer, period }) => ({
    importId: Number(id),
    payer: String(payer),
    period: String(period),
  }))
}
