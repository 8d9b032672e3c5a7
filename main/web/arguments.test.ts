import { expect, test } from 'vitest'
import { readWebArguments } from './arguments'

test('without arguments: any port, a browser, one readable line', () => {
  expect(readWebArguments([])).toEqual({
    ok: true,
    value: { port: 0, open: true, json: false, demo: false, home: null, help: false },
  })
})

test('reads what is given', () => {
  const args = ['--port', '4321', '--no-open', '--json', '--demo', '--home', '/tmp/work space']
  expect(readWebArguments(args)).toEqual({
    ok: true,
    value: { port: 4321, open: false, json: true, demo: true, home: '/tmp/work space', help: false },
  })
})

test.each([
  ['--port', '70000'],
  ['--port', 'x'],
  ['--port', '-1'],
  ['--port=1.5'],
  ['--no-such'],
  ['positional'],
])('refuses %s %s', (...args) => {
  expect(readWebArguments(args.filter((arg) => arg !== undefined))).toMatchObject({
    ok: false,
    failure: { code: 'wrong-usage' },
  })
})
