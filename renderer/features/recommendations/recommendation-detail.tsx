import { type ReactNode, useState } from 'react'
import type {
  RecommendationDetail as Detail,
  RecommendationsRequest,
} from '../../../analytics/contract/findings'
import { changeView, writeRoute } from '../../app/route'
import { Sparkline } from '../../charts/sparkline'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { Answered } from '../../components/panel'
import { SidePanel } from '../../components/side-panel'
import { Skeleton } from '../../components/skeleton'
import { useChannel } from '../../queries/use-channel'
import { DecideForm, useDecide, type Verb } from './decide-form'
import {
  evidenceName,
  evidenceText,
  precheckWords,
  riskWords,
  stateWords,
  sureText,
  undoWords,
} from './recommendation-words'

function Title({ children }: { readonly children: ReactNode }) {
  return <h3 className="mt-5 mb-1 font-semibold text-14">{children}</h3>
}

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex gap-4 border-hairline border-b py-1">
      <dt className="w-48 shrink-0 text-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  )
}

function Saving({ recommendation }: Pick<Detail, 'recommendation'>) {
  const { monthlySaving, grossSaving, stranded, once, monthlyCost, currency } = recommendation
  const amount = (value: string) => <Money value={value} currency={currency} />
  return (
    <>
      <p className="font-semibold text-20">
        {amount(monthlySaving)}
        <span className="ml-1 font-normal text-12 text-muted">{currency} a month, net</span>
      </p>
      <dl>
        <Line label="The lines cost now">{amount(monthlyCost)}</Line>
        <Line label="Gross, at list price">{amount(grossSaving)}</Line>
        <Line label="Commitments left unused">{amount(stranded)}</Line>
        <Line label="Once">{amount(once)}</Line>
      </dl>
    </>
  )
}

interface Option {
  readonly type: string
  readonly price: string
  readonly [more: string]: unknown
}

const isOption = (value: unknown): value is Option =>
  typeof value === 'object' && value !== null && 'type' in value && 'price' in value

function Options({ options }: { readonly options: readonly Option[] }) {
  const percent = (value: unknown) => (typeof value === 'number' ? `${value.toFixed(0)} %` : 'not known')
  return (
    <DataTable
      caption="Options"
      rows={options}
      rowKey={({ type }) => type}
      columns={[
        { id: 'type', head: 'Type', isElastic: true, cell: ({ type }) => type },
        { id: 'price', head: 'List price an hour', isFigure: true, cell: ({ price }) => price },
        { id: 'cpu', head: 'Processor peak then', isFigure: true, cell: (one) => percent(one.projectedCpu) },
        {
          id: 'memory',
          head: 'Memory peak then',
          isFigure: true,
          cell: (one) => percent(one.projectedMemory),
        },
        { id: 'effort', head: 'Effort', cell: ({ effort }) => String(effort ?? 'a restart') },
      ]}
    />
  )
}

const figure = (value: number) =>
  value.toLocaleString('en-US', { notation: 'compact', maximumFractionDigits: 1 })

function Metrics({ resource }: Pick<Detail, 'resource'>) {
  if (resource === null || resource.metrics.length === 0)
    return (
      <p className="text-muted">No metrics are kept of it: it is judged by the bill and what a scan saw.</p>
    )
  return (
    <ul className="flex flex-col gap-2">
      {resource.metrics.map(({ metric, statistic, unit, most, p995, line }) => (
        <li key={`${metric} ${statistic}`} className="flex items-center gap-4 border-hairline border-b py-1">
          <span className="w-56 shrink-0 truncate" title={`${metric}, ${statistic}`}>
            {metric} <span className="text-12 text-muted">{statistic.toLowerCase()}</span>
          </span>
          <Sparkline
            label={`${metric}, ${statistic}, highest of each part of the time`}
            values={line.map(({ value }) => value.toFixed(6))}
            width={240}
            height={28}
          />
          <span className="ml-auto text-12 text-muted">
            P99.5 {figure(p995)}, most {figure(most)} {unit}
          </span>
        </li>
      ))}
    </ul>
  )
}

function BlastRadius({ resource }: Pick<Detail, 'resource'>) {
  if (resource === null)
    return <p className="text-muted">No scan has seen it: what points to it is not known.</p>
  const inbound = resource.neighbours.filter(({ direction }) => direction === 'in')
  if (inbound.length === 0) return <p className="text-muted">Nothing that scans saw points to it.</p>
  return (
    <ul>
      {inbound.map(({ relation, id, name }) => (
        <li key={`${relation} ${id}`} className="border-hairline border-b py-1">
          {name ?? id} <span className="text-muted">{relation} this</span>
        </li>
      ))}
    </ul>
  )
}

function Why({ rule }: { readonly rule: string }) {
  const { data } = useChannel('recommendations/rules', {})
  const described = data?.rules.find(({ id }) => id === rule)
  return described === undefined ? null : (
    <>
      <p>{described.criterion}</p>
      <p className="mt-1 text-muted">{described.saving}</p>
    </>
  )
}

function Decisions({ recommendation }: Pick<Detail, 'recommendation'>) {
  const [verb, setVerb] = useState<Verb | null>(null)
  const decide = useDecide()
  const { id, state, note, until } = recommendation
  if (verb !== null) return <DecideForm ids={[id]} verb={verb} onClose={() => setVerb(null)} />
  return (
    <div className="flex flex-wrap items-center gap-2">
      {state === 'open' ? (
        <>
          <Button onClick={() => setVerb('snoozed')}>Snooze</Button>
          <Button onClick={() => setVerb('dismissed')}>Dismiss</Button>
        </>
      ) : null}
      {state === 'snoozed' || state === 'dismissed' ? (
        <>
          <span className="text-muted">
            {note}
            {until === null ? '' : `, until ${until}`}
          </span>
          <Button onClick={() => void decide([id], 'open', '', null)}>Open again</Button>
        </>
      ) : null}
    </div>
  )
}

function Parts({ detail }: { readonly detail: Detail }) {
  const { recommendation, resource, accountNames } = detail
  const { account, region, evidence, action, undo, prechecks, managedBy, inventoryId } = recommendation
  const { options, ...facts } = evidence
  const told: readonly Option[] = (Array.isArray(options) ? (options as readonly unknown[]) : []).filter(
    isOption,
  )
  return (
    <div>
      <Decisions recommendation={recommendation} />
      <Title>Saving</Title>
      <Saving recommendation={recommendation} />
      {told.length > 0 ? (
        <>
          <Title>Options</Title>
          <Options options={told} />
        </>
      ) : null}
      <Title>Why</Title>
      <Why rule={recommendation.rule} />
      <Title>Evidence</Title>
      <dl>
        <Line label="Sure">{sureText(recommendation.confidence)}</Line>
        {Object.entries(facts).map(([name, value]) => (
          <Line key={name} label={evidenceName(name)}>
            {evidenceText(value)}
          </Line>
        ))}
      </dl>
      <Title>Metrics</Title>
      <Metrics resource={resource} />
      <Title>What would notice</Title>
      <BlastRadius resource={resource} />
      <Title>Change</Title>
      <dl>
        <Line label="Action">
          {action === null
            ? 'By a person: the program does not make it'
            : `${action.kind}: ${evidenceText(action.params)}`}
        </Line>
        <Line label="Undo">{undoWords[undo]}</Line>
        <Line label="Checked before">{prechecks.map((one) => precheckWords[one]).join('; ')}</Line>
        {managedBy === null ? null : <Line label="Managed by">{managedBy}</Line>}
      </dl>
      <Title>Where</Title>
      <dl>
        <Line label="Resource">
          {inventoryId === null ? (
            <span className="font-mono text-12">{recommendation.resource}</span>
          ) : (
            <a
              className="font-mono text-12 text-accent hover:underline"
              href={writeRoute('inventory', { resource: inventoryId, owner: account })}
            >
              {recommendation.resource}
            </a>
          )}
        </Line>
        <Line label="Account">
          {accountNames[account] ? `${accountNames[account]} (${account})` : account}
        </Line>
        <Line label="Region">{region}</Line>
      </dl>
    </div>
  )
}

interface RecommendationDetailProps {
  readonly id: string
  readonly title: string
  readonly request: RecommendationsRequest
}

export function RecommendationDetail({ id, title, request }: RecommendationDetailProps) {
  const answer = useChannel('recommendations/read', { id, request })
  const shown = answer.data?.recommendation
  return (
    <SidePanel
      title={title}
      width="narrow"
      onClose={() => changeView({ finding: '' })}
      mark={
        shown === undefined ? null : (
          <span className="flex gap-1">
            <Chip tone={shown.risk === 'high' ? 'warn' : 'plain'}>{riskWords[shown.risk]} risk</Chip>
            <Chip>{stateWords[shown.state]}</Chip>
          </span>
        )
      }
    >
      <Answered answer={answer} skeleton={<Skeleton className="h-64" />}>
        {(detail) => <Parts key={detail.recommendation.id} detail={detail} />}
      </Answered>
    </SidePanel>
  )
}
