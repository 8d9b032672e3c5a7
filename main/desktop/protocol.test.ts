import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { containedFile } from './contained-file'
import { answerRequest } from './protocol'

let outside = ''
let folder = ''

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'finops-protocol-'))
  folder = join(outside, 'renderer')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await mkdir(join(outside, 'renderer-twin'))
  await writeFile(join(outside, 'secret.txt'), 'secret')
  await writeFile(join(outside, 'renderer-twin', 'secret.txt'), 'secret')
  await writeFile(join(folder, 'index.html'), '<!doctype html>')
  await writeFile(join(folder, 'assets', 'a b.js'), 'export const a = 1')
  await writeFile(join(folder, 'assets', 'face.woff2'), 'face')
  await writeFile(join(folder, 'assets', 'unknown.bin'), 'bytes')
  if (process.platform !== 'win32') {
    await writeFile(join(folder, 'a:b.txt'), 'a name that means a stream elsewhere')
    await writeFile(join(folder, 'a\\b.txt'), 'a name that means a folder elsewhere')
  }
  await symlink(join(outside, 'secret.txt'), join(folder, 'assets', 'link.txt'))
  await symlink(outside, join(folder, 'assets', 'up'))
})

afterAll(() => rm(outside, { recursive: true, force: true }))

const get = (url: string, method = 'GET') => answerRequest(folder, { url, method })

describe('app://bundle/', () => {
  it.each([
    ['app://bundle/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://bundle/index.html?x=1#/about', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://bundle/assets/a%20b.js', 'text/javascript; charset=utf-8', 'export const a = 1'],
    ['app://bundle/assets/face.woff2', 'font/woff2', 'face'],
    ['app://bundle/assets/unknown.bin', 'application/octet-stream', 'bytes'],
  ])('%s is served as %s', async (url, type, text) => {
    const answer = await get(url)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe(type)
    expect(await answer.text()).toBe(text)
  })

  it.each([
    'app://bundle/../../etc/passwd',
    'app://bundle/../secret.txt',
    'app://bundle/%2e%2e/secret.txt',
    'app://bundle/%2e%2e%2fsecret.txt',
    'app://bundle/..%2fsecret.txt',
    'app://bundle/assets/..%2f..%2fsecret.txt',
    'app://bundle/assets%2f..%2f..%2fsecret.txt',
    'app://bundle/%252e%252e%252fsecret.txt',
    'app://bundle/..%5csecret.txt',
    'app://bundle/..\\secret.txt',
    'app://bundle//etc/passwd',
    'app://bundle/%2fetc%2fpasswd',
    'app://bundle/C:/Windows/win.ini',
    'app://bundle/C%3A%5CWindows%5Cwin.ini',
    'app://bundle/..%2frenderer-twin%2fsecret.txt',
    'app://bundle/assets/link.txt',
    'app://bundle/assets/up/secret.txt',
    'app://bundle/a:b.txt',
    'app://bundle/a%5Cb.txt',
    'app://bundle/index.html%00.js',
    'app://bundle/%',
    'app://bundle/%c0%ae%c0%ae/secret.txt',
    'app://bundle/assets',
    'app://bundle/assets/',
    'app://bundle/none.js',
    'app://elsewhere/index.html',
    'https://bundle/index.html',
    'nonsense',
  ])('%s is not found', async (url) => {
    const answer = await get(url)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toBe('There is nothing at this address.')
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('takes no %s', async (method) => {
    expect((await get('app://bundle/', method)).status).toBe(405)
  })

  it('answers HEAD without a body', async () => {
    const answer = await get('app://bundle/', 'HEAD')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('')
  })

  it('has a page without a script for a window that stopped', async () => {
    const page = await (await get('app://bundle/stopped')).text()
    expect(page).toContain('The window stopped working')
    expect(page).toContain('href="app://bundle/"')
    expect(page).not.toMatch(/<script|https?:/)
  })
})

describe('containment', () => {
  it('names only files inside, also when the path never was a URL', async () => {
    expect(await containedFile(folder, '/assets/../../secret.txt')).toBeNull()
    expect(await containedFile(folder, '/../renderer-twin/secret.txt')).toBeNull()
    expect(await containedFile(folder, '/assets/face.woff2')).toMatch(/face\.woff2$/)
    expect(await containedFile(join(folder, 'none'), '/index.html')).toBeNull()
  })
})
