/** A pattern's id may hold no character that a CSS url() would have to escape. */
export function hatchingId(chart: string, colour: string): string {
  return `${chart}-${colour.replace(/[^\w]/g, '')}`
}

/** Of a period that is not over: its bars are not as tall as they will be. */
export function Hatching({ id, colour }: { readonly id: string; readonly colour: string }) {
  return (
    <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="5" height="5" fill={colour} fillOpacity="0.3" />
      <rect width="2.2" height="5" fill={colour} />
    </pattern>
  )
}
