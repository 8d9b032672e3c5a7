import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { channelNames } from '../analytics/contract/channels'
import type { AppEvent } from '../analytics/contract/events'
import { generatedChannels } from '../scripts/generate-preload.mjs'
import { makeBridge } from './bridge'

function bridgeOverFake() {
  const said: unknown[][] = []
  const listeners = new Map<string, (event: unknown, value: AppEvent) => void>()
  const bridge = makeBridge(
    {
      invoke: async (channel, ...values) => {
        said.push(['invoke', channel, ...values])
        throw new Error('nobody answers')
      },
      send: (channel, ...values) => void said.push(['send', channel, ...values]),
      on: (channel, listener) => listeners.set(channel, listener),
      removeListener: (channel) => listeners.delete(channel),
    },
    (file) => `/dropped/${file.name}`,
  )
  return { bridge, said, listeners }
}

describe('the bridge', () => {
  it('is generated from the contract as it is now (else: node scripts/generate-preload.mjs)', async () => {
    const present = await readFile(join(import.meta.dirname, 'channels.ts'), 'utf8')
    expect(present).toBe(generatedChannels(channelNames))
  })

  it('has one named function a channel and nothing generic', () => {
    const { bridge } = bridgeOverFake()
    expect(Object.keys(bridge)).toEqual(['door', 'calls', 'copy', 'hold', 'cancel', 'subscribe'])
    expect(Object.keys(bridge.calls)).toEqual(channelNames)
  })

  it('sends the paths of dropped files, not the files', async () => {
    const { bridge, said } = bridgeOverFake()
    const files = ['a.csv', 'b.csv'].map((name) => new File(['x'], name))
    await expect(bridge.hold(files)).rejects.toThrow('nobody answers')
    expect(said).toEqual([['invoke', 'finops:hold', ['/dropped/a.csv', '/dropped/b.csv']]])
  })

  it.each(channelNames)('asks %s under its own name', async (name) => {
    const { bridge, said } = bridgeOverFake()
    await expect(bridge.calls[name]('id', { a: 1 })).rejects.toThrow('nobody answers')
    expect(said).toEqual([['invoke', `finops:call:${name}`, 'id', { a: 1 }]])
  })

  it('copies through the main process', async () => {
    const { bridge, said } = bridgeOverFake()
    await expect(bridge.copy('text')).rejects.toThrow('nobody answers')
    expect(said).toEqual([['invoke', 'finops:copy', 'text']])
  })

  it('cancels by id', () => {
    const { bridge, said } = bridgeOverFake()
    bridge.cancel('id')
    expect(said).toEqual([['send', 'finops:cancel', 'id']])
  })

  it('hands events on without the object that knows their sender, until it is told to stop', () => {
    const { bridge, listeners } = bridgeOverFake()
    const heard: unknown[][] = []
    const stop = bridge.subscribe((...values) => void heard.push(values))
    const event: AppEvent = { type: 'data', dataVersion: 1 }
    listeners.get('finops:event')?.({ sender: 'ipcRenderer' }, event)
    expect(heard).toEqual([[event]])
    stop()
    expect(listeners.has('finops:event')).toBe(false)
  })
})
