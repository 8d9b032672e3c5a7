import type { Driver, DriverImport } from '../../analytics/contract/drivers'
import type { UnitCosts, UnitCostsRequest, UnitPoint } from '../../analytics/contract/unit-costs'
import { type CommandContext, settle } from './commands'
import { exitCodes } from './exit-codes'
import { moneyText } from './money-text'
import { answer } from './terminal'
import { textTable } from './text-table'

export async function listDrivers({ session, terminal }: CommandContext): Promise<number> {
  return settle(terminal, await session.ask('drivers/list', {}), (found) => {
    answer(terminal, found, () =>
      found.drivers.length === 0
        ? 'There are no drivers yet. Next: finops units import orders.csv --name Orders --unit order'
        : driverTable(found.drivers),
    )
    return exitCodes.done
  })
}

export async function importDriver(
  { session, terminal }: CommandContext,
  asked: DriverImport,
): Promise<number> {
  const result = await session.ask('drivers/import', asked)
  // With --json the lines go to stderr with every failure's details.
  if (!result.ok && !terminal.json && result.failure.details) {
    terminal.stderr.write(`${result.failure.details}\n`)
  }
  return settle(terminal, result, (driver) => {
    answer(
      terminal,
      driver,
      () =>
        `${driver.name} has ${driver.values} values from ${driver.firstDay} to ${driver.lastDay}. See: finops units show "${driver.name}"`,
    )
    return exitCodes.done
  })
}

export async function removeDriver({ session, terminal }: CommandContext, name: string): Promise<number> {
  return settle(terminal, await session.ask('drivers/remove', { name }), (removed) => {
    answer(terminal, removed, () => `${removed.name} was removed, with its values.`)
    return exitCodes.done
  })
}

export async function showUnits(
  { session, terminal, signal }: CommandContext,
  asked: UnitCostsRequest,
): Promise<number> {
  return settle(terminal, await session.ask('units/read', asked, { signal }), (found) => {
    const { about, ...document } = found
    answer(terminal, { ...document, from: about.window.from, to: about.window.to, asOf: about.asOf }, () =>
      [unitTable(found), ...notes(found)].join('\n'),
    )
    return exitCodes.done
  })
}

function driverTable(drivers: readonly Driver[]): string {
  return textTable(
    [
      { head: 'Driver' },
      { head: 'Unit' },
      { head: 'By' },
      { head: 'From' },
      { head: 'Last' },
      { head: 'Values', right: true },
      { head: 'Labels', right: true },
      { head: 'Total', right: true },
      { head: 'File' },
    ],
    drivers.map(({ name, unit, grain, firstDay, lastDay, values, labels, total, file }) => [
      name,
      unit,
      grain,
      firstDay,
      lastDay,
      String(values),
      String(labels),
      moneyText(total),
      file,
    ]),
  )
}

function unitTable({ points, labels, driver, currency }: UnitCosts): string {
  const rows = labels.length === 0 ? points.map((point) => ({ label: '', point })) : rowsOf(labels)
  return textTable(
    [
      { head: 'From' },
      ...(labels.length === 0 ? [] : [{ head: 'Label' }]),
      { head: `Cost ${currency ?? ''}`.trim(), right: true },
      { head: 'Units', right: true },
      { head: `Per ${driver.unit}`, right: true },
      { head: 'Change', right: true },
      { head: 'by volume', right: true },
      { head: 'by price', right: true },
      { head: 'Without a value' },
    ],
    rows.map(({ label, point }) => [
      point.time,
      ...(labels.length === 0 ? [] : [label]),
      moneyText(point.cost),
      moneyText(point.units),
      point.unitCost === null ? '' : moneyText(point.unitCost, 6),
      // What a month that is not over has less than the one before it is no change.
      ...(point.change?.whole
        ? [moneyText(point.change.cost), moneyText(point.change.volume), moneyText(point.change.rate)]
        : ['', '', '']),
      missingText(point, driver),
    ]),
  )
}

function rowsOf(labels: UnitCosts['labels']) {
  return labels.flatMap(({ label, points }) => points.map((point) => ({ label, point })))
}

function missingText({ missing, steps, partial }: UnitPoint, { grain }: Driver): string {
  const part = partial ? 'in part' : ''
  return missing === 0 ? part : `${missing} of ${steps} ${grain}s${part === '' ? '' : `, ${part}`}`
}

function notes({ unmatched, labels, labelCount, driver }: UnitCosts): readonly string[] {
  return [
    'A unit costs what was spent on the days that have a value, divided by the units of those days.',
    ...(labelCount > labels.length ? [`${labels.length} of ${labelCount} labels are shown.`] : []),
    ...(unmatched.values.length > 0
      ? [
          `${moneyText(unmatched.cost)} was spent under values that are no label of ${driver.name}: ${unmatched.values
            .slice(0, 5)
            .map(({ value }) => value)
            .join(', ')}.`,
        ]
      : []),
  ]
}
