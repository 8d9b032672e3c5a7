import { describe, expect, it } from 'vitest'
import { quoteIdentifier, quoteList, quoteLiteral } from './sql-text'

describe('names and paths as SQL text', () => {
  it('doubles the quote a name could close itself with', () => {
    expect(quoteIdentifier('Cost Center')).toBe('"Cost Center"')
    expect(quoteIdentifier('a" FROM x; --')).toBe('"a"" FROM x; --"')
  })

  it('doubles the quote a text could close itself with', () => {
    expect(quoteLiteral("/home/o'brien/x.parquet")).toBe("'/home/o''brien/x.parquet'")
    expect(quoteLiteral("'); DROP TABLE charges; --")).toBe("'''); DROP TABLE charges; --'")
  })

  it('writes lists, also empty ones', () => {
    expect(quoteList(['a', "b'c"])).toBe("['a', 'b''c']")
    expect(quoteList([])).toBe('[]')
  })
})
