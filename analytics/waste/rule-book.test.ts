import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ruleBook } from './rule-book'

const file = join(import.meta.dirname, '../../docs/rules.md')

test('the documentation has the rules as they are', async () => {
  if (process.env.FINOPS_WRITE_RULES === '1') await writeFile(file, ruleBook())
  expect(await readFile(file, 'utf8')).toBe(ruleBook())
})
