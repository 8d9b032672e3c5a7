import { changeView } from '../../app/route'
import { ChoiceMenu } from '../../components/choice-menu'
import { headroomOptions, lookBackOptions, percentileOptions, usual } from './recommendation-words'

/** How metrics are read, by every rule at once. */
export function SensitivityMenus({ view }: { readonly view: Readonly<Record<string, string>> }) {
  return (
    <>
      <ChoiceMenu
        label="Peak"
        value={view.percentile ?? usual.percentile}
        options={percentileOptions}
        onChange={(percentile) => changeView({ percentile })}
      />
      <ChoiceMenu
        label="Headroom"
        value={view.headroom ?? usual.headroom}
        options={headroomOptions}
        onChange={(headroom) => changeView({ headroom })}
      />
      <ChoiceMenu
        label="Metrics of"
        value={view.days ?? usual.days}
        options={lookBackOptions}
        onChange={(days) => changeView({ days })}
      />
    </>
  )
}
