import { writeFileSync } from 'node:fs'
import type { Allocation, AllocationMoves, AllocationRequest } from '../../analytics/contract/allocation'
import { failure, type Result, succeed } from '../../analytics/contract/result'
import { costMeasureSchema } from '../../analytics/contract/spend'
import { type CommandContext, settle } from './commands'
import { exitCodeOf, exitCodes } from './exit-codes'
import { moneyText } from './money-text'
import { type PeriodWords, parsePeriod } from './parse-query'
import { readAllocationFile } from './read-allocation-file'
import { answer, complain } from './terminal'
import { textTable } from './text-table'

export interface AllocationWords extends PeriodWords {
  readonly measure: string
  readonly currency?: string
}

/** The words as a question; without a period it is the month that the data has reached. */
export function parseAllocation(name: string | undefined, words: AllocationWords): Result<AllocationRequest> {
  const said = [words.from, words.to, words.period, words.last].some((one) => one !== undefined)
  const period = said ? parsePeriod(words) : succeed({ period: 'month-to-date' } as const)
  if (!period.ok) return period
  const measure = costMeasureSchema.safeParse(words.measure)
  if (!measure.success) {
    return {
      ok: false,
      failure: failure(
        'usage',
        `--measure ${words.measure}: it is ${costMeasureSchema.options.join(', ')}.`,
        'See: finops allocation --help',
      ),
    }
  }
  return succeed({
    measure: measure.data,
    ...(name === undefined ? {} : { name }),
    ...(words.currency === undefined ? {} : { currency: words.currency }),
    ...period.value,
  })
}

export async function show(
  { session, terminal, signal }: CommandContext,
  request: AllocationRequest,
): Promise<number> {
  return settle(terminal, await session.ask('allocation/show', request, { signal }), (shown) => {
    answer(terminal, shown, () => allocationText(shown))
    return exitCodes.done
  })
}

export async function moves(
  { session, terminal, signal }: CommandContext,
  request: AllocationRequest & { readonly before?: number },
): Promise<number> {
  return settle(terminal, await session.ask('allocation/moves', request, { signal }), (found) => {
    answer(terminal, found, () => movesText(found))
    return exitCodes.done
  })
}

/** Every set of the file, or none where one of them is refused. */
export async function apply(
  { session, terminal, signal }: CommandContext,
  path: string,
  note: string | undefined,
): Promise<number> {
  const definitions = await readAllocationFile(path)
  if (!definitions.ok) {
    complain(terminal, definitions.failure)
    return exitCodeOf(definitions.failure)
  }
  const sets: { name: string; version: number; state: 'saved' | 'unchanged' }[] = []
  for (const definition of definitions.value) {
    const saved = await session.ask(
      'allocation/save',
      { definition, ...(note === undefined ? {} : { note }) },
      { signal },
    )
    if (!saved.ok) {
      complain(terminal, saved.failure)
      return exitCodeOf(saved.failure)
    }
    const { set, unchanged } = saved.value
    sets.push({ name: definition.name, version: set.version, state: unchanged ? 'unchanged' : 'saved' })
  }
  answer(terminal, { sets }, () =>
    sets
      .map(({ name, version, state }) =>
        state === 'saved'
          ? `${name} is saved as version ${version}.`
          : `${name} is version ${version} already.`,
      )
      .join('\n'),
  )
  return exitCodes.done
}

/** What `apply` reads: as JSON in any case, since it is for a file. */
export async function exportSets(
  { session, terminal, signal }: CommandContext,
  name: string | undefined,
  out: string | undefined,
): Promise<number> {
  return settle(terminal, await session.ask('allocation/list', {}, { signal }), (found) => {
    const sets = found.sets
      .map(({ definition }) => definition)
      .filter((definition) => name === undefined || definition.name === name)
    if (name !== undefined && sets.length === 0) {
      const missing = failure(
        'no-such-allocation',
        `There is no set of allocation rules named ${name}.`,
        'List them: finops allocation export',
      )
      complain(terminal, missing)
      return exitCodeOf(missing)
    }
    const text = `${JSON.stringify({ sets }, null, 2)}\n`
    if (out === undefined) {
      terminal.stdout.write(terminal.json ? `${JSON.stringify({ sets })}\n` : text)
      return exitCodes.done
    }
    writeFileSync(out, text)
    answer(terminal, { file: out, sets: sets.map((one) => one.name) }, () => `Written to ${out}.`)
    return exitCodes.done
  })
}

export async function versions({ session, terminal, signal }: CommandContext, name: string): Promise<number> {
  return settle(terminal, await session.ask('allocation/versions', { name }, { signal }), (found) => {
    answer(terminal, found, () =>
      textTable(
        [
          { head: 'Version', right: true },
          { head: 'Saved' },
          { head: 'Rules', right: true },
          { head: 'Note' },
        ],
        found.versions.map(({ version, savedAt, definition, note }) => [
          String(version),
          savedAt,
          String(definition.rules.length),
          note,
        ]),
      ),
    )
    return exitCodes.done
  })
}

export async function remove({ session, terminal }: CommandContext, name: string): Promise<number> {
  return settle(terminal, await session.ask('allocation/remove', { name }), (removed) => {
    answer(terminal, removed, () => `${removed.name} was removed; its versions are kept.`)
    return exitCodes.done
  })
}

function allocationText(shown: Allocation): string {
  const version = shown.version === null ? '' : `, version ${shown.version}`
  const values = textTable(
    [
      { head: 'Value' },
      { head: 'Amount', right: true },
      { head: 'Direct', right: true },
      { head: 'Shared', right: true },
      { head: 'Rules' },
    ],
    [
      ...shown.values.map(({ value, amount, direct, shared, origins }) => [
        value,
        moneyText(amount),
        moneyText(direct),
        moneyText(shared),
        [...new Set(origins.flatMap(({ rule }) => rule ?? []))].join(', '),
      ]),
      ['The bill', moneyText(shown.total), '', '', ''],
    ],
  )
  const undivided = shown.undivided.map(
    ({ of, month, amount, reason }) =>
      `${of} in ${month.slice(0, 7)} (${moneyText(amount)}) stays unallocated. ${reason}`,
  )
  return [
    `${shown.name}${version}: ${shown.measure} cost in ${shown.currency ?? 'no currency'}, ${shown.window.from} to ${shown.window.to}`,
    '',
    values,
    ...undivided,
  ].join('\n')
}

function movesText({ name, before, after, moves: found }: AllocationMoves): string {
  if (found.length === 0) return `${name}: version ${after} allocates as version ${before} does.`
  return textTable(
    [{ head: 'From' }, { head: 'To' }, { head: 'Amount', right: true }],
    found.map(({ from, to, amount }) => [from, to, moneyText(amount)]),
  )
}
