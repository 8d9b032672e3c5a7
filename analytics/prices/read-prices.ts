import type { Prices, PricesRequest } from '../contract/prices'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { asking } from '../model/ask'
import { instanceFacts } from './instance-types'
import { openPriceBook } from './price-book'

/** What is asked for and not known is null: a price is never guessed. */
export async function readPrices(request: PricesRequest, work: Work): Promise<Result<Prices>> {
  return await asking(work, async ({ store, connection, signal }) => {
    const book = await openPriceBook(store, connection, signal)
    const { region } = request
    return succeed({
      region,
      instances: (request.instances ?? []).map(({ type, system = 'linux' }) => ({
        type,
        system,
        facts: instanceFacts(type),
        price: book.instancePrice(type, region, system),
      })),
      units: (request.units ?? []).map(({ service, item }) => ({
        service,
        item,
        price: book.unitPrice(service, item, region),
      })),
    })
  })
}
