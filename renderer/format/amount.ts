/**
 * An amount as people paste it from an invoice, `$1,234.56`, `EUR 1.234,56`, `(12.00)`, as the decimal the
 * application takes. null when it could mean two things or nothing.
 */
export function readAmount(text: string): string | null {
  const plain = text.replaceAll(/[\p{L}\p{Sc}\s'’]/gu, '').replaceAll('\u2212', '-')
  const [, opened, sign, digits = '', trailing, closed] = /^(\()?(-)?([\d.,]+)(-)?(\))?$/.exec(plain) ?? []
  if (digits === '' || (opened === undefined) !== (closed === undefined)) return null
  const decimal = withPoint(digits)
  if (decimal === null) return null
  const negative = [opened, sign, trailing].filter((mark) => mark !== undefined).length
  if (negative > 1) return null
  return negative === 1 ? `-${decimal}` : decimal
}

function withPoint(digits: string): string | null {
  const last = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'))
  if (last === -1) return digits
  const mark = digits.charAt(last)
  const other = mark === ',' ? '.' : ','
  const isGroup = digits.split(mark).length > 2 || (mark === ',' && digits.length - last === 4)
  const whole = isGroup ? digits : digits.slice(0, last)
  const fraction = isGroup ? '' : digits.slice(last + 1)
  const separator = isGroup ? mark : other
  const groups = whole.split(separator)
  if (groups.slice(1).some((group) => !/^\d{3}$/.test(group)) || !/^\d{1,15}$/.test(groups.join('')))
    return null
  return fraction === '' ? (isGroup ? groups.join('') : null) : `${groups.join('')}.${fraction}`
}
