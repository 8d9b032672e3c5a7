import { Command as List } from 'cmdk'
import { Dialog } from 'radix-ui'
import type { Command } from '../../app/commands'
import { Keys } from '../../components/keys'
import { closeLayer } from '../../stores/layers'

const groups = ['This screen', 'Go to', 'Data', 'Look', 'Help'] as const

export function Palette({ commands }: { readonly commands: readonly Command[] }) {
  const close = () => closeLayer('commands')
  const run = (command: Command) => {
    close()
    command.run()
  }
  return (
    <Dialog.Root open onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-full max-w-xl -translate-x-1/2 rounded-md border border-hairline bg-raised shadow-float"
        >
          <Dialog.Title className="sr-only">Commands</Dialog.Title>
          <List label="Commands" loop>
            <List.Input
              placeholder="Type a command or an area"
              className="h-11 w-full border-b border-hairline bg-transparent px-4 text-14 outline-none placeholder:text-muted"
            />
            <List.List label="Commands" className="max-h-[52vh] overflow-y-auto p-1.5">
              <List.Empty className="px-3 py-6 text-muted">No command has these letters.</List.Empty>
              {groups.map((group) => {
                const ofGroup = commands.filter(
                  (command) => command.group === group && command.id !== 'commands',
                )
                return ofGroup.length === 0 ? null : (
                  <List.Group
                    key={group}
                    heading={group}
                    className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-muted"
                  >
                    {ofGroup.map((command) => (
                      <List.Item
                        key={command.id}
                        value={`${command.title} ${command.id}`}
                        onSelect={() => run(command)}
                        className="flex h-8 items-center justify-between gap-4 rounded px-2.5 aria-selected:bg-hover"
                      >
                        {command.title}
                        {command.keys === undefined ? null : <Keys keys={command.keys} />}
                      </List.Item>
                    ))}
                  </List.Group>
                )
              })}
            </List.List>
          </List>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
