import { describe, expect, it } from 'vitest'
import { csvRecord } from './csv'
import { fileName } from './file-content'

describe('a record of a CSV', () => {
  it('quotes what needs it, and ends with both characters', () => {
    expect(csvRecord(['a', 'b,c', 'd"e', 'f\ng', null, 7])).toBe('a,"b,c","d""e","f\ng",,7\r\n')
  })

  it.each(['=1+1', '+SUM(A1)', '-cmd', '@x', '\t=1', '\r=1', '＝1', '-1-2'])(
    'makes %j text, not a formula',
    (text) => {
      expect(csvRecord([text]).replaceAll('"', '').startsWith("'")).toBe(true)
    },
  )

  it.each([['-12.50'], ['0.000000000001'], [-3]])('leaves the number %s alone', (cell) => {
    expect(csvRecord([cell])).toBe(`${cell}\r\n`)
  })
})

describe('a file name', () => {
  it.each([
    ['rejected-lines-my source', 'rejected-lines-my-source.csv'],
    ['../../etc/passwd', 'etc-passwd.csv'],
    ['"; x="\r\n', 'x.csv'],
    ['...', 'export.csv'],
  ])('of %j is %s', (stem, name) => {
    expect(fileName(stem, 'csv')).toBe(name)
  })
})
