import {
  Activity,
  BadgePercent,
  ClipboardCheck,
  Database,
  FileText,
  Info,
  LayoutDashboard,
  Lightbulb,
  type LucideIcon,
  PiggyBank,
  Plug,
  Scale,
  Split,
  Tags,
  Telescope,
  TrendingUp,
} from 'lucide-react'

export type AreaId =
  | 'overview'
  | 'explorer'
  | 'allocation'
  | 'units'
  | 'tags'
  | 'reports'
  | 'budgets'
  | 'forecast'
  | 'anomalies'
  | 'recommendations'
  | 'commitments'
  | 'approvals'
  | 'sources'
  | 'connections'
  | 'about'

export interface Area {
  readonly id: AreaId
  readonly title: string
  readonly icon: LucideIcon
  /** The letter after `g`. */
  readonly letter: string
}

export interface AreaGroup {
  readonly title: string
  readonly areas: readonly Area[]
}

export const areaGroups: readonly AreaGroup[] = [
  {
    title: 'Understand',
    areas: [
      { id: 'overview', title: 'Overview', icon: LayoutDashboard, letter: 'o' },
      { id: 'explorer', title: 'Explorer', icon: Telescope, letter: 'e' },
      { id: 'allocation', title: 'Allocation', icon: Split, letter: 'l' },
      { id: 'units', title: 'Unit economics', icon: Scale, letter: 'u' },
      { id: 'tags', title: 'Tags', icon: Tags, letter: 't' },
      { id: 'reports', title: 'Reports', icon: FileText, letter: 'r' },
    ],
  },
  {
    title: 'Plan',
    areas: [
      { id: 'budgets', title: 'Budgets', icon: PiggyBank, letter: 'b' },
      { id: 'forecast', title: 'Forecast', icon: TrendingUp, letter: 'f' },
    ],
  },
  {
    title: 'Save',
    areas: [
      { id: 'anomalies', title: 'Anomalies', icon: Activity, letter: 'n' },
      { id: 'recommendations', title: 'Recommendations', icon: Lightbulb, letter: 'm' },
      { id: 'commitments', title: 'Commitments', icon: BadgePercent, letter: 'c' },
      { id: 'approvals', title: 'Approvals', icon: ClipboardCheck, letter: 'p' },
    ],
  },
  {
    title: 'Data',
    areas: [
      { id: 'sources', title: 'Data sources', icon: Database, letter: 's' },
      { id: 'connections', title: 'Connections', icon: Plug, letter: 'x' },
    ],
  },
  { title: 'Application', areas: [{ id: 'about', title: 'About', icon: Info, letter: 'a' }] },
]

export const areas: readonly Area[] = areaGroups.flatMap((group) => group.areas)

export function areaById(id: string): Area | undefined {
  return areas.find((area) => area.id === id)
}
