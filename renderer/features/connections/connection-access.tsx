import { LockOpen } from 'lucide-react'
import { Chip } from '../../components/chip'
import { useChannel } from '../../queries/use-channel'

export function AccessChip({ writing }: { readonly writing: boolean }) {
  return writing ? (
    <Chip tone="warn" title="Approved changes can be made with this connection">
      <LockOpen size={12} aria-hidden />
      Changes allowed
    </Chip>
  ) : (
    <Chip title="Nothing can be changed with this connection">Read-only</Chip>
  )
}

/** For the places where a connection is used: whether changes can be made with it. */
export function ConnectionAccess({ profile }: { readonly profile: string | null }) {
  const { data } = useChannel('connections/writing', { profile })
  return data === undefined ? null : <AccessChip writing={data.writing} />
}
