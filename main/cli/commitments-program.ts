import type { Command } from 'commander'
import type { Failure } from '../../analytics/contract/result'
import type { CommandContext } from './commands'
import * as commitments from './commitments'
import { type CommitmentWords, parseCommitments, parsePlan } from './parse-commitments'

interface Doors {
  readonly withSession: (run: (context: CommandContext) => Promise<number>) => Promise<void>
  readonly misused: (failure: Failure) => void
}

/** `finops commitments`. */
export function addCommitmentOptions(command: Command, { withSession, misused }: Doors): void {
  command
    .option('--plan', 'what to buy: optimum, regret and monthly steps')
    .option('--days <count>', 'so many days back (default: 30; for a plan 60)')
    .option('--term <years>', 'plan: 1 or 3 (default: 1)')
    .option('--payment <option>', 'plan: no-upfront, partial-upfront or all-upfront (default: no-upfront)')
    .option('--fall <percent>', 'plan: how far traffic is supposed to fall (default: 30)')
    .option('--months <count>', 'plan: bought in so many monthly steps (default: 6)')
    .option('--rate <offering=percent...>', 'plan: a discount you know: compute-plan=27; repeatable')
    .option('--interruptible <percent>', 'plan: how much of compute may run on spot (default: 0)')
    .option('--spot-discount <percent>', 'plan: what spot saves, where the bill has none')
    .action(async (words: CommitmentWords) => {
      if (words.plan) {
        const asked = parsePlan(words)
        if (!asked.ok) return misused(asked.failure)
        return await withSession((context) => commitments.plan(context, asked.value))
      }
      const asked = parseCommitments(words)
      if (!asked.ok) return misused(asked.failure)
      await withSession((context) => commitments.held(context, asked.value))
    })
}
