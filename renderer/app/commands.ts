import type { Settings } from '../../analytics/contract/application'
import { areas } from './areas'
import { navigate } from './route'

export interface Command {
  readonly id: string
  readonly title: string
  readonly group: 'Go to' | 'Data' | 'Look' | 'Help' | 'This screen'
  /** Keys one after the other, `g o`; `mod+k` held together. Absent: reached through the palette alone. */
  readonly keys?: string
  readonly run: () => void
}

export interface CommandActions {
  readonly settings: Settings
  readonly change: (change: Partial<Settings>) => void
  readonly openCommands: () => void
  readonly openKeyboard: () => void
  readonly openTasks: () => void
  readonly fillWithSampleData: () => void
  readonly rebuildFromSources: () => void
  readonly restartEngine: () => void
  readonly copyDiagnostics: () => void
  readonly focusImport: () => void
}

export const basisTitles: Readonly<Record<Settings['basis'], string>> = {
  billed: 'Billed',
  effective: 'Effective',
  list: 'List',
  contracted: 'Contracted',
}

const basisOrder = ['billed', 'effective', 'list', 'contracted'] as const
const themeTitles = { light: 'light', dark: 'dark', system: 'as the system' } as const

function lookCommands({ settings, change }: CommandActions): readonly Command[] {
  const themes = (['light', 'dark', 'system'] as const).filter((theme) => theme !== settings.theme)
  const bases = basisOrder.filter((basis) => basis !== settings.basis)
  const density = settings.density === 'compact' ? 'comfortable' : 'compact'
  return [
    ...themes.map(
      (theme): Command => ({
        id: `theme-${theme}`,
        title: `Theme: ${themeTitles[theme]}`,
        group: 'Look',
        run: () => change({ theme }),
      }),
    ),
    {
      id: 'density',
      title: `Density: ${density} rows`,
      group: 'Look',
      keys: 'd',
      run: () => change({ density }),
    },
    {
      id: 'rail',
      title: settings.railCollapsed ? 'Show the names of areas' : 'Hide the names of areas',
      group: 'Look',
      keys: '[',
      run: () => change({ railCollapsed: !settings.railCollapsed }),
    },
    ...bases.map(
      (basis): Command => ({
        id: `basis-${basis}`,
        title: `Cost basis: ${basisTitles[basis]}`,
        group: 'Look',
        run: () => change({ basis }),
      }),
    ),
  ]
}

/** Everything that can be done from anywhere. The palette, the keyboard and the keyboard map all read this. */
export function applicationCommands(actions: CommandActions): readonly Command[] {
  return [
    ...areas.map(
      (area): Command => ({
        id: `go-${area.id}`,
        title: area.title,
        group: 'Go to',
        keys: `g ${area.letter}`,
        run: () => navigate(area.id),
      }),
    ),
    { id: 'import', title: 'Import a billing export…', group: 'Data', keys: 'i', run: actions.focusImport },
    { id: 'sample', title: 'Fill with sample data', group: 'Data', run: actions.fillWithSampleData },
    {
      id: 'rebuild',
      title: 'Rebuild the warehouse from sources',
      group: 'Data',
      run: actions.rebuildFromSources,
    },
    { id: 'tasks', title: 'Show tasks', group: 'Data', keys: 'w', run: actions.openTasks },
    ...lookCommands(actions),
    { id: 'commands', title: 'Show commands', group: 'Help', keys: 'mod+k', run: actions.openCommands },
    { id: 'keyboard', title: 'Show keyboard map', group: 'Help', keys: '?', run: actions.openKeyboard },
    { id: 'restart-engine', title: 'Restart the engine', group: 'Help', run: actions.restartEngine },
    { id: 'diagnostics', title: 'Copy diagnostics', group: 'Help', run: actions.copyDiagnostics },
  ]
}
