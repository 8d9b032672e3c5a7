/** In a burst only the local record raises an alarm: the largest of the readings before it, as far as they reach. */
export class LocalRecord {
  /** Places and sizes, falling: the head is the record. */
  private readonly falling: { readonly at: number; readonly size: number }[] = []

  constructor(private readonly reach: number) {}

  /** Whether this one tops all within reach. */
  step(at: number, size: number): boolean {
    while ((this.falling[0]?.at ?? at) < at - this.reach) this.falling.shift()
    const record = size > (this.falling[0]?.size ?? 0)
    while ((this.falling.at(-1)?.size ?? Number.POSITIVE_INFINITY) <= size) this.falling.pop()
    this.falling.push({ at, size })
    return record
  }
}
