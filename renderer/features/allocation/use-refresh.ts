import { useQueryClient } from '@tanstack/react-query'

const followed = /^(allocation|spend|budgets|forecast|overview)\//

/** Rules are part of every question that names them: answers from before are of other rules. */
export function useRefresh(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ predicate: ({ queryKey }) => followed.test(String(queryKey[0])) })
}
