import type { Execution } from '../../../analytics/contract/executions'
import { Chip } from '../../components/chip'
import { stepWords } from '../approvals/approval-words'

const tones = { planned: 'plain', running: 'warn', done: 'good', already: 'good', failed: 'bad' } as const

/** Steps in their order, what failed before them, and the way back. */
export function StepList({ execution }: { readonly execution: Execution }) {
  const { steps, checks, undo, made, patch, detail } = execution
  const failed = checks.filter(({ ok }) => !ok)
  return (
    <div className="flex flex-col gap-3">
      {detail === '' ? null : <p className="break-words">{detail}</p>}
      {failed.length === 0 ? null : (
        <ul aria-label="What does not hold" className="flex flex-col gap-1">
          {failed.map(({ code, says }) => (
            <li key={`${code} ${says}`} className="flex gap-2">
              <Chip tone="bad">{code}</Chip>
              <span className="min-w-0 break-words">{says}</span>
            </li>
          ))}
        </ul>
      )}
      {steps.length === 0 ? null : (
        <ol aria-label="Steps" className="flex flex-col gap-1">
          {steps.map(({ name, says, operation, state, detail: why }) => (
            <li key={name} className="flex flex-wrap items-baseline gap-x-2">
              <Chip tone={tones[state]}>{stepWords[state]}</Chip>
              <span className="min-w-0 break-words">{says}</span>
              {operation === null ? null : <code className="font-mono text-12 text-muted">{operation}</code>}
              {why === '' ? null : <span className="w-full text-12 text-bad break-words">{why}</span>}
            </li>
          ))}
        </ol>
      )}
      {Object.keys(made).length === 0 ? null : (
        <p className="text-12 text-muted">
          {`Made on the way: ${Object.entries(made)
            .map(([what, id]) => `${what} ${id}`)
            .join(', ')}`}
        </p>
      )}
      {patch === null ? null : (
        <section aria-label="The same change in code" className="flex flex-col gap-2">
          <h3 className="font-medium">The same change in code</h3>
          <pre className="overflow-auto rounded-md bg-sunken p-3 font-mono text-12">{patch.terraform}</pre>
          <pre className="overflow-auto rounded-md bg-sunken p-3 font-mono text-12">
            {patch.cloudFormation}
          </pre>
        </section>
      )}
      {undo.steps.length === 0 ? (
        <p className="font-medium text-bad">{`There is no way back. ${undo.note}`}</p>
      ) : (
        <section aria-label="The way back">
          <h3 className="text-12 text-muted">To take it back</h3>
          <ol>
            {undo.steps.map(({ name, says }) => (
              <li key={name}>{says}</li>
            ))}
          </ol>
          {undo.note === '' ? null : <p className="text-12 text-muted">{undo.note}</p>}
        </section>
      )}
    </div>
  )
}
