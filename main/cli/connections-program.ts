import type { Command } from 'commander'
import type { CommandContext } from './commands'
import * as connections from './connections'

type WithSession = (run: (context: CommandContext) => Promise<number>) => Promise<void>

/** `finops connections` and what comes after it. */
export function addConnectionCommands(program: Command, withSession: WithSession): void {
  const command = (words: string, description: string, isDefault = false) =>
    program.command(words, { isDefault }).description(description).exitOverride()
  command(
    'list',
    'the same: each profile with its account, and whether changes can be made with it',
    true,
  ).action(() => withSession(connections.listConnections))
  command(
    'check [profile]',
    'asks AWS who a profile is and what it may do; the default credentials without one',
  ).action((profile: string | undefined) =>
    withSession((context) => connections.checkConnection(context, profile)),
  )
  command(
    'write <state> [profile]',
    'on: lets changes be made with a profile; off: makes it read-only again',
  ).action((state: string, profile: string | undefined) =>
    withSession((context) => connections.switchWriting(context, state, profile)),
  )
  command('policy [name]', 'least-privilege policies: all by name, or one ready to paste').action(
    (name: string | undefined) => withSession((context) => connections.showPolicy(context, name)),
  )
  command('members', 'the accounts of the organisation, and where a role can be taken on')
    .requiredOption('--role <name>', 'the role in each account, with its path')
    .option('--profile <name>', 'whose credentials take it on (default: the default credentials)')
    .option('--external-id <id>', 'what the trust policy of the role asks for')
    .option('--region <region>', 'the region of the connections that are added')
    .option('--add', 'adds a connection for each account where it works')
    .action((words: connections.MemberWords) =>
      withSession((context) => connections.findMembers(context, words)),
    )
}
