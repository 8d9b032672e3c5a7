import { useState } from 'react'
import { ChoiceMenu } from '../../components/choice-menu'
import { CopyButton } from '../../components/copy-button'
import { Answered } from '../../components/panel'
import { ScrollRegion } from '../../components/scroll-region'
import { Skeleton } from '../../components/skeleton'
import { counted } from '../../format/money'
import { useChannel } from '../../queries/use-channel'

/** Least-privilege policies to copy: for reading, and for each kind of change. */
export function Policies() {
  const answer = useChannel('connections/policies', {})
  const [name, setName] = useState('scan')
  return (
    <Answered answer={answer} skeleton={<Skeleton className="h-40" />}>
      {({ policies }) => {
        const shown = policies.find((one) => one.name === name) ?? policies[0]
        if (shown === undefined) return null
        return (
          <div className="flex max-w-3xl flex-col gap-2">
            <div className="flex items-center gap-3">
              <ChoiceMenu
                label="For"
                value={shown.name}
                options={policies.map((one) => ({
                  value: one.name,
                  title: one.title,
                  ...(one.changes ? { hint: 'change' } : {}),
                }))}
                onChange={setName}
              />
              <span className="text-12 text-muted">
                {counted(shown.permissions.length, 'permission', 'permissions')}
                {shown.changes ? ', some of which change things' : ', none of which changes anything'}
              </span>
              <div className="ml-auto">
                <CopyButton label="Copy policy" text={() => shown.policy} />
              </div>
            </div>
            <ScrollRegion label="Policy as JSON" className="max-h-72 rounded-md bg-sunken">
              <pre className="px-3 py-2 font-mono text-12">{shown.policy}</pre>
            </ScrollRegion>
            <ul className="flex list-disc flex-col gap-1 pl-5 text-12">
              {shown.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </div>
        )
      }}
    </Answered>
  )
}
