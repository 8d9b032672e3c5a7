/** Longest message either side accepts; a table of the widest query is far below it. */
const longest = 256 * 1024 * 1024

export function encode(message: unknown): string {
  return `${JSON.stringify(message)}\n`
}

/** Puts a stream of text back together into messages, one JSON document a line. */
export class Lines {
  private rest = ''

  /** The messages that are complete; null when what came cannot be one. */
  take(chunk: string): readonly unknown[] | null {
    this.rest += chunk
    if (this.rest.length > longest) return null
    const parts = this.rest.split('\n')
    this.rest = parts.pop() ?? ''
    const messages: unknown[] = []
    for (const part of parts) {
      try {
        messages.push(JSON.parse(part))
      } catch (error) {
        if (error instanceof SyntaxError) return null
        throw error
      }
    }
    return messages
  }
}
