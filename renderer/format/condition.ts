import type { Filter } from '../../analytics/contract/dimensions'

/** `account=111`, `tag:team~shop`, `service!=A, B`: a condition as a person writes it; null without a comparison. */
export function readCondition(line: string): Filter | null {
  const [, dimension, operator, value] = /^(.+?)(!=|!~|=|~)(.*)$/s.exec(line) ?? []
  if (dimension === undefined || operator === undefined || value === undefined) return null
  const values = value.split(', ').map((one) => one.trim())
  return {
    dimension: dimension.trim(),
    operator: operator as Filter['operator'],
    value: values.length === 1 ? value.trim() : values,
  }
}
