import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClientSettings } from '../clients'

export interface AwsEnvironment {
  readonly folder: string
  /** Changes variables until the end; null takes one away. */
  set(variables: Readonly<Record<string, string | null>>): void
  end(): Promise<void>
}

/** Credentials, config and endpoint of its own: nothing of the machine's AWS set-up is seen or touched. */
export async function awsEnvironment(endpoint: string | null, config = ''): Promise<AwsEnvironment> {
  const folder = await mkdtemp(join(tmpdir(), 'finops-aws-'))
  const before = new Map<string, string | undefined>()
  const set = (variables: Readonly<Record<string, string | null>>) => {
    for (const [name, value] of Object.entries(variables)) {
      if (!before.has(name)) before.set(name, process.env[name])
      if (value === null) delete process.env[name]
      else process.env[name] = value
    }
  }
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) set({ [name]: null })
  await writeFile(join(folder, 'config'), config)
  await writeFile(join(folder, 'credentials'), '')
  set({
    HOME: folder,
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
    AWS_ENDPOINT_URL: endpoint,
  })
  return {
    folder,
    set,
    end: async () => {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      }
      await rm(folder, { recursive: true })
    },
  }
}

/** One try of the SDK each, and short waits: what is tried again is then our own doing, and quickly done. */
export const quickClient: ClientSettings = {
  retryMode: 'standard',
  maxAttempts: 1,
  connectionMs: 2_000,
  requestMs: 250,
  idleMs: 5_000,
}
