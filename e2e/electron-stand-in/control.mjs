/**
 * The test's end of the program: it starts the program with a message channel, asks and acts over it. Each request
 * is `{ id, act, ...values }` and gets one answer `{ id, value }` or `{ id, error }`.
 */

/** @typedef {(values: Readonly<Record<string, unknown>>) => unknown} Act */

/** @type {Map<string, Act>} */
const acts = new Map()

/** What happened that a person would have seen, or that the door asked the system for. */
export const happened = /** @type {{ what: string, value: unknown }[]} */ ([])

/**
 * @param {string} what
 * @param {unknown} [value]
 */
export function record(what, value = null) {
  happened.push({ what, value })
  process.send?.({ what, value })
}

/**
 * @param {string} name
 * @param {Act} act
 */
export function onAct(name, act) {
  acts.set(name, act)
}

/** @param {{ readonly id: number, readonly act: string }} request */
async function answer({ id, act, ...values }) {
  try {
    const value = await acts.get(act)?.(values)
    process.send?.({ id, value: value ?? null })
  } catch (cause) {
    process.send?.({ id, error: cause instanceof Error ? cause.message : String(cause) })
  }
}

process.on('message', (message) => {
  void answer(/** @type {{ id: number, act: string }} */ (message))
})
