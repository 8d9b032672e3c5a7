import { useChannel } from '../../queries/use-channel'

/** The names to choose from in a field that takes a connection. */
export function ConnectionNames({ id }: { readonly id: string }) {
  const { data } = useChannel('connections/list', {})
  return (
    <datalist id={id}>
      {(data?.connections ?? []).flatMap(({ profile }) =>
        profile === null ? [] : [<option key={profile} value={profile} />],
      )}
    </datalist>
  )
}
