import { CopyButton } from './copy-button'

/** A command for a terminal, ready to be taken there. */
export function CommandLine({ command }: { readonly command: string }) {
  return (
    <div className="flex items-start gap-2 rounded-md bg-sunken py-1 pr-1 pl-3">
      <code className="grow py-1 font-mono text-12 leading-5 break-words whitespace-pre-wrap">{command}</code>
      <CopyButton label="Copy" text={() => command} />
    </div>
  )
}
