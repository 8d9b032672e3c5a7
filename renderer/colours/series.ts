/**
 * Ten hues chosen so that any two stay apart for the common kinds of colour blindness and each reaches 3:1
 * against its theme's canvas. One index is one hue in both themes.
 */
export const seriesColours = {
  light: [
    '#4870c9',
    '#9f6700',
    '#4da24f',
    '#7f588b',
    '#1899c5',
    '#8b2558',
    '#637c62',
    '#c16c99',
    '#4045a0',
    '#6a4d01',
  ],
  dark: [
    '#739efc',
    '#cf9443',
    '#7dd27d',
    '#ad84b9',
    '#59c9f7',
    '#bd5383',
    '#8faa8e',
    '#f39ac8',
    '#6772d2',
    '#977839',
  ],
} as const

export type ColourTheme = keyof typeof seriesColours

/** The series that gathers the rest is grey on every screen. */
export const otherSeries = 'Other'
export const otherColours: Readonly<Record<ColourTheme, string>> = { light: '#747c87', dark: '#848d99' }
