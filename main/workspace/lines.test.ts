import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encode, Lines } from './lines'

describe('messages on a stream', () => {
  it('come out as they went in, wherever the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 8 }),
        fc.array(fc.nat(200), { maxLength: 20 }),
        (messages, cuts) => {
          const text = messages.map(encode).join('')
          const lines = new Lines()
          const out: unknown[] = []
          let at = 0
          for (const cut of [...cuts, text.length]) {
            out.push(...(lines.take(text.slice(at, at + cut)) ?? ['lost']))
            at += cut
          }
          expect(out).toEqual(JSON.parse(JSON.stringify(messages)))
        },
      ),
    )
  })

  it('may hold line breaks in their texts', () => {
    expect(new Lines().take(encode({ text: 'one\ntwo\u2028three' }))).toEqual([
      { text: 'one\ntwo\u2028three' },
    ])
  })

  it.each(['garbage\n', '{"half": \n', '\n', '{}\nGET / HTTP/1.1\r\n'])('are not made of %j', (text) => {
    expect(new Lines().take(text)).toBeNull()
  })
})
