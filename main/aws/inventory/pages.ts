import type { CollectContext } from './collector'
import { ForeignAnswerError } from './foreign-answer'

/**
 * Every page of a list. A page without the list is no empty list: services write an empty one down, and what leaves
 * it out was not written by them.
 */
export async function everyPage<Page, Item>(
  context: CollectContext,
  options: {
    readonly ask: (token: string | undefined) => Promise<Page>
    readonly items: (page: Page) => readonly Item[] | undefined
    readonly next: (page: Page) => string | undefined
  },
): Promise<Item[]> {
  const found: Item[] = []
  let token: string | undefined
  do {
    const asked = token
    const page = await context.ask(() => options.ask(asked))
    const items = options.items(page)
    if (items === undefined) throw new ForeignAnswerError('the answer holds no list')
    for (const item of items) found.push(item)
    token = options.next(page) || undefined
    if (token !== undefined && token === asked) throw new ForeignAnswerError('the list turns in a circle')
  } while (token !== undefined)
  return found
}

/** What a request must bring. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new ForeignAnswerError('the answer is empty')
  return value
}

/** In the order of the items, so many at a time. */
export async function inParallel<Item, Answer>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers = new Array<Answer>(items.length)
  let at = 0
  const worker = async () => {
    while (at < items.length) {
      const mine = at
      at += 1
      answers[mine] = await work(items[mine] as Item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  return answers
}

/** Calls that take a list take it in pieces. */
export function inPieces<Item>(items: readonly Item[], size: number): Item[][] {
  const pieces: Item[][] = []
  for (let from = 0; from < items.length; from += size) pieces.push(items.slice(from, from + size))
  return pieces
}
