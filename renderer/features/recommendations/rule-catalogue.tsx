import type { RuleDescription } from '../../../analytics/contract/findings'
import { Chip } from '../../components/chip'
import { Answered, Panel } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { counted } from '../../format/money'
import { useChannel } from '../../queries/use-channel'
import { precheckWords, riskWords, undoWords } from './recommendation-words'

function RuleEntry({ rule }: { readonly rule: RuleDescription }) {
  const { title, id, reads, criterion, saving, action, undo, undoWords: undone, risk, prechecks } = rule
  return (
    <article className="border-hairline border-b py-3">
      <h3 className="flex flex-wrap items-center gap-2 font-semibold">
        {title} <span className="font-mono font-normal text-12 text-muted">{id}</span>
        {rule.onRequest ? <Chip>on request</Chip> : null}
        <span className="ml-auto font-normal text-12 text-muted">reads {reads.join(', ')}</span>
      </h3>
      <dl className="mt-1 grid grid-cols-[8rem_1fr] gap-x-4 gap-y-1">
        <dt className="text-muted">Found when</dt>
        <dd>{criterion}</dd>
        <dt className="text-muted">Saves</dt>
        <dd>{saving}</dd>
        <dt className="text-muted">Change</dt>
        <dd>{action}</dd>
        <dt className="text-muted">Undo</dt>
        <dd>
          {undoWords[undo]}. {undone}
        </dd>
        <dt className="text-muted">Risk</dt>
        <dd>
          {riskWords[risk]}. Checked before:{' '}
          {prechecks.map((one) => precheckWords[one].toLowerCase()).join('; ')}.
        </dd>
        <dt className="text-muted">Settings</dt>
        <dd>
          {rule.settings.map(({ words, value, unit }) => `${words} ${value} ${unit}`.trim()).join('; ')}
          {rule.presets.length > 0
            ? `. Presets: ${rule.presets
                .map(
                  ({ name, values }) =>
                    `${name} (${Object.entries(values)
                      .map(([setting, value]) => `${setting} ${value}`)
                      .join(', ')})`,
                )
                .join('; ')}`
            : ''}
        </dd>
      </dl>
    </article>
  )
}

export function RuleCatalogue() {
  const answer = useChannel('recommendations/rules', {})
  return (
    <Answered answer={answer} skeleton={<Skeleton className="h-64" />}>
      {({ rules }) => (
        <Panel title="Rules" hint={counted(rules.length, 'rule', 'rules')}>
          {rules.map((rule) => (
            <RuleEntry key={rule.id} rule={rule} />
          ))}
        </Panel>
      )}
    </Answered>
  )
}
