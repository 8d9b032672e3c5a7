import './report-font.css'
import type { PageMark, ReportPage } from '../../../analytics/contract/report-files'

interface PageViewProps {
  readonly page: ReportPage
  readonly number: number
  readonly of: number
}

/** A page of the PDF, out of the very marks it is written from. Paper is white in both themes. */
export function PageView({ page, number, of }: PageViewProps) {
  return (
    <svg
      viewBox={`0 0 ${page.width} ${page.height}`}
      role="img"
      aria-label={`Page ${number} of ${of}: ${firstWords(page)}`}
      className="w-full max-w-3xl rounded-sm bg-white shadow-float"
      fontFamily='"Report Sans", sans-serif'
    >
      {page.marks.map((mark, at) => (
        // Marks have no name of their own and are never moved.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Mark key={at} mark={mark} />
      ))}
    </svg>
  )
}

function firstWords({ marks }: ReportPage): string {
  return marks
    .flatMap((mark) => (mark.kind === 'text' && mark.part.kind === 'heading' ? [mark.text] : []))
    .slice(0, 3)
    .join(', ')
}

/** How far below the upper edge of its line text stands, as the PDF has it. */
const ascent = 1.025

function Mark({ mark }: { readonly mark: PageMark }) {
  switch (mark.kind) {
    case 'text':
      return (
        <text
          x={mark.x}
          y={mark.y + mark.size * ascent}
          fontSize={mark.size}
          fontWeight={mark.weight === 'semibold' ? 600 : 400}
          fill={mark.colour}
          textLength={mark.width}
          lengthAdjust="spacingAndGlyphs"
          xmlSpace="preserve"
        >
          {mark.text}
        </text>
      )
    case 'rect':
      return (
        <rect
          x={mark.x}
          y={mark.y}
          width={mark.width}
          height={mark.height}
          fill={mark.fill}
          fillOpacity={mark.opacity}
        />
      )
    case 'path': {
      const points = mark.points.map(([x, y]) => `${x},${y}`).join(' ')
      return mark.fill === null ? (
        <polyline
          points={points}
          fill="none"
          stroke={mark.stroke}
          strokeWidth={mark.thickness}
          {...(mark.dashed ? { strokeDasharray: '4 3' } : {})}
        />
      ) : (
        <polygon points={points} fill={mark.fill} fillOpacity={mark.opacity} />
      )
    }
    case 'image':
      return (
        <image
          href={mark.source}
          x={mark.x}
          y={mark.y}
          width={mark.width}
          height={mark.height}
          preserveAspectRatio="xMinYMin meet"
        />
      )
  }
}
