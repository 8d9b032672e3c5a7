import { describe, expect, it } from 'vitest'
import { covers } from './font-faces'
import { composePicture, flowLegend } from './picture'
import { widthOfText } from './scales'

function drawing(): SVGSVGElement {
  const holder = document.createElement('div')
  holder.innerHTML =
    '<svg width="600" height="200"><g data-transient=""><rect fill="var(--accent)"/></g>' +
    '<path d="M0,0" fill="var(--hairline)"/><text>Nov 26</text></svg>'
  const svg = holder.querySelector('svg')
  if (svg === null) throw new Error('There is a drawing.')
  return svg
}

const texts = {
  title: 'Spend <by> service & "team"',
  subtitle: 'USD by month',
  source: 'Effective cost',
  legend: [
    { name: 'Amazon EC2', colour: '#4870c9' },
    { name: 'R&D', colour: '#9f6700' },
  ],
}

describe('a picture of a chart', () => {
  const picture = composePicture({
    ...texts,
    drawing: drawing(),
    colourOf: (property) => `#${property.length.toString(16).padStart(6, '0')}`,
    widthOf: widthOfText,
    fontCss: '@font-face{font-family:"x"}',
  })
  const parsed = new DOMParser().parseFromString(picture.svg, 'image/svg+xml')

  it('is well-formed and carries title, legend and source with it', () => {
    expect(parsed.querySelector('parsererror')).toBeNull()
    const words = [...parsed.querySelectorAll('text')].map((text) => text.textContent)
    expect(words).toEqual([texts.title, 'USD by month', 'Nov 26', 'Amazon EC2', 'R&D', 'Effective cost'])
    expect(parsed.querySelector('style')?.textContent).toContain('@font-face')
  })

  it('refers to nothing outside itself and shows no pointer', () => {
    expect(picture.svg).not.toMatch(/var\(|https?:\/\/(?!www\.w3\.org)|data-transient/)
    expect([picture.width, picture.height]).toEqual([640, 346])
  })

  it('breaks a legend that is wider than the chart', () => {
    expect(flowLegend(['one', 'two', 'three'], 110, widthOfText).map(({ row }) => row)).toEqual([0, 0, 1])
    expect(flowLegend(['a name wider than the whole chart'], 50, widthOfText)).toEqual([{ x: 0, row: 0 }])
  })

  it('takes the files of a font that hold its letters', () => {
    expect(covers('U+0000-00FF, U+0131', 'Spend')).toBe(true)
    expect(covers('U+0400-045F', 'Spend')).toBe(false)
    expect(covers('U+0400-045F', 'Сервис')).toBe(true)
    expect(covers('U+4??', 'Сервис')).toBe(true)
    expect(covers('', 'anything')).toBe(true)
  })
})
