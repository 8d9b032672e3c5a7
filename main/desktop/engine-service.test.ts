import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { serviceEngine } from './engine-service'
import { fakeElectron } from './testing/fake-electron'

function start() {
  const { electron, forks } = fakeElectron()
  const link = serviceEngine(electron.utilityProcess)({ entry: '/engine.js', home: '/home' })
  const service = forks[0]?.service
  if (service === undefined) throw new Error('Nothing was started.')
  return { link, service }
}

it('carries messages both ways and tells the end once', () => {
  const { link, service } = start()
  const heard: unknown[] = []
  const ends: (number | null)[] = []
  link.onMessage((message) => heard.push(message))
  link.onExit((code) => ends.push(code))
  link.send({ type: 'shutdown' })
  service.emit('message', { type: 'data', dataVersion: 3 })
  service.emit('exit', 9)
  link.send({ type: 'shutdown' })
  expect(service.posted).toEqual([{ type: 'shutdown' }])
  expect(heard).toEqual([{ type: 'data', dataVersion: 3 }])
  expect(ends).toEqual([9])
})

it('knows its process once it has started, and ends it without asking', async () => {
  const { link, service } = start()
  expect(link.pid).toBeUndefined()
  link.kill()
  expect(service.kills).toBe(1)
  const child = spawn(process.execPath, [
    '-e',
    'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)',
  ])
  service.pid = child.pid
  expect(link.pid).toBe(child.pid)
  link.kill()
  const [, signal] = await once(child, 'exit')
  expect(signal).toBe('SIGKILL')
  service.emit('exit', 0)
  link.kill()
  expect(service.kills).toBe(1)
})
