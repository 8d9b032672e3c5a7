import { createHash } from 'node:crypto'
import type { PageMark, ReportStyle } from '../../analytics/contract/report-files'
import type {
  Report,
  ReportBlock,
  ReportChart,
  ReportFigure,
  ReportTable,
} from '../../analytics/contract/reports'
import { chartMarks } from './chart-marks'
import { TypeCase } from './fonts'
import { aboutReport, lastDayOf } from './report-words'
import { headWithCurrency } from './sheets'
import { isFigure, readable, type Wording, wordingOf } from './wording'

/** One file that needs no other, runs nothing and asks nothing of the network. */
export function writeHtml(report: Report, style: ReportStyle): Uint8Array {
  const wording = wordingOf(style.locale)
  const type = new TypeCase()
  const sheet = styleSheet(style.colour)
  const hash = createHash('sha256').update(sheet).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`
  let charts = 0
  const block = (one: ReportBlock): string => {
    switch (one.kind) {
      case 'figures':
        return figuresHtml(one.figures, wording, report.currency)
      case 'table':
        return tableHtml(one, wording, report.currency)
      case 'chart':
        charts += 1
        return chartHtml(one, type, wording, charts)
      case 'note':
        return `<p class="note">${escaped(one.text)}</p>`
    }
  }
  const sections = report.sections
    .map(
      ({ title, blocks }, at) =>
        `<section id="s${at + 1}"><h2>${escaped(title)}</h2>${blocks.map(block).join('')}</section>`,
    )
    .join('')
  const contents = report.sections
    .map(({ title }, at) => `<li><a href="#s${at + 1}">${escaped(title)}</a></li>`)
    .join('')
  const questions = report.questions
    .map(
      ({ id, command, hash: own }) =>
        `<tr id="${id}"><th scope="row">${id}</th><td><code>${escaped(command)}</code></td><td><code>${own}</code></td><td class="f">${report.dataVersion}</td></tr>`,
    )
    .join('')
  const page = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">',
    `<title>${escaped(report.title)}</title><style>${sheet}</style></head><body><main><header>`,
    style.logo === null ? '' : `<img class="logo" src="${style.logo}" alt="">`,
    style.company === '' ? '' : `<p class="company">${escaped(style.company)}</p>`,
    `<h1>${escaped(report.title)}</h1>`,
    `<p class="period">${escaped(`${wording.day(report.window.from)} to ${wording.day(lastDayOf(report.window))}`)}</p>`,
    `<div class="about">${aboutReport(report, wording)
      .map((line) => `<p>${escaped(line)}</p>`)
      .join('')}</div></header>`,
    report.sections.length > 2 ? `<nav aria-label="Contents"><ol>${contents}</ol></nav>` : '',
    sections,
    '<section><h2>Where the figures come from</h2><p class="note">Each table and figure names the question it answers. The hash is SHA-256 of the question.</p>',
    '<div class="wide" tabindex="0" role="region" aria-label="Questions"><table><thead><tr><th scope="col">No.</th><th scope="col">Asked in a terminal as</th><th scope="col">Hash</th><th scope="col" class="f">Data version</th></tr></thead>',
    `<tbody>${questions}</tbody></table></div></section>`,
    style.footer === '' ? '' : `<footer>${escaped(style.footer)}</footer>`,
    '</main></body></html>',
  ].join('')
  return Buffer.from(page)
}

function figuresHtml(figures: readonly ReportFigure[], wording: Wording, currency: string | null): string {
  const cards = figures.map(({ label, value, unit, note, question }) => {
    const shown = wording.cell(value, unit)
    const text = unit === 'money' && value !== null && currency !== null ? `${shown} ${currency}` : shown
    return `<div><dt>${escaped(label)}</dt><dd>${escaped(text)}</dd><dd class="small">${escaped(note ?? '')} ${reference(question)}</dd></div>`
  })
  return `<dl class="figures">${cards.join('')}</dl>`
}

function tableHtml(
  { title, columns, rows, total, question }: ReportTable,
  wording: Wording,
  currency: string | null,
): string {
  const figure = columns.map(({ unit }) => isFigure(unit))
  const heads = columns
    .map(
      (column, at) =>
        `<th scope="col"${figure[at] ? ' class="f"' : ''}>${escaped(headWithCurrency(column, currency))}</th>`,
    )
    .join('')
  const body = rows
    .map(
      (row) =>
        `<tr>${columns.map(({ unit }, at) => `<td${figure[at] ? ' class="f"' : ''}>${escaped(wording.cell(row[at] ?? null, unit))}</td>`).join('')}</tr>`,
    )
    .join('')
  const foot =
    total === null
      ? ''
      : `<tfoot><tr>${columns
          .map(({ unit }, at) => {
            const cell = total[at] ?? null
            const text = cell === null ? '' : wording.cell(cell, at === 0 ? 'text' : unit)
            return `<td${figure[at] ? ' class="f"' : ''}>${escaped(text)}</td>`
          })
          .join('')}</tr></tfoot>`
  const none = rows.length === 0 ? `<tr><td colspan="${columns.length}">There is none.</td></tr>` : ''
  return `<h3>${escaped(title)} ${reference(question)}</h3><div class="wide" tabindex="0" role="region" aria-label="${escaped(title)}"><table><thead><tr>${heads}</tr></thead><tbody>${body}${none}</tbody>${foot}</table></div>`
}

const chartSize = { width: 760, height: 260 }

function chartHtml(chart: ReportChart, type: TypeCase, wording: Wording, number: number): string {
  const marks = chartMarks(chart, { x: 0, y: 0, ...chartSize }, { type, wording, number })
  const drawn = marks.map(({ mark, readout }) => {
    const shape = svgMark(mark)
    // The browser's own tooltip: nothing has to run for it.
    return readout === null ? shape : `<g class="point">${shape}<title>${escaped(readout)}</title></g>`
  })
  return `<figure><h3>${escaped(chart.title)} ${reference(chart.question)}</h3><div class="wide" tabindex="0" role="region" aria-label="${escaped(chart.title)}"><svg viewBox="0 0 ${chartSize.width} ${chartSize.height}" role="img" aria-label="${escaped(`${chart.title}. ${chart.summary}`)}">${drawn.join('')}</svg></div></figure>`
}

function svgMark(mark: PageMark): string {
  switch (mark.kind) {
    case 'text':
      return `<text x="${short(mark.x)}" y="${short(mark.y + mark.size)}" font-size="${mark.size}" textLength="${short(mark.width)}" lengthAdjust="spacingAndGlyphs" class="${mark.colour === '#1b1f24' ? 'ink' : 'quiet'}">${escaped(mark.text)}</text>`
    case 'rect':
      return `<rect x="${short(mark.x)}" y="${short(mark.y)}" width="${short(mark.width)}" height="${short(mark.height)}" fill="${mark.fill}"/>`
    case 'path': {
      const points = mark.points.map(([x, y]) => `${short(x)},${short(y)}`).join(' ')
      return mark.fill === null
        ? `<polyline points="${points}" fill="none" stroke="${mark.stroke}" stroke-width="${mark.thickness}"${mark.dashed ? ' stroke-dasharray="4 3"' : ''}/>`
        : `<polygon points="${points}" fill="${mark.fill}" fill-opacity="${mark.opacity}"/>`
    }
    case 'image':
      return ''
  }
}

function short(number: number): string {
  return String(Math.round(number * 100) / 100)
}

function reference(question: string): string {
  return `<a class="q" href="#${question}">${question}</a>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Names are text, whatever is in them. */
function escaped(text: string): string {
  return readable(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}

function styleSheet(colour: string): string {
  return [
    ':root{color-scheme:light;--ink:#1b1f24;--quiet:#5b6570;--line:#d5dae0}',
    'body{margin:0;background:#fff;color:var(--ink);font:14px/1.5 "IBM Plex Sans","Segoe UI",system-ui,sans-serif;font-variant-numeric:tabular-nums}',
    'main{max-width:960px;margin:0 auto;padding:40px 20px 64px}',
    `header{border-bottom:2px solid ${colour};padding-bottom:16px}.company{color:${colour};font-weight:600;margin:0}.logo{max-height:48px;max-width:220px}`,
    'h1{font-size:28px;line-height:1.2;margin:4px 0;overflow-wrap:anywhere}h2{font-size:20px;margin:40px 0 12px}h3{font-size:14px;margin:24px 0 6px;overflow-wrap:anywhere}',
    '.period{font-size:16px;color:var(--quiet);margin:0 0 12px}.about p,.note,footer{color:var(--quiet);font-size:13px;margin:4px 0;overflow-wrap:anywhere}',
    'nav ol{padding-left:20px;columns:2}a{color:inherit}.q{color:var(--quiet);font-size:11px;font-weight:400;text-decoration:none}',
    '.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:16px;margin:12px 0}.figures div{border-top:1px solid var(--line);padding-top:8px}',
    'dt{color:var(--quiet);font-size:13px}dd{margin:0;font-size:20px;font-weight:600;overflow-wrap:anywhere}dd.small{font-size:12px;font-weight:400;color:var(--quiet)}',
    '.wide{overflow-x:auto}.wide:focus-visible{outline:2px solid #2f6db5}table{border-collapse:collapse;width:100%;font-size:13px}',
    'th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid var(--line);overflow-wrap:break-word;min-width:60px}thead th{color:var(--quiet);border-bottom-color:var(--quiet);vertical-align:bottom}',
    'td.f,th.f{text-align:right;white-space:nowrap}thead th.f{white-space:normal}tfoot td{font-weight:600;border-top:1px solid var(--quiet)}code{font-size:12px;overflow-wrap:anywhere}',
    'figure{margin:0}svg{display:block;min-width:560px;width:100%}text.ink{fill:var(--ink)}text.quiet{fill:var(--quiet)}.point:hover{opacity:.75}',
    '@media print{main{max-width:none;padding:0}thead{display:table-header-group}tr{break-inside:avoid}.wide{overflow:visible}}',
  ].join('')
}
