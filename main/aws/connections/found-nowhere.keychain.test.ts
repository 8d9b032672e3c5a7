import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openStore } from '../../../analytics/store/open-store'
import { quoteIdentifier } from '../../../analytics/store/sql-text'
import type { Application } from '../../application'
import { forkEngine } from '../../engine/link'
import { openApplication } from '../../testing/open-application'
import { runCli } from '../../testing/run-cli'
import { temporaryFolders } from '../../testing/temporary-folder'
import { SystemVault } from '../../vault/system-vault'
import { type AwsEnvironment, awsEnvironment } from '../testing/aws-environment'
import { CloudServer } from '../testing/cloud/cloud-server'
import { entryOf } from './kept-keys'

// Whole processes at work on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const newFolder = temporaryFolders('found-nowhere')
/** Not the name the application files its entries under: the store may be that of the person at the machine. */
const vault = new SystemVault({ service: 'FinOps Autopilot test' })
const name = `test-${crypto.randomUUID()}`
const secrets = {
  first: 'fIrStSeCrEt/K7MDENG+bPxRfiCYzzzzzzzzzz01',
  second: 'sEcOnDsEcReT/K7MDENG+bPxRfiCYzzzzzzzz02',
  refused: 'rEfUsEdSeCrEt/K7MDENG+bPxRfiCYzzzzzzz03',
  token: 'tOkEnOfAsEsSiOn/K7MDENG+bPxRfiCYzzzzzzz04',
}
const keyIds = ['AKIAFIRSTFIRSTFIRST1', 'AKIASECONDSECOND2222', 'AKIAWRONGWRONGWRONG3']

let home: string
let application: Application
let cloud: CloudServer
let environment: AwsEnvironment
/** Everything that was said, by where. */
const heard: Record<'answers' | 'events' | 'engine' | 'output' | 'failures', string[]> = {
  answers: [],
  events: [],
  engine: [],
  output: [],
  failures: [],
}

/** As it stands, and in the ways that it could be written otherwise. */
const spellings = [...Object.values(secrets), ...keyIds].flatMap((secret) => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('hex'),
  // Base64 of a part that does not depend on where in a text it begins.
  ...[0, 1, 2].map((shift) => Buffer.from(secret.slice(shift)).toString('base64').slice(0, 24)),
])
const foundIn = (text: string | Buffer) => spellings.filter((spelling) => text.includes(spelling))

async function ask(...question: Parameters<Application['call']>) {
  const answer = await application.call(...question)
  heard.answers.push(JSON.stringify(answer))
  if (!answer.ok) heard.failures.push(JSON.stringify(answer.failure))
  return answer
}

const keys = (at: number, secretAccessKey: string, change: object = {}) => ({
  name,
  accessKeyId: keyIds[at],
  secretAccessKey,
  region: 'us-east-1',
  ...change,
})

beforeAll(async () => {
  cloud = await CloudServer.start()
  environment = await awsEnvironment(cloud.url)
  home = await newFolder()
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream)
    vi.spyOn(stream, 'write').mockImplementation((...written: unknown[]) => {
      heard.output.push(String(written[0]))
      return Reflect.apply(write, stream, written)
    })
  }
  const opened = await openApplication(home, {
    openVault: async () => vault,
    startEngine: (start) => {
      const link = forkEngine(start)
      return {
        ...link,
        send: (message) => {
          heard.engine.push(inspect(message, { depth: 20 }))
          link.send(message)
        },
        onMessage: (listener) => {
          link.onMessage((message) => {
            heard.engine.push(inspect(message, { depth: 20 }))
            listener(message)
          })
        },
      }
    },
  })
  application = opened.application
  application.subscribe((event) => heard.events.push(JSON.stringify(event)))
})

afterAll(async () => {
  await vault.forget(entryOf(name))
  vi.restoreAllMocks()
  await environment.end()
  await cloud.close()
})

test('a secret that was entered, used, exchanged and refused is in the keychain and nowhere else', async () => {
  expect(
    await ask('connections/save-keys', keys(0, secrets.first, { sessionToken: secrets.token })),
  ).toMatchObject({
    ok: true,
  })
  expect(await vault.get(entryOf(name))).toMatchObject({ value: expect.stringContaining(secrets.first) })

  // It works: the scan is signed with it.
  expect(await ask('connections/check', { profile: name })).toMatchObject({ ok: true })
  expect(await ask('inventory/scan', { profile: name, services: ['logs'] })).toMatchObject({ ok: true })
  cloud.rules.push({ service: 'sts', fault: 'expired', times: 9 })
  expect(await ask('connections/check', { profile: name })).toMatchObject({ ok: false })
  cloud.rules.length = 0
  expect(await ask('connections/save-keys', keys(2, secrets.refused, { replaces: true }))).toMatchObject({
    failure: { code: 'credentials-refused' },
  })
  expect(await ask('connections/save-keys', keys(1, secrets.second, { replaces: true }))).toMatchObject({
    ok: true,
  })
  // What does not fit the contract is refused without being repeated.
  for (const wrong of [
    { name: 'not a name' },
    { accessKeyId: 'not a key id' },
    { region: 7 },
    { more: secrets.second },
    { secretAccessKey: `${secrets.second} ${secrets.second}` },
  ])
    expect(await ask('connections/save-keys', keys(1, secrets.second, wrong))).toMatchObject({ ok: false })
  await ask('connections/list', {})
  await ask('tasks/list', {})
  await ask('s3/test', { name: 'b', bucket: 'my-bucket', prefix: '', profile: name, region: null })
  for (const argv of [
    ['connections'],
    ['connections', '--json'],
    ['connections', 'check', name],
    ['doctor'],
  ]) {
    const run = await runCli([...argv, '--home', home])
    heard.output.push(run.stdout, run.stderr)
  }

  for (const [where, texts] of Object.entries(heard)) {
    expect(texts.length, where).toBeGreaterThan(0)
    expect(foundIn(texts.join('\n')), where).toEqual([])
  }
  expect(foundIn(JSON.stringify(process.report.getReport())), 'a crash report of this process').toEqual([])
  expect(foundIn([...process.argv, ...process.execArgv].join('\0')), 'arguments').toEqual([])
  expect(foundIn(inspect(process.env)), 'environment').toEqual([])
  // The search itself finds what there is.
  expect(foundIn(`x${JSON.stringify({ key: secrets.second })}`).length).toBeGreaterThan(0)

  await application.close()
  const files = await filesBelow(home)
  expect(files).toContain(join(home, 'state.duckdb'))
  for (const file of files) expect(foundIn(await readFile(file)), file).toEqual([])
  expect(foundIn(await everyTable(home)), 'the databases').toEqual([])
  expect(await vault.get(entryOf(name))).toMatchObject({ value: expect.stringContaining(secrets.second) })
})

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** What is packed in a file of DuckDB is read as rows. */
async function everyTable(folder: string): Promise<string> {
  const opened = await openStore(folder, { memoryLimit: '200MB', threads: 1 })
  if (!opened.ok) throw new Error(opened.failure.message)
  const connection = await opened.value.connect()
  try {
    const tables = await connection.rows(
      `SELECT database_name AS "database", table_name AS "table" FROM duckdb_tables() WHERE NOT internal`,
    )
    expect(tables.map(({ table }) => table)).toContain('connections')
    const texts: string[] = []
    for (const { database, table } of tables) {
      const from = `${quoteIdentifier(String(database))}.main.${quoteIdentifier(String(table))}`
      texts.push(JSON.stringify(await connection.rows(`SELECT * FROM ${from}`)))
    }
    expect(texts.join('')).toContain(name)
    return texts.join('\n')
  } finally {
    connection.closeSync()
    await opened.value.close()
  }
}
