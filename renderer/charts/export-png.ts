import { embeddedFont } from './font-faces'
import { composePicture, type Picture, type PictureTexts, pictureFont } from './picture'
import { widthOfText } from './scales'

/** Twice as fine as the screen: it is pasted into slides and looked at large. */
const fineness = 2

async function drawn({ svg, width, height }: Picture): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image(width, height)
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.ceil(width * fineness)
    canvas.height = Math.ceil(height * fineness)
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('The browser has no canvas to draw the picture on.')
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob === null) reject(new Error('The picture could not be written.'))
        else resolve(blob)
      }, 'image/png')
    })
  } finally {
    URL.revokeObjectURL(url)
  }
}

function measure(): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d')
  if (context !== null) context.font = `12px "${pictureFont}", sans-serif`
  return (text) => context?.measureText(text).width ?? widthOfText(text)
}

/** The chart as it stands, in the theme of the moment, with what it needs to be read elsewhere. */
export async function chartAsPng(drawing: SVGSVGElement, texts: PictureTexts): Promise<Blob> {
  const look = getComputedStyle(document.documentElement)
  const words = [drawing.textContent ?? '', texts.title, texts.subtitle, texts.source]
  const fontCss = await embeddedFont(
    pictureFont,
    [...words, ...texts.legend.map(({ name }) => name)].join(''),
  )
  const colourOf = (property: string) => look.getPropertyValue(property).trim()
  return drawn(composePicture({ ...texts, drawing, colourOf, fontCss, widthOf: measure() }))
}

/** Hands the picture to the browser as any download: a page cannot write a file itself. */
export function savePicture(picture: Blob, name: string): void {
  const url = URL.createObjectURL(picture)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has its own hold on the data by the time the next task runs.
  setTimeout(() => URL.revokeObjectURL(url), 1_000)
}
