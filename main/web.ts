import { startApplication } from './app'
import { readWebArguments, webUsage } from './web/arguments'
import { rendererFolderFrom } from './web/renderer-folder'
import { serve } from './web/serve'
import { resolveHome } from './workspace/home'

const lingerMs = 2_000

async function main(args: readonly string[]): Promise<number> {
  const read = readWebArguments(args)
  if (!read.ok) {
    console.error(`${read.failure.message} ${read.failure.hint}`)
    return 2
  }
  const { help, home, ...wanted } = read.value
  if (help) {
    console.log(webUsage)
    return 0
  }
  const env = home === null ? process.env : { ...process.env, FINOPS_HOME: home }
  return serve({
    ...wanted,
    home: resolveHome(env),
    rendererFolder: rendererFolderFrom(import.meta.url),
    env,
    startApplication,
    print: (line) => console.log(line),
    tell: (line) => console.error(line),
  })
}

process.exitCode = await main(process.argv.slice(2))
// Everything is closed by now; a handle somebody forgot must not keep the terminal.
setTimeout(() => process.exit(), lingerMs).unref()
