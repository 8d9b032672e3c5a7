import type { Command } from 'commander'
import * as approveCommands from './approve'
import { type AuditWords, audit } from './audit'
import type { CommandContext } from './commands'
import * as executeCommands from './execute'

type WithSession = (run: (context: CommandContext) => Promise<number>) => Promise<void>

/** From approval to execution and back, and the record of it. */
export function addChangeCommands(program: Command, withSession: WithSession): void {
  const command = (of: Command, words: string, description: string) =>
    of.command(words).description(description).exitOverride()
  const asking = (of: Command) =>
    of
      .option('--note <text>', 'why; it stands in the journal')
      .option('--days <days>', 'until the approval is no longer good (default: 14)')
      .option('--profile <name>', 'asks AWS with it how each resource is, and approves that state alone')

  const approvals = command(program, 'approvals', 'what is approved, waits for a second person, or is over')
  approvals.action(() => withSession(approveCommands.listApprovals))
  asking(command(program, 'approve <id...>', 'says yes to recommendations, all of them or none')).action(
    (ids: readonly string[], words: approveCommands.ApproveWords) =>
      withSession((context) => approveCommands.approve(context, ids, words)),
  )
  command(program, 'reject <id...>', 'says no to recommendations, and why')
    .requiredOption('--note <text>', 'why; it stands in the journal')
    .action((ids: readonly string[], words: { note: string }) =>
      withSession((context) => approveCommands.reject(context, ids, words)),
    )
  command(program, 'revoke <id...>', 'takes approvals back before they are executed')
    .requiredOption('--note <text>', 'why; it stands in the journal')
    .action((ids: readonly string[], words: { note: string }) =>
      withSession((context) => approveCommands.revoke(context, ids, words)),
    )

  const pack = command(program, 'pack', 'signed files that carry a request for approval to another machine')
  asking(command(pack, 'save <id...>', 'approves here and writes the request for a second person'))
    .requiredOption('--out <file>', 'where to')
    .action((ids: readonly string[], words: approveCommands.PackWords) =>
      withSession((context) => approveCommands.savePack(context, ids, words)),
    )
  command(pack, 'approve <file>', 'checks a request and signs it with the key of this machine')
    .option('--note <text>', 'why; it is signed too')
    .action((file: string, words: { note?: string }) =>
      withSession((context) => approveCommands.approvePack(context, file, words)),
    )
  command(pack, 'open <file>', 'checks a file, and takes the approvals it brings back').action(
    (file: string) => withSession((context) => approveCommands.openPack(context, file)),
  )

  command(program, 'execute <id...>', 'carries out what is approved, one after the other')
    .option('--profile <name>', 'a profile of the AWS files (default: the default credentials)')
    .option('--dry-run', 'shows every step and the way back, and changes nothing')
    .option('--most-changes <count>', 'refuses more in one run (default: 20)')
    .option('--most-saving <amount>', 'refuses more monthly saving in one run (default: 10000)')
    .action((ids: readonly string[], words: executeCommands.ExecuteWords) =>
      withSession((context) => executeCommands.execute(context, ids, words)),
    )
  command(program, 'rollback <execution>', 'takes an execution back')
    .option('--profile <name>', 'default: the one it was executed with')
    .option('--dry-run', 'shows what it would do')
    .action((id: string, words: Pick<executeCommands.ExecuteWords, 'profile' | 'dryRun'>) =>
      withSession((context) => executeCommands.rollback(context, id, words)),
    )
  command(program, 'audit', 'the journal of every approval and every call, newest first')
    .option('--verify', 'checks the file, line by line')
    .option('--settle', 'asks AWS how interrupted executions ended')
    .option('--profile <name>', 'with --settle: default is the one each was executed with')
    .option('--execution <id>', 'only of one execution')
    .option('--limit <entries>', 'at most so many, up to 1000 (default: 200)')
    .option('--out <file>', 'writes all of it, as lines of JSON with their digests')
    .action((words: AuditWords) => withSession((context) => audit(context, words)))
}
