import { useId } from 'react'
import { useChannel } from '../../queries/use-channel'

interface ProfileFieldProps {
  readonly value: string
  readonly onChange: (profile: string) => void
  readonly isDisabled: boolean
}

/** Which connection is used; those that may not write are marked, since nothing would come of them. */
export function ProfileField({ value, onChange, isDisabled }: ProfileFieldProps) {
  const id = useId()
  const { data } = useChannel('connections/list', {})
  return (
    <div className="flex flex-col gap-0.5">
      <label htmlFor={id} className="text-12 text-muted">
        Connection
      </label>
      <select
        id={id}
        value={value}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.value)}
        className="h-7 rounded-md border border-control bg-canvas px-2"
      >
        <option value="">Default credentials</option>
        {(data?.connections ?? []).flatMap(({ profile, writing }) =>
          profile === null
            ? []
            : [
                <option key={profile} value={profile}>
                  {writing ? profile : `${profile} (reads only)`}
                </option>,
              ],
        )}
      </select>
    </div>
  )
}
