import { lazy, Suspense } from 'react'
import { useLayers } from '../stores/layers'
import { useQuestions } from '../stores/questions'
import type { Command } from './commands'

const Palette = lazy(() => import('../features/palette/palette').then((file) => ({ default: file.Palette })))
const KeyboardMap = lazy(() =>
  import('../features/keyboard/keyboard-map').then((file) => ({ default: file.KeyboardMap })),
)

const Questions = lazy(() =>
  import('../features/questions/questions').then((file) => ({ default: file.Questions })),
)

/** What floats above every screen, loaded when first opened. */
export function Layers({ commands }: { readonly commands: readonly Command[] }) {
  const open = useLayers((state) => state.open)
  const isAsked = useQuestions((state) => state.questions.length > 0)
  return (
    <Suspense fallback={null}>
      {open === 'commands' ? <Palette commands={commands} /> : null}
      {open === 'keyboard' ? <KeyboardMap commands={commands} /> : null}
      {isAsked ? <Questions /> : null}
    </Suspense>
  )
}
