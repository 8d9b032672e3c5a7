import { Unplug } from 'lucide-react'
import { CommandLine } from '../components/command-line'

export function SessionLost() {
  return (
    <main className="mx-auto flex h-full max-w-lg flex-col justify-center gap-3 px-6">
      <Unplug size={28} strokeWidth={1.5} className="text-muted" aria-hidden />
      <h1 className="font-semibold text-20">This page is no longer signed in</h1>
      <p>
        The application was restarted, or this link has been used up. The data is safe in the workspace. For a
        fresh link, start it again in a terminal and open the address it prints:
      </p>
      <CommandLine command="npm start" />
    </main>
  )
}
