#!/usr/bin/env node
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './steps/build.mjs'
import { ensureInstalled } from './steps/install.mjs'
import { root } from './steps/root.mjs'
import { giveUp } from './steps/say.mjs'

/** `finops`: the built command line, built first where that is needed. */
try {
  await ensureInstalled()
  await ensureBuilt()
  const entry = join(root, 'out', 'main', 'cli.js')
  process.argv = [process.execPath, entry, ...process.argv.slice(2)]
  await import(pathToFileURL(entry).href)
} catch (error) {
  giveUp(error)
}
