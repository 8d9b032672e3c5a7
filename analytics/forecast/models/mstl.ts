import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { initSync, MSTL } from '@bsull/augurs/mstl'
import { type Model, plainAnswer } from './model'

let ready = false

/** The module is compiled when somebody first asks for the model: nobody else waits for it. */
function prepare(): void {
  if (ready) return
  const script = createRequire(import.meta.url).resolve('@bsull/augurs/mstl')
  initSync({ module: readFileSync(join(dirname(script), 'mstl_bg.wasm')) })
  ready = true
}

/** Seasonal and trend decomposition by loess with smoothing of what remains, as the augurs library has it. */
export const mstl: Model = ({ history, seasons, horizon }) => {
  const cycles = seasons.filter((length) => history.length >= 2 * length + 1)
  if (cycles.length === 0 || history.length < 10) return null
  prepare()
  const model = MSTL.ets(cycles)
  try {
    model.fit(history)
    return plainAnswer(Float64Array.from(model.predict(horizon).point))
  } finally {
    model.free()
  }
}
