export interface PictureTexts {
  readonly title: string
  readonly subtitle: string
  /** Where the figures are from and as of when: a picture travels without its screen. */
  readonly source: string
  readonly legend: readonly { readonly name: string; readonly colour: string }[]
}

interface PictureInput extends PictureTexts {
  readonly drawing: SVGSVGElement
  /** What a colour's name stands for in the theme of the moment. */
  readonly colourOf: (property: string) => string
  readonly fontCss: string
  readonly widthOf: (text: string) => number
}

export interface Picture {
  readonly svg: string
  readonly width: number
  readonly height: number
}

export const pictureFont = 'Inter Variable'
const padding = 20
const headHeight = 52
const legendRow = 20
const sourceHeight = 28

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Names one after the other, and onto the next row where one would not fit. */
export function flowLegend(
  names: readonly string[],
  width: number,
  widthOf: (text: string) => number,
): readonly { readonly x: number; readonly row: number }[] {
  let x = 0
  let row = 0
  return names.map((name) => {
    const needed = 16 + widthOf(name)
    if (x > 0 && x + needed > width) {
      x = 0
      row += 1
    }
    const place = { x, row }
    x += needed + 18
    return place
  })
}

/** The chart as one SVG that stands by itself: nothing in it refers to the page it came from. */
export function composePicture(input: PictureInput): Picture {
  const { drawing, title, subtitle, source, legend, colourOf, fontCss, widthOf } = input
  const chart = drawing.cloneNode(true) as SVGSVGElement
  for (const element of chart.querySelectorAll('[data-transient]')) element.remove()
  const [chartWidth, chartHeight] = ['width', 'height'].map((name) =>
    Number(drawing.getAttribute(name) ?? 0),
  ) as [number, number]
  const places = flowLegend(
    legend.map(({ name }) => name),
    chartWidth,
    widthOf,
  )
  const rows = legend.length === 0 ? 0 : (places.at(-1)?.row ?? 0) + 1
  const width = chartWidth + 2 * padding
  const legendTop = padding + headHeight + chartHeight + 16
  const height = legendTop + rows * legendRow + sourceHeight + padding / 2
  chart.setAttribute('x', String(padding))
  chart.setAttribute('y', String(padding + headHeight))
  const text = (x: number, y: number, size: number, fill: string, body: string, weight = 400) =>
    `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escaped(body)}</text>`
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` font-family="&quot;${pictureFont}&quot;, sans-serif">`,
    `<style>${fontCss}text{font-variant-numeric:tabular-nums}</style>`,
    `<rect width="${width}" height="${height}" fill="var(--canvas)"/>`,
    text(padding, padding + 16, 16, 'var(--ink)', title, 600),
    text(padding, padding + 36, 12, 'var(--muted)', subtitle),
    new XMLSerializer().serializeToString(chart),
    ...legend.map(({ name, colour }, index) => {
      const { x = 0, row = 0 } = places[index] ?? {}
      const [left, base] = [padding + x, legendTop + row * legendRow + 10]
      return `<rect x="${left}" y="${base - 9}" width="10" height="10" rx="2" fill="${escaped(colour)}"/>${text(left + 16, base, 12, 'var(--ink)', name)}`
    }),
    text(padding, height - 12, 12, 'var(--muted)', source),
    '</svg>',
  ].join('')
  return {
    svg: svg.replaceAll(/var\((--[\w-]+)\)/g, (_, property: string) => colourOf(property)),
    width,
    height,
  }
}
