import type { Command } from '../../app/commands'
import { Keys } from '../../components/keys'
import { Modal } from '../../components/modal'
import { ScrollRegion } from '../../components/scroll-region'
import { closeLayer } from '../../stores/layers'

const groups = ['This screen', 'Go to', 'Data', 'Look', 'Help'] as const

/** Lists what works now, read from the same commands the keyboard follows. */
export function KeyboardMap({ commands }: { readonly commands: readonly Command[] }) {
  return (
    <Modal
      open
      onClose={() => closeLayer('keyboard')}
      title="Keyboard"
      description="Keys work wherever no text is being typed. Esc closes what floats above a screen."
      className="max-w-2xl"
    >
      <ScrollRegion label="Keys" className="columns-2 gap-8">
        {groups.map((group) => {
          const ofGroup = commands.filter((command) => command.group === group && command.keys !== undefined)
          return ofGroup.length === 0 ? null : (
            <section key={group} className="mb-4">
              <h3 className="mb-1 break-after-avoid text-12 text-muted">{group}</h3>
              <ul>
                {ofGroup.map((command) => (
                  <li
                    key={command.id}
                    className="flex h-7 break-inside-avoid items-center justify-between gap-4"
                  >
                    <span>{command.title}</span>
                    <Keys keys={command.keys ?? ''} />
                  </li>
                ))}
              </ul>
            </section>
          )
        })}
      </ScrollRegion>
    </Modal>
  )
}
