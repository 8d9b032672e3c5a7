import type { Command } from 'commander'
import type { AllocationRequest } from '../../analytics/contract/allocation'
import type { Failure } from '../../analytics/contract/result'
import * as allocation from './allocation'
import type { CommandContext } from './commands'

interface Doors {
  readonly withSession: (run: (context: CommandContext) => Promise<number>) => Promise<void>
  readonly misused: (failure: Failure) => void
}

/** `finops allocation` and what comes after it. */
export function addAllocationCommands(program: Command, { withSession, misused }: Doors): void {
  const command = (words: string, description: string, isDefault = false) =>
    program.command(words, { isDefault }).description(description).exitOverride()
  const figures = (words: string, description: string, isDefault = false) =>
    command(words, description, isDefault)
      .option('--measure <measure>', 'effective, billed, list or contracted', 'effective')
      .option('--currency <code>', 'charges in it; the one with most spend otherwise')
      .option('--from <day>', 'first day, YYYY-MM-DD')
      .option('--to <day>', 'the day after the last one')
      .option('--last <count>', 'instead of days: 30d, 2w or 6m (whole months)')
      .option('--period <name>', 'instead of days; month-to-date where none is said')
  const asked = async (
    name: string | undefined,
    words: allocation.AllocationWords,
    run: (context: CommandContext, request: AllocationRequest) => Promise<number>,
  ) => {
    const request = allocation.parseAllocation(name, words)
    if (!request.ok) {
      misused(request.failure)
      return
    }
    await withSession((context) => run(context, request.value))
  }
  figures(
    'show [set]',
    'what each value is given, and by which rules; the first set without a name',
    true,
  ).action((name: string | undefined, words: allocation.AllocationWords) =>
    asked(name, words, allocation.show),
  )
  figures('diff <set>', 'which amounts the last version gives to others than the one before')
    .option('--before <version>', 'compare with this version')
    .action((name: string, words: allocation.AllocationWords & { before?: string }) =>
      asked(name, words, (context, request) =>
        allocation.moves(context, {
          ...request,
          ...(words.before === undefined ? {} : { before: Number(words.before) }),
        }),
      ),
    )
  command('apply <file>', 'saves the sets of rules in a JSON file, all of them or none')
    .option('--note <text>', 'why, for the history')
    .action((file: string, { note }: { note?: string }) =>
      withSession((context) => allocation.apply(context, file, note)),
    )
  command('export [set]', 'the sets of rules as JSON, as apply reads them')
    .option('--out <file>', 'into a file')
    .action((name: string | undefined, { out }: { out?: string }) =>
      withSession((context) => allocation.exportSets(context, name, out)),
    )
  command('versions <set>', 'what was saved of a set, newest first').action((name: string) =>
    withSession((context) => allocation.versions(context, name)),
  )
  command('remove <set>', 'takes a set away; its versions are kept').action((name: string) =>
    withSession((context) => allocation.remove(context, name)),
  )
}
