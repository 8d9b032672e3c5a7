/**
 * The newest values of a stream, also in order of size: medians and quantiles of a moving window at the price of one
 * insertion. Windows here are short, so a sorted array beats any tree.
 */
export class RollingOrder {
  private readonly ring: Float64Array
  private readonly sorted: Float64Array
  private next = 0
  size = 0

  constructor(readonly capacity: number) {
    this.ring = new Float64Array(capacity)
    this.sorted = new Float64Array(capacity)
  }

  push(value: number): void {
    if (!Number.isFinite(value)) return
    if (this.size === this.capacity) this.drop(this.ring[this.next] ?? 0)
    this.ring[this.next] = value
    this.next = (this.next + 1) % this.capacity
    const at = this.place(value)
    this.sorted.copyWithin(at + 1, at, this.size)
    this.sorted[at] = value
    this.size += 1
  }

  /** 0 when nothing was pushed yet. */
  median(): number {
    if (this.size === 0) return 0
    const half = this.size >> 1
    const upper = this.sorted[half] ?? 0
    return this.size % 2 === 1 ? upper : (upper + (this.sorted[half - 1] ?? 0)) / 2
  }

  quantile(part: number): number {
    if (this.size === 0) return 0
    const place = part * (this.size - 1)
    const low = Math.floor(place)
    const below = this.sorted[low] ?? 0
    const above = this.sorted[Math.min(low + 1, this.size - 1)] ?? 0
    return below + (above - below) * (place - low)
  }

  largest(): number {
    return this.sorted[this.size - 1] ?? 0
  }

  mean(): number {
    let sum = 0
    for (let at = 0; at < this.size; at += 1) sum += this.sorted[at] ?? 0
    return this.size === 0 ? 0 : sum / this.size
  }

  smallest(): number {
    return this.sorted[0] ?? 0
  }

  /** Of the values from this quantile on: how far they are above `from`, together, and how many they are. */
  excessOver(part: number, from: number): { readonly sum: number; readonly count: number } {
    const first = Math.ceil(part * (this.size - 1))
    let sum = 0
    for (let at = first; at < this.size; at += 1) sum += (this.sorted[at] ?? 0) - from
    return { sum, count: this.size - first }
  }

  /** Forgets everything and holds this value as often as asked. */
  refill(value: number, times: number): void {
    this.clear()
    for (let time = 0; time < Math.min(times, this.capacity); time += 1) this.push(value)
  }

  clear(): void {
    this.size = 0
    this.next = 0
  }

  private place(value: number): number {
    let low = 0
    let high = this.size
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.sorted[middle] ?? 0) < value) low = middle + 1
      else high = middle
    }
    return low
  }

  private drop(value: number): void {
    const at = this.place(value)
    this.sorted.copyWithin(at, at + 1, this.size)
    this.size -= 1
  }
}
