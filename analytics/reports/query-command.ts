import type { Filter } from '../contract/dimensions'
import type { CostQuery } from '../contract/spend'

/** How the question is asked in a terminal, so that a figure on paper can be checked. */
export function queryCommand(query: CostQuery): string {
  const measures = typeof query.measure === 'string' ? [query.measure] : query.measure
  return command('query', [
    ['measure', measures.join(',')],
    ['by', query.by?.join(',')],
    ['grain', query.grain],
    ['from', query.from],
    ['to', query.to],
    ['period', query.period],
    ...conditions(query.where),
    ...(query.having ?? []).map(({ measure, of, operator, value }): Option => {
      return ['having', `${measure}${of === undefined ? '' : `.${of}`}${operator}${value}`]
    }),
    ['compare', query.compare],
    ['top', query.top === undefined ? undefined : String(query.top.count)],
    ['share', query.share],
    [
      'sort',
      query.sort
        ?.map(({ column, direction }) => `${column}:${direction === 'ascending' ? 'asc' : 'desc'}`)
        .join(','),
    ],
    ['limit', query.limit === undefined ? undefined : String(query.limit)],
  ])
}

type Option = readonly [name: string, value: string | boolean | undefined]

export function command(words: string, options: readonly Option[]): string {
  const said = options.flatMap(([name, value]) => {
    if (value === undefined || value === false) return []
    return value === true ? [`--${name}`] : [`--${name} ${quoted(value)}`]
  })
  return ['finops', words, ...said].join(' ')
}

/** One `--where` a filter; of alternatives the command line knows one value each, so they are told as they are. */
export function conditions(where: readonly Filter[] | undefined): readonly Option[] {
  return (where ?? []).map((filter) => ['where', conditionText(filter)])
}

export function conditionText({ dimension, operator, value }: Filter): string {
  return `${dimension}${operator}${typeof value === 'string' ? value : value.join(' | ')}`
}

function quoted(text: string): string {
  return /^[\w.,:=@%/+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
