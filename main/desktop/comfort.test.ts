import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AnomalyAlert } from '../../analytics/contract/anomalies'
import type { Task } from '../../analytics/contract/tasks'
import { rememberIn } from './remembered'
import { onlyWindow, startDesk } from './testing/desk'
import { FakeNotification } from './testing/fake-electron'
import { windowPlace } from './window-place'

const task = (change: Partial<Task>): Task => ({
  id: 'task-1',
  channel: 'import/run',
  title: 'Import billing data',
  state: 'running',
  startedAt: '2026-11-01T00:00:00Z',
  endedAt: null,
  progress: null,
  failure: null,
  ...change,
})

describe('notifications', () => {
  beforeEach(() => void FakeNotification.shown.splice(0))
  const texts = () => FakeNotification.shown.map(({ options }) => `${options.title}: ${options.body}`)

  it('say that long work ended, once, and bring the window forward when clicked', async () => {
    const desk = await startDesk()
    desk.tell({ type: 'task', task: task({}) })
    desk.tell({ type: 'task', task: task({ state: 'done' }) })
    desk.tell({ type: 'task', task: task({ state: 'done' }) })
    expect(texts()).toEqual(['Import billing data: Finished.'])
    FakeNotification.shown[0]?.emit('click')
    expect(onlyWindow(desk).calls).toEqual(['show', 'focus'])
  })

  it('say what failed, and nothing of work that was cancelled', async () => {
    const desk = await startDesk()
    desk.tell({ type: 'task', task: task({ id: 'a' }) })
    desk.tell({ type: 'task', task: task({ id: 'a', state: 'cancelled' }) })
    desk.tell({ type: 'task', task: task({ id: 'b' }) })
    desk.tell({
      type: 'task',
      task: task({ id: 'b', state: 'failed', failure: { code: 'x', message: 'No space.' } }),
    })
    expect(texts()).toEqual(['Import billing data: No space.'])
  })

  it('say which budget reached a threshold, and lead to the budgets when clicked', async () => {
    const desk = await startDesk()
    const alert = {
      id: 'a',
      budget: 'Shop',
      threshold: { of: 'forecast', percent: 100 } as const,
      from: '2026-09-01',
      to: '2026-10-01',
      amount: '1000.000000000000',
      reachedWith: '1234.500000000000',
      currency: 'USD',
      raisedAt: '2026-09-20T00:00:00Z',
      dismissed: false,
    }
    desk.tell({ type: 'budget-alert', alert })
    desk.tell({ type: 'budget-alert', alert: { ...alert, threshold: { of: 'actual', percent: 80 } } })
    expect(texts()).toEqual([
      'Shop: 100 % of the budget expected: 1,234.50 of 1,000.00 USD.',
      'Shop: 80 % of the budget reached: 1,234.50 of 1,000.00 USD.',
    ])
    FakeNotification.shown[0]?.emit('click')
    expect(onlyWindow(desk).calls).toEqual(expect.arrayContaining(['show', 'focus']))
    expect(onlyWindow(desk).webContents.url).toMatch(/#\/budgets$/)
  })

  it('say once what one look has found, and lead to the one anomaly', async () => {
    const desk = await startDesk()
    const alert: AnomalyAlert = {
      id: 'e1',
      kind: 'new',
      severity: 'high',
      scope: [
        { dimension: 'service', value: 'Amazon EC2' },
        { dimension: 'usage-type', value: 'BoxUsage:p4d' },
      ],
      start: '2026-09-19',
      detected: '2026-09-19',
      impact: '1234.500000000000',
      currency: 'USD',
      raisedAt: '2026-09-20T00:00:00Z',
      dismissed: false,
    }
    desk.tell({ type: 'anomaly-alert', alerts: [alert] })
    desk.tell({ type: 'anomaly-alert', alerts: [{ ...alert, scope: [], impact: '-5' }, alert] })
    expect(texts()).toEqual([
      'Anomaly: BoxUsage:p4d: +1,234.50 USD since 2026-09-19.',
      '2 new anomalies: The whole bill: -5.00 USD since 2026-09-19, and others.',
    ])
    FakeNotification.shown[0]?.emit('click')
    expect(onlyWindow(desk).webContents.url).toMatch(/#\/anomalies\?anomaly=e1$/)
  })

  it('leave a person alone who is looking at the window', async () => {
    const desk = await startDesk()
    onlyWindow(desk).focused = true
    desk.tell({ type: 'task', task: task({}) })
    desk.tell({ type: 'task', task: task({ state: 'done' }) })
    expect(texts()).toEqual([])
  })
})

describe('dialogs', () => {
  it('start in Downloads, then where something was chosen last', async () => {
    const desk = await startDesk()
    const pick = desk.started[0]?.pickPaths
    desk.picked.filePaths = ['/data/exports/a.parquet', '/data/exports/b.parquet']
    expect(await pick?.('files')).toEqual(desk.picked.filePaths)
    desk.picked.filePaths = []
    expect(await pick?.('folder')).toEqual([])
    expect(desk.dialogs.map(({ defaultPath }) => defaultPath)).toEqual(['/paths/downloads', '/data/exports'])
    expect(desk.dialogs.map(({ properties }) => properties)).toEqual([
      ['openFile', 'multiSelections'],
      ['openDirectory'],
    ])
  })

  it('ask where to save, in the folder of the last one', async () => {
    const desk = await startDesk()
    const pick = desk.started[0]?.pickTarget
    expect(await pick?.('lines.csv')).toBeNull()
    desk.picked.saveTo = '/reports/lines.csv'
    expect(await pick?.('lines.csv')).toBe('/reports/lines.csv')
    await pick?.('more.csv')
    expect(desk.saveDialogs.map(({ defaultPath }) => defaultPath)).toEqual([
      join('/paths/downloads', 'lines.csv'),
      join('/paths/downloads', 'lines.csv'),
      join('/reports', 'more.csv'),
    ])
  })
})

describe('what is remembered', () => {
  it('survives a restart and is no reason to fail when it is broken', async () => {
    const { folder, reports } = await startDesk()
    const report = (cause: unknown) => void reports.push(cause)
    const remembered = rememberIn(folder, report)
    expect(remembered.read()).toEqual({ window: null, lastFolder: null })
    remembered.write({ lastFolder: '/data' })
    remembered.write({ window: { x: 1, y: 2, width: 1000, height: 700, maximized: true } })
    expect(rememberIn(folder, report).read()).toEqual({
      window: { x: 1, y: 2, width: 1000, height: 700, maximized: true },
      lastFolder: '/data',
    })
    await writeFile(join(folder, 'desktop.json'), '{"window": {"x": "left"}, "lastFolder": "/data"}')
    expect(remembered.read()).toEqual({ window: null, lastFolder: '/data' })
    await writeFile(join(folder, 'desktop.json'), '{')
    expect(remembered.read()).toEqual({ window: null, lastFolder: null })
    expect(reports).toEqual([])
    await mkdir(join(folder, 'blocked', 'desktop.json.new'), { recursive: true })
    rememberIn(join(folder, 'blocked'), report).write({ lastFolder: '/data' })
    expect(reports).toHaveLength(1)
  })

  it('is where the window was when it was closed', async () => {
    const desk = await startDesk()
    const window = onlyWindow(desk)
    window.maximized = true
    window.emit('close')
    expect(JSON.parse(await readFile(join(desk.folder, 'desktop.json'), 'utf8'))).toEqual({
      window: { ...window.bounds, maximized: true },
      lastFolder: null,
    })
  })
})

describe('the place of the window', () => {
  const display = { x: 0, y: 0, width: 1920, height: 1080 }
  const last = { x: 100, y: 50, width: 1400, height: 900, maximized: false }

  it('is the last one while its display is there', () => {
    expect(windowPlace(last, [display])).toEqual({ x: 100, y: 50, width: 1400, height: 900 })
    expect(windowPlace({ ...last, x: 4000 }, [display])).toEqual({ width: 1400, height: 900 })
    expect(windowPlace({ ...last, width: 10, height: 10 }, [display])).toMatchObject({
      width: 960,
      height: 600,
    })
    expect(windowPlace(null, [display])).toEqual({ width: 1280, height: 800 })
  })
})
