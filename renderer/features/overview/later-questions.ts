import { useEffect, useState } from 'react'
import type { ChannelInput } from '../../../analytics/contract/channels'
import type { Filter } from '../../../analytics/contract/dimensions'
import type { Overview } from '../../../analytics/contract/overview'
import { overviewQuestion } from '../../queries/ask-ahead'
import { useSettings } from '../../queries/settings'
import { useChannel } from '../../queries/use-channel'
import { anomaliesQuestion, readInboxChoice } from '../anomalies/inbox-choice'
import { usualOwnerTag } from './owner-tag'

/** True from the first frame after `ready` on: what takes longer must not hold up what is there already. */
function useAfterPaint(ready: boolean): boolean {
  const [isPainted, setPainted] = useState(false)
  useEffect(() => {
    if (!ready) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setPainted(true))
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [ready])
  return isPainted
}

const monthsAhead = 3

/** The slower parts of Overview, one after the other: the cheap ones first, anomalies last. */
export function useLaterQuestions(overview: Overview | undefined) {
  const { settings } = useSettings()
  const isPainted = useAfterPaint(overview !== undefined)
  const currency = overview?.currency ?? ''
  const where: Filter[] = [{ dimension: 'currency', operator: '=', value: currency }]
  const common = { measure: settings.basis, where }
  const budgets = useChannel('budgets/list', {}, { enabled: isPainted })
  const movers = useChannel('overview/movers', overviewQuestion(settings), { enabled: isPainted })
  const keys = useChannel(
    'spend/keys',
    { measure: settings.basis, currency, period: 'month-to-date' },
    { enabled: movers.isSettled && currency !== '' },
  )
  const tag = settings.ownerTag ?? usualOwnerTag(keys.data)
  const owned = useChannel(
    'spend/query',
    { ...common, by: [tag ?? 'tag:owner'], period: 'month-to-date', share: true, limit: 1_000 },
    { enabled: keys.isSettled && tag !== null },
  )
  const forecast = useChannel(
    'forecast/run',
    { ...common, grain: 'month', horizon: monthsAhead },
    { enabled: movers.isSettled && currency !== '' },
  )
  const question: ChannelInput<'anomalies/find'> = anomaliesQuestion(settings, readInboxChoice({}))
  const anomalies = useChannel('anomalies/find', question, { enabled: forecast.isSettled })
  return { budgets, movers, keys, tag, owned, forecast, anomalies }
}

export type LaterAnswers = ReturnType<typeof useLaterQuestions>
