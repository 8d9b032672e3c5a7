import type {
  CommitmentAlert,
  CommitmentPlan,
  CommitmentReport,
  CommitmentsRequest,
  PlanRequest,
} from '../../analytics/contract/commitments'
import { type CommandContext, settle } from './commands'
import { exitCodes } from './exit-codes'
import { moneyText } from './money-text'
import { answer } from './terminal'
import { textTable } from './text-table'

export async function held(
  { session, terminal, signal }: CommandContext,
  asked: CommitmentsRequest,
): Promise<number> {
  return settle(terminal, await session.ask('commitments/read', asked, { signal }), (report) => {
    answer(terminal, report, () => heldText(report))
    return exitCodes.done
  })
}

export async function plan(
  { session, terminal, signal }: CommandContext,
  asked: PlanRequest,
): Promise<number> {
  return settle(terminal, await session.ask('commitments/plan', asked, { signal }), (found) => {
    answer(terminal, found, () => planText(found))
    return exitCodes.done
  })
}

function heldText({ holdings, alerts, total, window, currency, hourly }: CommitmentReport): string {
  const table = textTable(
    [
      { head: 'Kind' },
      { head: 'For' },
      { head: 'Units', right: true },
      { head: 'An hour', right: true },
      { head: 'Ends' },
      { head: 'Used', right: true },
      { head: 'Unused', right: true },
      { head: 'Saved', right: true },
    ],
    holdings.map((one) => [
      one.offering,
      one.scope,
      one.count === null ? '' : moneyText(one.count, 0),
      one.hourly === null ? '' : moneyText(one.hourly),
      one.ends === null ? 'not known' : one.state === 'ended' ? `${one.ends} (ended)` : one.ends,
      percent(one.utilisation),
      moneyText(one.unused),
      moneyText(one.saving),
    ]),
  )
  return [
    ...(holdings.length === 0 ? ['The bill has no Savings Plan and no reservation.'] : [table, '']),
    `${window.from} to ${window.to}, ${currency}, ${hourly ? 'by the hour' : 'partly by the day: hours of such a day are taken to be alike'}.`,
    `Coverage ${percent(total.coverage)}, utilisation ${percent(total.utilisation)}, effective savings rate ${percent(total.effectiveSavingsRate)}, unused ${moneyText(total.unused)}.`,
    ...alerts.map(alertText),
  ].join('\n')
}

function alertText({ rule, scope, within, monthly }: CommitmentAlert): string {
  const amount = monthly === null ? '' : `: ${moneyText(monthly)} a month`
  if (rule === 'commitment-unused') return `! Unused in part, ${scope}${amount}`
  return within === 0 ? `! Ended, ${scope}${amount}` : `! Ends within ${within} days, ${scope}${amount}`
}

function planText({
  purchases,
  unplanned,
  monthlySaving,
  mix,
  window,
  currency,
  hourly,
}: CommitmentPlan): string {
  const table = textTable(
    [
      { head: '' },
      { head: 'Buy' },
      { head: 'For' },
      { head: 'Term' },
      { head: 'Discount', right: true },
      { head: 'Known from' },
      { head: 'Optimum/h', right: true },
      { head: 'Low water/h', right: true },
      { head: 'Saves/month', right: true },
      { head: 'Used', right: true },
      { head: 'If traffic falls', right: true },
    ],
    purchases.map((one) => [
      one.chosen ? '*' : '',
      one.offering,
      one.scope,
      `${one.term} yr ${one.payment}`,
      percent(1 - one.rate.ratio),
      `${one.rate.source} (${one.rate.confidence})`,
      one.units === null ? moneyText(one.optimum.commitment, 3) : `${one.units} units`,
      moneyText(one.lowWater.commitment, 3),
      moneyText(one.optimum.monthlySaving),
      percent(one.optimum.utilisation),
      moneyText(one.regret.besideNone),
    ]),
  )
  const ladder = purchases
    .filter(({ chosen }) => chosen)
    .flatMap((one) =>
      one.ladder
        .filter(({ buy }) => Number(buy) > 0)
        .map((step) => [
          step.month,
          one.offering,
          one.scope,
          moneyText(step.ending, 3),
          moneyText(step.buy, 3),
        ]),
    )
    .toSorted(([left = ''], [right = '']) => left.localeCompare(right))
  return [
    ...(purchases.length === 0 ? ['Nothing to buy: no commitment would have saved anything.'] : [table]),
    ...(ladder.length === 0
      ? []
      : [
          '',
          textTable(
            [
              { head: 'Month' },
              { head: 'Buy' },
              { head: 'For' },
              { head: 'Ending/h', right: true },
              { head: 'Buy/h', right: true },
            ],
            ladder,
          ),
        ]),
    '',
    `What is marked saves ${moneyText(monthlySaving)} ${currency} a month at list prices, by ${window.from} to ${window.to}, ${hourly ? 'hour by hour' : 'partly day by day'}.`,
    ...unplanned.map(({ offering, scope, reason }) => `Not planned: ${offering}, ${scope}. ${reason}`),
    ...(mix === null
      ? []
      : mix.steps.map(
          (step) =>
            `At most ${percent(step.tolerance)} lost: ${percent(step.committed)} committed, ${percent(step.onDemand)} on demand, ${percent(step.spot)} spot, saves ${moneyText(step.monthlySaving)}.`,
        )),
  ].join('\n')
}

function percent(share: number | null): string {
  return share === null ? 'none' : `${(share * 100).toFixed(1)} %`
}
