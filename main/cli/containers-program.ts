import type { Command } from 'commander'
import type { Failure } from '../../analytics/contract/result'
import type { CommandContext } from './commands'
import * as containers from './containers'

interface Doors {
  readonly withSession: (run: (context: CommandContext) => Promise<number>) => Promise<void>
  readonly misused: (failure: Failure) => void
}

/** `finops containers` and what comes after it. */
export function addContainerCommands(program: Command, { withSession, misused }: Doors): void {
  const figures = (words: string, description: string, isDefault = false) =>
    program
      .command(words, { isDefault })
      .description(description)
      .exitOverride()
      .option('--from <day>', 'first day, YYYY-MM-DD')
      .option('--to <day>', 'the day after the last one')
      .option('--last <count>', 'instead of days: 30d, 2w or 6m (whole months), up to the last day with data')
      .option('--period <name>', 'instead of days: as in finops query; else the last month')
      .option('--gross', 'before discounts')
      .option('--where <expression...>', 'dimension=value, !=, ~ (contains), !~; repeatable')
      .option('--limit <rows>', 'so many only; the total stays that of all', '1000')
  figures('show', 'what containers used of their nodes, and their part of what was left unused', true)
    .option('--by <dimensions>', `with commas: ${containers.containerDimensions}`, 'cluster,namespace')
    .option('--grain <grain>', 'day, week or month, for a row each')
    .action(async (words: containers.ContainerWords) => {
      const asked = containers.parseContainers(words)
      if (asked.ok) await withSession((context) => containers.containerCost(context, asked.value))
      else misused(asked.failure)
    })
  figures('nodes', 'the same beside what the nodes cost in the bill, with the remainder').action(
    async (words: containers.ContainerWords) => {
      const asked = containers.parseNodes(words)
      if (asked.ok) await withSession((context) => containers.nodeCost(context, asked.value))
      else misused(asked.failure)
    },
  )
}
