import { describe, expect, it } from 'vitest'
import { assignSlots, coloursFor, slotOf } from './assign'
import { otherColours, seriesColours } from './series'

type Triple = readonly [number, number, number]

function linear(hex: string): Triple {
  const channel = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

function contrast(left: string, right: string): number {
  const luminance = (hex: string) => {
    const [red, green, blue] = linear(hex)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [high, low] = [luminance(left), luminance(right)].sort((a, b) => b - a)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

// What is left of a colour without one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1).
const sights: Readonly<Record<string, readonly Triple[]>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
}

function times(rows: readonly Triple[], [x, y, z]: Triple): Triple {
  const [a = 0, b = 0, c = 0] = rows.map(([i, j, k]) => Math.max(0, i * x + j * y + k * z))
  return [a, b, c]
}

function perceived(colour: Triple): Triple {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    colour,
  )
  const [l, m, s] = [Math.cbrt(cones[0]), Math.cbrt(cones[1]), Math.cbrt(cones[2])]
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function distance(left: Triple, right: Triple): number {
  return Math.hypot(left[0] - right[0], left[1] - right[1], left[2] - right[2])
}

const canvases = { light: '#ffffff', dark: '#14171b' } as const
const services = [
  'Amazon EC2',
  'Amazon RDS',
  'Amazon S3',
  'AWS Lambda',
  'Amazon EKS',
  'CloudWatch',
  'DynamoDB',
  'Support',
  'Tax',
]

describe('series colours', () => {
  it.each(['light', 'dark'] as const)('reach 3:1 against the %s canvas', (theme) => {
    for (const colour of [...seriesColours[theme], otherColours[theme]]) {
      expect(contrast(colour, canvases[theme]), colour).toBeGreaterThanOrEqual(3)
    }
  })

  it.each(['light', 'dark'] as const)('stay apart for the colour blind in the %s theme', (theme) => {
    for (const [kind, rows] of Object.entries(sights)) {
      const seen = seriesColours[theme].map((colour) => perceived(times(rows, linear(colour))))
      seen.forEach((left, index) => {
        for (const right of seen.slice(index + 1)) {
          expect(distance(left, right), `${kind} ${index}`).toBeGreaterThan(0.07)
        }
      })
    }
  })
})

describe('assignment', () => {
  it('gives a name its own slot, whatever the order it comes in', () => {
    const forward = assignSlots(services)
    const backward = assignSlots([...services].reverse())
    expect([...backward].sort()).toEqual([...forward].sort())
    expect(slotOf('Amazon EC2')).toBe(slotOf('Amazon EC2'))
  })

  it('gives up to ten names ten different slots', () => {
    const names = Array.from({ length: 10 }, (_, index) => `service ${index}`)
    expect(new Set(assignSlots(names).values()).size).toBe(10)
    expect(new Set(assignSlots(services).values()).size).toBe(services.length)
  })

  it('goes on past ten names, and ends', () => {
    const names = Array.from({ length: 37 }, (_, index) => `service ${index}`)
    expect(assignSlots(names).size).toBe(37)
  })

  it('keeps "Other" grey and the hue of a name the same in both themes', () => {
    const light = coloursFor([...services, 'Other'], 'light')
    const dark = coloursFor([...services, 'Other'], 'dark')
    expect(light.get('Other')).toBe(otherColours.light)
    for (const service of services) {
      const slot = (seriesColours.light as readonly string[]).indexOf(light.get(service) ?? '')
      expect(dark.get(service)).toBe(seriesColours.dark[slot])
    }
  })
})
