import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Another process that holds a database, as a second start of the program would. */
export interface OtherProcess extends AsyncDisposable {
  readonly pid: number
}

const program = `
  import { DuckDBInstance } from '@duckdb/node-api'
  const [file, ...statements] = process.argv.slice(1)
  const instance = await DuckDBInstance.create(file, { threads: '1' })
  const connection = await instance.connect()
  for (const sql of statements) await connection.run(sql)
  process.stdout.write('ready')
  setInterval(() => undefined, 1_000)
`

/** Opens the database there, runs the statements, and holds on to it until it is killed without warning. */
export async function runOwner(file: string, statements: readonly string[] = []): Promise<OtherProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, '--', file, ...statements], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  await Promise.race([
    once(child.stdout, 'data'),
    gone.then(() => Promise.reject(new Error('The other process ended before it was ready.'))),
  ])
  return {
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}
