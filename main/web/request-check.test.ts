import { expect, test } from 'vitest'
import { ownAddress } from './request-check'

test('the default port of HTTP is left out of the address, as browsers leave it out', () => {
  expect(ownAddress(80)).toEqual({ origin: 'http://127.0.0.1', host: '127.0.0.1' })
  expect(ownAddress(4321)).toEqual({ origin: 'http://127.0.0.1:4321', host: '127.0.0.1:4321' })
})
