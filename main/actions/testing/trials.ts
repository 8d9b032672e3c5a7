import { createRandom } from '../../../analytics/sample/random'
import type { CloudFault } from '../../aws/testing/cloud/faults'
import { Journal } from '../../journal/journal'
import type { ActionCase, Dump } from './cases'
import { pinnedOf, unwrap, type Workbench } from './workbench'

/** The process is gone: nothing after it happens. */
class Killed extends Error {}

export interface Trial {
  readonly name: string
  readonly met: string
  readonly wrong: readonly string[]
}

const nameOf = ({ action }: ActionCase) => `${action.kind} ${Object.values(action.params)[0]}`

/** What the account looks like without ids and moments that differ from run to run. */
const same = (one: Dump, other: Dump) => JSON.stringify(one) === JSON.stringify(other)

/** The account before and after an undisturbed execution, and between which things a process can die on the way. */
export interface Measured {
  readonly one: ActionCase
  readonly before: Dump
  readonly after: Dump
  readonly boundaries: readonly string[]
  /** What it asks AWS to change, in order. */
  readonly operations: readonly string[]
}

export async function measureAction(bench: Workbench, one: ActionCase): Promise<Measured> {
  await bench.clear()
  one.put(bench.cloud.state)
  const before = bench.cloud.state.dump()
  const boundaries: string[] = []
  bench.boundary = async (name) => {
    boundaries.push(name)
  }
  const hands = await bench.hands()
  const prepared = unwrap(await bench.executor.prepare(pinnedOf(one.action), hands, false))
  await bench.executor.execute(prepared, hands)
  hands.close()
  const operations = bench.cloud.changes().map(({ operation }) => operation)
  return { one, before, after: settledDump(bench), boundaries, operations }
}

/** Lets the process die at one boundary, starts anew, and asks AWS how it stands. */
export async function killAction(bench: Workbench, measured: Measured, at: number): Promise<Trial> {
  const { one, before, boundaries } = measured
  const wrong: string[] = []
  await bench.clear()
  one.put(bench.cloud.state)
  let left = at
  bench.boundary = async () => {
    if (left === 0) throw new Killed()
    left -= 1
  }
  const hands = await bench.hands()
  const prepared = unwrap(await bench.executor.prepare(pinnedOf(one.action), hands, false))
  try {
    await bench.executor.execute(prepared, hands)
    wrong.push('it was not killed')
  } catch (error) {
    if (!(error instanceof Killed)) throw error
  }
  hands.close()
  bench.boundary = async () => undefined
  await bench.restart()
  wrong.push(...(await settledRightly(bench, measured, before)))
  return { name: `${nameOf(one)}, killed at "${boundaries[at]}"`, met: metIn(bench), wrong }
}

const faults: readonly [CloudFault, ...CloudFault[]] = [
  'lost-reply',
  'throttle',
  'reset',
  'internal',
  'expired',
  'html',
  'truncate',
]

/** Faults by chance in every call, and now and then somebody else at work. */
export async function disturbAction(bench: Workbench, measured: Measured, seed: number): Promise<Trial> {
  const random = createRandom(seed)
  const { one, before } = measured
  await bench.clear()
  one.put(bench.cloud.state)
  bench.cloud.state.lag = random.integer(0, 3)
  const hands = await bench.hands()
  const prepared = unwrap(await bench.executor.prepare(pinnedOf(one.action), hands, false))
  const picked = Array.from({ length: random.integer(1, 3) }, () => random.pick(faults))
  for (const fault of picked) {
    const isWholesale = fault === 'expired'
    bench.cloud.rules.push({
      fault,
      times: isWholesale ? 50 : random.integer(1, 4),
      chance: { below: isWholesale ? 0.1 : 0.4, random: random.next },
    })
  }
  const isForeign = random.chance(0.2)
  let until = isForeign ? random.integer(1, 8) : -1
  bench.cloud.onRequest = () => {
    if (until === 0) one.spoil(bench.cloud.state)
    until -= 1
  }
  const wrong: string[] = []
  const executed = await bench.executor.execute(prepared, hands)
  hands.close()
  const met = `${executed.outcome}${isForeign ? ', with somebody else at work' : ''}`
  bench.cloud.rules.length = 0
  bench.cloud.onRequest = null
  await bench.restart()
  wrong.push(...duplicates(bench, measured))
  if (!isForeign) wrong.push(...(await settledRightly(bench, measured, before)))
  else if ((await Journal.verify(bench.folder)).state !== 'sound') wrong.push('the journal is not sound')
  return { name: `${nameOf(one)}, seed ${seed}: ${picked.join(', ')}`, met, wrong }
}

/** A change that was carried out twice where the undisturbed execution makes it once. */
function duplicates(bench: Workbench, { operations }: Measured): readonly string[] {
  const applied = bench.cloud.changes().filter(({ applied }) => applied)
  return [...new Set(operations)].flatMap((operation) => {
    const asked = applied.filter((one) => one.operation === operation)
    const forward = operations.filter((one) => one === operation).length
    // What is put back asks for the same operation with another input: only equal ones are the same change.
    const inputs = asked.map(({ input }) => JSON.stringify(input))
    const twice = inputs.length - new Set(inputs).size
    return twice > 0 && inputs.length > forward ? [`${operation} was carried out ${inputs.length} times`] : []
  })
}

/** What the journal says and what the account is must be the same, and an undo must lead back. */
async function settledRightly(
  bench: Workbench,
  { after, one }: Measured,
  before: Dump,
): Promise<readonly string[]> {
  const wrong: string[] = []
  const now = settledDump(bench)
  const [record] = [...bench.executor.records().values()]
  if (!record) return same(now, before) ? [] : ['changed without a word in the journal']
  const hands = await bench.hands()
  try {
    const view = bench.executor.view(record)
    const asked = bench.cloud.changes().length
    const settled = view.state === 'unknown' ? unwrap(await bench.executor.settle(record, hands)) : view
    if (bench.cloud.changes().length !== asked) wrong.push('settling changed something')
    switch (settled.outcome) {
      case 'done':
        if (!same(shape(now), shape(after))) wrong.push('it says done, and the account is otherwise')
        break
      case 'not-started':
      case 'put-back':
        if (!same(now, before)) wrong.push(`it says ${settled.outcome}, and the account is otherwise`)
        break
      case 'stopped':
      case 'failed': {
        if (same(shape(now), shape(after)) && settled.detail.startsWith('Settled'))
          wrong.push(`it says ${settled.outcome}, and it is done`)
        const [again] = [...bench.executor.records().values()]
        if (again && one.undone === undefined && !one.final && !same(now, before)) {
          const undo = bench.executor.planUndo(again, null)
          if (!undo.ok) wrong.push(`there is no way back: ${undo.failure.message}`)
          else await bench.executor.undo(undo.value, hands)
          if (!same(settledDump(bench), before)) wrong.push('the undo does not lead back')
        }
        break
      }
      default:
        wrong.push(`it is ${String(settled.outcome)} after settling`)
    }
  } finally {
    hands.close()
  }
  return wrong
}

/** Everything that is on its way has arrived. */
function settledDump(bench: Workbench): Dump {
  for (let at = 0; at < 10; at += 1) bench.cloud.state.tick()
  return bench.cloud.state.dump()
}

/** New ids and the execution's name differ from run to run. */
function shape(dump: Dump): Dump {
  const text = JSON.stringify(dump)
  return JSON.parse(text.replaceAll(/x-[0-9a-f]{12}/g, 'x').replaceAll(/"[a-z]+-0{10}\d+"/g, '"new"'))
}

function metIn(bench: Workbench): string {
  const [record] = [...bench.executor.records().values()]
  return record?.end?.state ?? 'nothing was begun'
}
