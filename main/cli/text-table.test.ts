import { describe, expect, it } from 'vitest'
import { textTable } from './text-table'

describe('a table for people', () => {
  it('has its columns under their heads, numbers to the right', () => {
    const text = textTable(
      [{ head: 'service' }, { head: 'effective USD', right: true }],
      [
        ['Amazon EC2', '1,234.50'],
        ['S3', '7.00'],
      ],
    )
    expect(text.split('\n')).toEqual([
      'service     effective USD',
      '──────────  ─────────────',
      'Amazon EC2       1,234.50',
      'S3                   7.00',
    ])
  })

  it('cuts long text and says so', () => {
    const [, , row = ''] = textTable([{ head: 'resource' }], [['x'.repeat(200)]]).split('\n')
    expect(row).toBe(`${'x'.repeat(59)}…`)
    const [, , whole = ''] = textTable([{ head: 'resource' }], [['y'.repeat(60)]]).split('\n')
    expect(whole).toBe('y'.repeat(60))
  })

  it('keeps a row on its line and the terminal as it was, whatever is in a cell', () => {
    const lines = textTable([{ head: 'tag:a\nb' }], [['one\ntwo\r\u001b[31mred\u0007']]).split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]).toBe('one two  [31mred')
  })

  it('has heads also without rows, and copes with a row that is short', () => {
    expect(textTable([{ head: 'a' }, { head: 'bb' }], [])).toBe('a  bb\n─  ──')
    expect(textTable([{ head: 'a' }, { head: 'bb', right: true }], [['long']]).split('\n')[2]).toBe('long')
  })
})
