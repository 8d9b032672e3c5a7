import { type SubmitEvent, useState } from 'react'
import { navigate } from '../../app/route'
import { Button } from '../../components/button'
import { FormField } from '../../components/form-field'
import { useSavedViews, useViewActions } from '../../queries/saved-views'
import { showToast } from '../../stores/toasts'
import type { ReportView } from './report-choice'

/** A report as it is put together here, under a name. */
export function Templates({ view }: { readonly view: ReportView }) {
  const templates = useSavedViews('reports') ?? []
  const { save, remove } = useViewActions()
  const [name, setName] = useState('')
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const plain = name.trim()
    if (plain === '') return
    const former = templates.find((one) => one.name.toLowerCase() === plain.toLowerCase())
    const saved = await save({
      ...(former === undefined ? {} : { id: former.id }),
      area: 'reports',
      name: plain,
      state: Object.fromEntries(Object.entries(view).filter(([, value]) => value !== '')),
      pinned: former?.pinned ?? false,
      isDefault: false,
    })
    if (saved === null) return
    setName('')
    showToast('good', `Saved the template ${plain}.`)
  }
  return (
    <div className="flex flex-col gap-2">
      {templates.length === 0 ? (
        <p className="text-12 text-muted">A template keeps kind, period, sections and look.</p>
      ) : (
        <ul aria-label="Templates" className="flex flex-col">
          {templates.map((template) => (
            <li key={template.id} className="flex min-h-7 items-center gap-1 border-hairline border-b">
              <button
                type="button"
                className="min-w-0 grow truncate rounded text-left text-accent hover:underline"
                onClick={() => navigate('reports', template.state)}
              >
                {template.name}
              </button>
              <Button
                kind="quiet"
                className="h-6"
                aria-label={`Remove the template ${template.name}`}
                onClick={() => void remove(template.id)}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form
        onSubmit={(event) => void submit(event)}
        className="flex items-end gap-1.5"
        aria-label="Save as a template"
      >
        <FormField
          label="Name of a template"
          value={name}
          onText={setName}
          maxLength={120}
          className="grow"
        />
        <Button type="submit" disabled={name.trim() === ''}>
          Save
        </Button>
      </form>
    </div>
  )
}
