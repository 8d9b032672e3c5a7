import type { SavingsPlan } from '@aws-sdk/client-savingsplans'
import type { Collector, ResourceDraft } from '../collector'
import { everyPage } from '../pages'
import { resource } from '../resource-draft'

export const savingsPlans: Collector = {
  service: 'savingsplans',
  part: 'plans',
  scope: 'account',
  actions: ['savingsplans:DescribeSavingsPlans'],
  async collect(context) {
    const { DescribeSavingsPlansCommand, SavingsplansClient } = await import('@aws-sdk/client-savingsplans')
    const client = await context.session.client(
      'savingsplans',
      context.region,
      async (config) => new SavingsplansClient(config),
    )
    const found = await everyPage(context, {
      ask: (nextToken) =>
        client.send(new DescribeSavingsPlansCommand({ nextToken, maxResults: 1_000 }), {
          abortSignal: context.signal,
        }),
      items: ({ savingsPlans }) => savingsPlans,
      next: ({ nextToken }) => nextToken,
    })
    return { resources: found.map(planOf), relations: [] }
  },
}

function planOf(plan: SavingsPlan): ResourceDraft {
  return resource({
    kind: 'savings-plan',
    id: plan.savingsPlanArn,
    arn: plan.savingsPlanArn,
    name: plan.description || undefined,
    state: plan.state,
    createdAt: timeOf(plan.start),
    tags: plan.tags,
    facts: {
      type: plan.savingsPlanType,
      payment: plan.paymentOption,
      family: plan.ec2InstanceFamily,
      // Money stays the text that AWS writes.
      commitmentAnHour: plan.commitment,
      upfront: plan.upfrontPaymentAmount,
      currency: plan.currency,
      ends: timeOf(plan.end),
      returnableUntil: timeOf(plan.returnableUntil),
      appliesIn: plan.region,
    },
  })
}

/** AWS writes `2026-11-01T00:00:00Z`, without or with a fraction. */
function timeOf(text: string | undefined): Date | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? undefined : new Date(time)
}
