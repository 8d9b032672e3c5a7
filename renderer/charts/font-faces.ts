/** The part of a font file's name range that one rule covers: `U+0000-00FF, U+0131`. */
export function covers(unicodeRange: string, text: string): boolean {
  const ranges = unicodeRange.split(',').flatMap((part) => {
    const match = /U\+([0-9A-F?]+)(?:-([0-9A-F]+))?/i.exec(part)
    if (match === null) return []
    const [, from = '', to = from] = match
    return [
      {
        from: Number.parseInt(from.replaceAll('?', '0'), 16),
        to: Number.parseInt(to.replaceAll('?', 'F'), 16),
      },
    ]
  })
  if (ranges.length === 0) return true
  return [...text].some((letter) => {
    const code = letter.codePointAt(0) ?? 0
    return ranges.some(({ from, to }) => code >= from && code <= to)
  })
}

async function asDataUrl(url: string): Promise<string> {
  const blob = await (await fetch(url)).blob()
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error ?? new Error(`${url} could not be read.`))
    reader.readAsDataURL(blob)
  })
}

/**
 * The page's own font, written into the picture: an SVG that is drawn as an image sees neither the page's fonts
 * nor any address. Only the files that hold letters of the text.
 */
export async function embeddedFont(family: string, text: string): Promise<string> {
  const rules = [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule)
    .filter(({ style }) => style.getPropertyValue('font-family').replaceAll(/["']/g, '') === family)
    .filter(({ style }) => covers(style.getPropertyValue('unicode-range'), text))
  const faces = await Promise.all(
    rules.map(async ({ style, parentStyleSheet }) => {
      const source = /url\(["']?([^"')]+)["']?\)/.exec(style.getPropertyValue('src'))?.[1]
      if (source === undefined) return ''
      const data = await asDataUrl(new URL(source, parentStyleSheet?.href ?? document.baseURI).href)
      const range = style.getPropertyValue('unicode-range')
      return `@font-face{font-family:"${family}";font-weight:100 900;src:url(${data}) format("woff2");${
        range === '' ? '' : `unicode-range:${range};`
      }}`
    }),
  )
  return faces.join('')
}
