import { isAllocationDimension } from '../contract/dimensions'
import { fail, type Result } from '../contract/result'

/** For what looks at lines one by one and knows no shares of them: null where no allocation is asked for. */
export function onlyOfTheBill(
  what: string,
  dimensions: readonly (string | undefined)[],
): Result<never> | null {
  const named = dimensions.find((name) => name !== undefined && isAllocationDimension(name))
  return named === undefined
    ? null
    : fail(
        'no-allocation-here',
        `${what} cannot be asked for by ${named}: it reads the bill's own lines.`,
        'Use what the rules look at instead: an account, a service or a tag.',
      )
}
