import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { useToasts } from '../../stores/toasts'
import { FakeBridge } from '../../testing/fake-bridge'
import { renderWith } from '../../testing/render'
import { period, s3Source, s3Test, syncedSource } from '../../testing/samples'
import { S3Panel } from './s3-panel'
import { useSync } from './s3-sync'

const second = { ...s3Source, name: 'emea', profile: null, region: 'eu-west-1', lastSync: null }
const typed = { name: 'new', bucket: 'company-billing', prefix: 'exports', profile: null, region: null }

function type(label: string, value: string): void {
  fireEvent.change(screen.getByLabelText(label), { target: { value } })
}

function button(name: string): HTMLButtonElement {
  return screen.getByRole<HTMLButtonElement>('button', { name })
}

async function fillForm(): Promise<void> {
  fireEvent.click(await screen.findByRole('button', { name: 'Add an S3 source…' }))
  type('Name', ' new ')
  type('Bucket', 's3://company-billing/exports')
}

beforeEach(() => useSync.setState({ isRunning: false, ended: { state: 'none' } }))

describe('S3 sources', () => {
  it('contacts nothing until asked', async () => {
    const bridge = new FakeBridge({ 's3/list': { value: { sources: [] } } })
    renderWith(bridge, <S3Panel />)
    await fillForm()
    expect(document.activeElement).toBe(screen.getByLabelText('Name'))
    expect(bridge.calls.map(({ channel }) => channel)).toEqual(['s3/list'])
  })

  it('lists each source with its place, credentials and last sync', async () => {
    const at = '2026-11-20T10:00:00Z'
    const lastSync = { at, state: 'partly' as const, message: '1 file is missing.' }
    const sources = [{ ...s3Source, lastSync }, second]
    renderWith(new FakeBridge({ 's3/list': { value: { sources } } }), <S3Panel />)
    const list = within(await screen.findByRole('list', { name: 'S3 sources' }))
    const first = list.getByRole('listitem', { name: 'billing' })
    expect(first.textContent).toContain('s3://company-billing/exports')
    expect(first.textContent).toContain('profile finance')
    expect(within(first).getByText('partly')).toBeTruthy()
    expect(first.textContent).toContain('1 file is missing.')
    expect(within(first).getByTitle('2026-11-20 10:00 UTC')).toBeTruthy()
    const other = list.getByRole('listitem', { name: 'emea' })
    expect(other.textContent).toContain('default credentials · eu-west-1')
    expect(other.textContent).toContain('Not synced yet')
  })

  it('shows what a test found', async () => {
    const bridge = new FakeBridge({ 's3/list': { value: { sources: [] } }, 's3/test': { value: s3Test } })
    renderWith(bridge, <S3Panel />)
    await fillForm()
    fireEvent.click(button('Test'))
    const found = await screen.findByRole('region', { name: 'Result of the test' })
    expect(bridge.inputsOf('s3/test')).toEqual([typed])
    expect(found.textContent).toContain('1 export found, 2 files (1.0\u00a0MB) to fetch')
    expect(found.textContent).toContain('9 objects seen, 4 of them in no export and left alone')
    expect(found.textContent).toContain('bucket in eu-central-1')
    const cells = within(found).getAllByRole('row')[1]?.children ?? []
    expect([...cells].map((cell) => cell.textContent)).toEqual([
      'my-cur',
      'AWS CUR 2.0',
      '2: October 2026 to November 20261 incomplete',
      '3',
      '2.0\u00a0MB',
      '1.0\u00a0MB',
    ])
    expect(found.textContent).toContain('exports/my-cur/data/x.parquet')
  })

  it('saves only the very values that were tested', async () => {
    const saved = { source: { ...s3Source, ...typed }, test: s3Test }
    const bridge = new FakeBridge({
      's3/list': { value: { sources: [] } },
      's3/test': { value: s3Test },
      's3/save': { value: saved },
    })
    renderWith(bridge, <S3Panel />)
    await fillForm()
    expect(button('Save').disabled).toBe(true)
    const form = screen.getByRole('form', { name: 'Add an S3 source' })
    fireEvent.submit(form)
    await waitFor(() => expect(button('Save').disabled).toBe(false))
    for (const [label, value] of [
      ['Name', 'other'],
      ['Bucket', 'other-bucket'],
      ['Prefix', 'other'],
      ['AWS profile (optional)', 'other'],
      ['Region (optional)', 'eu-west-1'],
    ] as const) {
      const before = screen.getByLabelText<HTMLInputElement>(label).value
      type(label, value)
      expect(button('Save').disabled).toBe(true)
      expect(screen.getByText(/The values have changed since the test/)).toBeTruthy()
      expect(screen.queryByRole('region', { name: 'Result of the test' })).toBeNull()
      type(label, before)
      expect(button('Save').disabled).toBe(false)
    }
    type('AWS profile (optional)', 'finance')
    fireEvent.submit(form)
    await waitFor(() => expect(button('Save').disabled).toBe(false))
    fireEvent.click(button('Save'))
    await waitFor(() => expect(screen.queryByRole('form')).toBeNull())
    expect(bridge.inputsOf('s3/save')).toEqual([{ ...typed, profile: 'finance' }])
    expect(bridge.inputsOf('s3/list').length).toBe(2)
  })

  it('saves a place without an export only when that is said', async () => {
    const nothing = { ...s3Test, exports: [], missing: [], objectsSeen: 0, otherObjects: 0, filesToFetch: 0 }
    const bridge = new FakeBridge({
      's3/list': { value: { sources: [] } },
      's3/test': { value: nothing },
      's3/save': { value: { source: s3Source, test: nothing } },
    })
    renderWith(bridge, <S3Panel />)
    await fillForm()
    expect(screen.queryByRole('checkbox')).toBeNull()
    fireEvent.click(button('Test'))
    const allow = await screen.findByLabelText('Save although nothing is there yet')
    expect(button('Save').disabled).toBe(true)
    fireEvent.click(allow)
    fireEvent.click(button('Save'))
    await waitFor(() => expect(bridge.inputsOf('s3/save')).toEqual([{ ...typed, allowEmpty: true }]))
  })

  it('shows why a test failed and keeps the form closed to saving', async () => {
    const failure = {
      code: 'access-denied',
      message: 'AWS refused s3:ListBucket.',
      hint: 'Attach the policy.',
    }
    const bridge = new FakeBridge({ 's3/list': { value: { sources: [] } }, 's3/test': { failure } })
    renderWith(bridge, <S3Panel />)
    await fillForm()
    fireEvent.click(button('Test'))
    expect((await screen.findByRole('alert')).textContent).toContain(
      'AWS refused s3:ListBucket.Attach the policy.',
    )
    expect(button('Save').disabled).toBe(true)
    expect(button('Test').disabled).toBe(false)
  })

  it('puts what the application says of a field beside that field', async () => {
    const message = 'The input is not valid: region: a region is written like eu-central-1 (and 1 more)'
    const failure = { code: 'invalid-input', message }
    renderWith(new FakeBridge({ 's3/list': { value: { sources: [] } }, 's3/test': { failure } }), <S3Panel />)
    await fillForm()
    type('Region (optional)', 'Frankfurt')
    fireEvent.click(button('Test'))
    const field = screen.getByLabelText('Region (optional)')
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'))
    const help = document.getElementById(field.getAttribute('aria-describedby') ?? '')
    expect(help?.textContent).toBe('A region is written like eu-central-1.')
    expect(screen.getByLabelText('Bucket').getAttribute('aria-invalid')).toBe('false')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('cancels a test that takes too long', async () => {
    const bridge = new FakeBridge({
      's3/list': { value: { sources: [] } },
      's3/test': {
        later: (signal) =>
          new Promise((resolve) => {
            const failure = { code: 'cancelled', message: 'Cancelled.' }
            signal?.addEventListener('abort', () => resolve({ ok: false, failure }))
          }),
      },
    })
    renderWith(bridge, <S3Panel />)
    await fillForm()
    fireEvent.click(button('Test'))
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel the test' }))
    await waitFor(() => expect(button('Test').disabled).toBe(false))
    expect(screen.queryByRole('alert')).toBeNull()
    expect(button('Save').disabled).toBe(true)
  })

  it('says that saving under a name that is taken replaces that source', async () => {
    const bridge = new FakeBridge({ 's3/list': { value: { sources: [s3Source] } } })
    renderWith(bridge, <S3Panel />)
    await fillForm()
    type('Name', 'billing')
    expect(button('Replace billing').disabled).toBe(true)
    expect(screen.getByText(/saving replaces its settings/)).toBeTruthy()
  })

  it('shows the policy of the shown bucket and prefix on demand', async () => {
    const policy = { policy: '{ "Version": "2012-10-17" }', notes: ['Attach it to the user or role.'] }
    const bridge = new FakeBridge({ 's3/list': { value: { sources: [] } }, 's3/policy': { value: policy } })
    renderWith(bridge, <S3Panel />)
    await fillForm()
    const toggle = button('Policy')
    expect(toggle.getAttribute('aria-expanded')).toBe('false')
    fireEvent.click(toggle)
    expect((await screen.findByText(policy.policy)).tagName).toBe('PRE')
    expect(screen.getByText('Attach it to the user or role.')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Copy policy' })).toBeTruthy()
    expect(bridge.inputsOf('s3/policy')).toEqual([
      { bucket: 'company-billing', prefix: 'exports', region: null },
    ])
    fireEvent.click(toggle)
    expect(screen.queryByText(policy.policy)).toBeNull()
  })

  it('removes a source only after it was asked in a dialog', async () => {
    const bridge = new FakeBridge({
      's3/list': { value: { sources: [s3Source] } },
      's3/remove': { value: { name: 'billing' } },
    })
    renderWith(bridge, <S3Panel />)
    fireEvent.click(await screen.findByRole('button', { name: 'Remove billing…' }))
    const dialog = await screen.findByRole('dialog', { name: 'Remove the S3 source billing?' })
    expect(dialog.textContent).toContain('Figures that were imported from it stay')
    expect(bridge.inputsOf('s3/remove')).toEqual([])
    fireEvent.click(within(dialog).getByRole('button', { name: 'Remove billing' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(bridge.inputsOf('s3/remove')).toEqual([{ name: 'billing' }])
    expect(bridge.inputsOf('s3/list').length).toBe(2)
  })

  it('syncs one source and lists the objects it could not get under it', async () => {
    const missing = [{ key: 'exports/my-cur/data/y.parquet', reason: 'It is in Glacier.' }]
    const synced = { ...syncedSource, state: 'partly' as const, message: '1 object is missing.', missing }
    const warning = { code: 'no-manifest', message: 'There is no manifest.', file: '/x' }
    const imports = [period, { ...period, period: '2026-09', state: 'unchanged' as const }]
    const bridge = new FakeBridge({
      's3/list': { value: { sources: [s3Source, second] } },
      'sync/run': { value: { sources: [synced], imports, warnings: [warning] } },
    })
    renderWith(bridge, <S3Panel />)
    fireEvent.click(await screen.findByRole('button', { name: 'Sync billing' }))
    const result = await screen.findByRole('region', { name: 'Result of the sync' })
    expect(bridge.inputsOf('sync/run')).toEqual([{ name: 'billing' }])
    expect(result.textContent).toContain('3 files fetched (2.0\u00a0MB), 1 period read, 1 unchanged')
    expect(result.textContent).toContain('There is no manifest.')
    const row = screen.getByRole('listitem', { name: 'billing' })
    const list = within(row).getByRole('region', { name: 'Missing objects of billing' })
    expect(list.textContent).toBe('1 object is missingexports/my-cur/data/y.parquetIt is in Glacier.')
    expect(screen.queryByRole('region', { name: 'Missing objects of emea' })).toBeNull()
    expect(useToasts.getState().toasts).toMatchObject([
      { tone: 'plain', message: 'billing: partly synced.', detail: '1 object is missing.' },
    ])
    await waitFor(() => expect(bridge.inputsOf('s3/list').length).toBe(2))
    fireEvent.click(button('Dismiss the result of the sync'))
    expect(screen.queryByRole('region', { name: 'Missing objects of billing' })).toBeNull()
  })

  it('syncs all where there are several, one sync at a time', async () => {
    let end: () => void = () => undefined
    const failed = { ...syncedSource, name: 'emea', state: 'failed' as const, message: 'No such bucket.' }
    const value = { sources: [syncedSource, failed], imports: [], warnings: [] }
    const bridge = new FakeBridge({
      's3/list': { value: { sources: [s3Source, second] } },
      'sync/run': {
        later: () =>
          new Promise((resolve) => {
            end = () => resolve({ ok: true, value })
          }),
      },
    })
    renderWith(bridge, <S3Panel />)
    fireEvent.click(await screen.findByRole('button', { name: 'Sync all' }))
    expect(await screen.findByRole('region', { name: 'Sync in progress' })).toBeTruthy()
    for (const name of ['Sync all', 'Sync billing', 'Sync emea', 'Remove billing…'])
      expect(button(name).disabled).toBe(true)
    end()
    await waitFor(() => expect(button('Sync all').disabled).toBe(false))
    expect(bridge.inputsOf('sync/run')).toEqual([{}])
    expect(useToasts.getState().toasts).toMatchObject([
      { tone: 'bad', message: '1 of 2 S3 sources synced.', detail: 'emea: sync failed.' },
    ])
  })

  it('shows a failed sync under its source, and offers no sync of all for one', async () => {
    const failure = { code: 'no-such-bucket', message: 'There is no such bucket.', hint: 'Check its name.' }
    const bridge = new FakeBridge({ 's3/list': { value: { sources: [s3Source] } }, 'sync/run': { failure } })
    renderWith(bridge, <S3Panel />)
    fireEvent.click(await screen.findByRole('button', { name: 'Sync billing' }))
    const alert = await within(screen.getByRole('listitem', { name: 'billing' })).findByRole('alert')
    expect(alert.textContent).toContain('There is no such bucket.Check its name.')
    expect(screen.queryByRole('button', { name: 'Sync all' })).toBeNull()
  })
})
