import { useId } from 'react'
import { Button } from '../../components/button'
import { FormField } from '../../components/form-field'
import { showToast } from '../../stores/toasts'
import { useLogo } from './logo-store'
import { locales, type ReportView, usualColour } from './report-choice'

interface LookFormProps {
  readonly view: ReportView
  readonly onChange: (change: ReportView) => void
}

const mostLogoBytes = 500_000

/** How the report looks: nothing here changes a figure. */
export function LookForm({ view, onChange }: LookFormProps) {
  const id = useId()
  const logo = useLogo((state) => state.logo)
  const setLogo = useLogo((state) => state.setLogo)
  const select = (
    name: 'paper' | 'locale',
    label: string,
    options: readonly (readonly [string, string])[],
  ) => (
    <div className="flex flex-col gap-0.5">
      <label htmlFor={`${id}-${name}`} className="text-12 text-muted">
        {label}
      </label>
      <select
        id={`${id}-${name}`}
        value={view[name] ?? options[0]?.[0] ?? ''}
        onChange={(event) => onChange({ [name]: event.target.value })}
        className="h-7 rounded-md border border-control bg-canvas px-2"
      >
        {options.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </div>
  )
  const read = (file: File | undefined) => {
    if (file === undefined) return
    if (file.size > mostLogoBytes || !/^image\/(png|jpeg)$/.test(file.type)) {
      showToast('bad', 'The logo was not taken.', 'A logo is a PNG or JPEG of at most 500 kB.')
      return
    }
    const reader = new FileReader()
    reader.onload = () => setLogo(String(reader.result))
    reader.readAsDataURL(file)
  }
  return (
    <div className="flex flex-col gap-2">
      {select('paper', 'Paper', [
        ['a4', 'A4'],
        ['letter', 'US Letter'],
      ])}
      {select('locale', 'Numbers and dates', Object.entries(locales))}
      <FormField
        label="Title"
        value={view.title ?? ''}
        onText={(title) => onChange({ title })}
        maxLength={200}
      />
      <FormField
        label="Company"
        value={view.company ?? ''}
        onText={(company) => onChange({ company })}
        maxLength={120}
      />
      <FormField
        label="Footer"
        value={view.footer ?? ''}
        onText={(footer) => onChange({ footer })}
        maxLength={200}
      />
      <FormField
        label="Colour"
        type="color"
        value={view.colour ?? usualColour}
        onText={(colour) => onChange({ colour })}
      />
      <div className="flex flex-col gap-0.5">
        <label htmlFor={`${id}-logo`} className="text-12 text-muted">
          Logo (PNG or JPEG)
        </label>
        <input
          id={`${id}-logo`}
          type="file"
          accept="image/png,image/jpeg"
          className="w-full text-12"
          onChange={(event) => read(event.target.files?.[0])}
        />
        {logo === null ? null : (
          <Button kind="quiet" className="self-start" onClick={() => setLogo(null)}>
            Without a logo
          </Button>
        )}
      </div>
    </div>
  )
}
