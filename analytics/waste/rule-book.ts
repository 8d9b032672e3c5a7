import { allRules } from './all-rules'
import type { Rule } from './rule'

const undoWords = { exact: 'exact', rebuild: 'build anew', window: 'for a time', none: 'none' } as const

function entry(rule: Rule): string {
  const settings = rule.settings.map(({ name, words, unit, value }) =>
    `\`${name}\` ${words}: ${value} ${unit}`.trim(),
  )
  const presets = rule.presets.map(
    ({ name, values }) =>
      `${name} (${Object.entries(values)
        .map(([setting, value]) => `${setting} ${value}`)
        .join(', ')})`,
  )
  return [
    `## ${rule.title}`,
    '',
    `\`${rule.id}\`, reads ${rule.reads.join(', ')}; risk ${rule.risk}, undo ${undoWords[rule.undo]}${rule.onRequest ? '; only when asked for by name' : ''}.`,
    '',
    `- **Found when** ${rule.criterion}`,
    `- **Saves** ${rule.saving}`,
    `- **Change** ${rule.action} ${rule.undoWords}`,
    `- **Checked before** ${rule.prechecks.join(', ')}`,
    `- **Settings** ${settings.join('; ')}`,
    ...(presets.length > 0 ? [`- **Presets** ${presets.join('; ')}`] : []),
    '',
  ].join('\n')
}

/** The catalogue as a page of the documentation. */
export function ruleBook(): string {
  const rows = allRules.map(
    ({ id, title, risk, undo }) => `| \`${id}\` | ${title} | ${risk} | ${undoWords[undo]} |`,
  )
  return [
    '# Rules',
    '',
    'Made from the rules themselves by `FINOPS_WRITE_RULES=1 npx vitest run analytics/waste/rule-book.test.ts`.',
    '',
    '| rule | finds | risk | undo |',
    '|---|---|---|---|',
    ...rows,
    '',
    ...allRules.map(entry),
  ].join('\n')
}
