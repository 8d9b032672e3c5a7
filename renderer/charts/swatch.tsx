import type { ReadoutRow } from './readout'

/** How a series looks on the chart, small: a filled square is told from a dashed line without its colour. */
export function Swatch({ colour, kind }: { readonly colour: string; readonly kind: ReadoutRow['swatch'] }) {
  return (
    <svg aria-hidden width="12" height="10" className="shrink-0 forced-color-adjust-none">
      <SwatchShape colour={colour} kind={kind} />
    </svg>
  )
}

export function SwatchShape({
  colour,
  kind,
}: {
  readonly colour: string
  readonly kind: ReadoutRow['swatch']
}) {
  switch (kind) {
    case 'fill':
      return <rect x="1" width="10" height="10" rx="2" fill={colour} />
    case 'line':
      return <path d="M0,5H12" stroke={colour} strokeWidth="2" />
    case 'dashed':
      return <path d="M0,5H12" stroke={colour} strokeWidth="2" strokeDasharray="3 2" />
    case 'outline':
      return <path d="M1,9V1.5H11V9" fill="none" stroke={colour} strokeWidth="1.5" />
    case 'ring':
      return <circle cx="6" cy="5" r="4" fill="none" stroke={colour} strokeWidth="2" />
    case 'band':
      return <rect y="1" width="12" height="8" fill={colour} fillOpacity="0.25" />
  }
}
