import type { InvoiceBridge } from '../contract/invoice-bridge'
import type { ReportBlock, ReportColumn, ReportUnit } from '../contract/reports'
import type { DeliveredMonth } from '../contract/restatements'
import { succeed } from '../contract/result'
import { command } from './query-command'
import { type MakeSection, note, type SectionWork } from './section-work'

function column(head: string, unit: ReportUnit = 'text', adds = false): ReportColumn {
  return { head, unit, adds }
}

/** Months that the period touches: a close is of whole billing months. */
function isInPeriod({ window }: SectionWork, month: string): boolean {
  return `${month}-31` >= window.from && `${month}-01` < window.to
}

export const bridge: MakeSection = async (work) => {
  const { id, answer } = await work.questions.ask('sources/bridge', {}, command('sources bridge', []))
  if (!answer.ok) return answer
  const ofPeriod = answer.value.bridges.filter(({ period }) => isInPeriod(work, period))
  const bridges = ofPeriod
    .filter(({ currency }) => currency === work.currency)
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  const others = [
    ...new Set(ofPeriod.flatMap(({ currency }) => (currency === work.currency ? [] : [currency]))),
  ]
  const blocks = bridges.flatMap((one) => bridgeBlocks(one, id))
  return succeed([
    ...(blocks.length === 0 ? [note('No month of this period has been imported.')] : blocks),
    ...(others.length === 0
      ? []
      : [note(`Invoices in ${others.join(', ')} are in a report of that currency.`)]),
    note('A bridge is of all of a month and of all accounts: filters of the report do not narrow it.'),
  ])
}

function keyOf({ period, payer, source }: InvoiceBridge): string {
  return `${period} ${payer} ${source}`
}

function bridgeBlocks(one: InvoiceBridge, question: string): readonly ReportBlock[] {
  const name = `${one.period} ${one.payer}`
  const money = (label: string, value: string | null, text: string | null = null) =>
    ({ label, value, unit: 'money', note: text, question }) as const
  const failed = one.checks.filter(({ ok }) => !ok)
  return [
    {
      kind: 'figures',
      figures: [
        money(
          `Lines of ${one.period}`,
          one.total,
          `${one.payer}${one.estimated ? ', estimated' : ', final'}`,
        ),
        money('Billed cost on every screen', one.billed),
        money('Invoices', one.issued, one.issued === null ? 'no amount was written down' : null),
        money('Not explained by lines', one.remainder),
      ],
    },
    {
      kind: 'table',
      name: `bridge ${name}`,
      title: `From usage to the invoice, ${one.period}, ${one.payer}`,
      columns: [
        column('Step'),
        column('Lines', 'count', true),
        column('Amount', 'money', true),
        column('Up to here', 'money'),
      ],
      rows: one.steps.map(({ title, lines, amount, after }) => [title, lines, amount, after]),
      total: ['Total', one.steps.reduce((sum, { lines }) => sum + lines, 0), one.total, null],
      question,
    },
    {
      kind: 'table',
      name: `invoices ${name}`,
      title: `Invoices of ${one.period}, ${one.payer}`,
      columns: [
        column('Invoice'),
        column('Issuer'),
        column('Lines', 'count', true),
        column('Amount of its lines', 'money', true),
        column('Issued', 'money'),
        column('Not explained', 'money'),
      ],
      rows: one.invoices.map(({ invoice, issuer, lines, amount, issued, remainder }) => [
        invoice ?? 'not issued yet',
        issuer,
        lines,
        amount,
        issued,
        remainder,
      ]),
      total: [
        'Total',
        null,
        one.invoices.reduce((sum, { lines }) => sum + lines, 0),
        one.total,
        one.issued,
        one.remainder,
      ],
      question,
    },
    failed.length === 0
      ? note(`All ${one.checks.length} checks of ${one.period} passed.`)
      : note(
          `Checks of ${one.period} that failed: ${failed.map(({ name: check, detail }) => `${check} (${detail})`).join('; ')}.`,
        ),
  ]
}

const mostChanges = 20

export const restatements: MakeSection = async (work) => {
  const { id, answer } = await work.questions.ask(
    'sources/restatements',
    { most: mostChanges },
    command('sources restatements', []),
  )
  if (!answer.ok) return answer
  const months = answer.value.months.filter(({ period }) => isInPeriod(work, period))
  if (months.length === 0) return succeed([note('No month of this period has come more than once.')])
  const closed = months.filter(({ restated }) => restated)
  return succeed([
    note(
      closed.length === 0
        ? 'No month was changed after its close.'
        : `Changed after its close: ${closed.map(({ period, payer }) => `${period} of ${payer}`).join(', ')}.`,
    ),
    {
      kind: 'table',
      name: 'restatements',
      title: 'Deliveries, newest first',
      columns: [
        column('Month'),
        column('Payer'),
        column('Came'),
        column('State'),
        column('After close'),
        column('Billed', 'money'),
        column('Change of billed', 'money'),
        column('Change of effective', 'money'),
      ],
      rows: months.flatMap((month) => deliveryRows(month, work.currency)),
      total: null,
      question: id,
    },
    ...closed.flatMap((month) => changesOf(month, work.currency, id)),
  ])
}

function deliveryRows({ period, payer, deliveries }: DeliveredMonth, currency: string | null) {
  return deliveries.flatMap((one) =>
    one.totals
      .filter((total) => total.currency === currency)
      .map((total) => [
        period,
        payer,
        one.firstSeen.slice(0, 16).replace('T', ' '),
        `${one.estimated ? 'estimated' : 'final'}${one.inForce ? ', in force' : ''}`,
        one.afterClose ? 'yes' : 'no',
        total.billed,
        one.replaced ? total.billedChange : null,
        one.replaced ? total.effectiveChange : null,
      ]),
  )
}

function changesOf(
  { period, payer, deliveries }: DeliveredMonth,
  currency: string | null,
  question: string,
): readonly ReportBlock[] {
  return deliveries
    .filter(({ afterClose }) => afterClose)
    .map((delivery) => ({
      kind: 'table',
      name: `changes ${period} ${payer} ${delivery.importId}`,
      title: `What changed in ${period} of ${payer} after its close`,
      columns: [
        column('Account'),
        column('Service'),
        column('Kind of line'),
        column('Billed before', 'money'),
        column('Billed', 'money'),
        column('Change', 'money'),
      ],
      rows: delivery.changes
        .filter((line) => line.currency === currency)
        .map((line) => [
          line.accountName ?? line.account,
          line.service,
          line.lineType,
          line.billedBefore,
          line.billed,
          line.billedChange,
        ]),
      total: null,
      question,
    }))
}
