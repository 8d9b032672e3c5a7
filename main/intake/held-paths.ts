import { randomUUID } from 'node:crypto'
import type { PickedPaths } from '../../analytics/contract/application'

/** Real paths behind the tokens that screens see. */
export class HeldPaths {
  private readonly paths = new Map<string, string>()

  hold(paths: readonly string[]): PickedPaths['picked'] {
    return paths.map((path) => {
      const token = randomUUID()
      this.paths.set(token, path)
      return { token, label: path }
    })
  }

  /** The input with paths in place of tokens; what is no token of ours is left as it is. */
  putInto(input: unknown): unknown {
    if (typeof input !== 'object' || input === null || !('paths' in input) || !Array.isArray(input.paths))
      return input
    return {
      ...input,
      paths: input.paths.map((path: string) => this.paths.get(path.replace(/^picked:/, '')) ?? path),
    }
  }
}
