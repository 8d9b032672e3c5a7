/**
 * How usage moves through days and weeks. Each shape is an SQL expression over `h` (hour), `w` (ISO weekday),
 * `d` (day of month), `l` (days left in the month, 0 on the last) and `m` (month); all hours are UTC.
 */
const shapes = {
  always: '1',
  /** Machines somebody switches off at night and on weekends. */
  office: 'CASE WHEN w <= 5 AND h >= 6 AND h < 19 THEN 1 ELSE 0 END',
  /** Shoppers: evenings, lively weekends, a busy November and December. */
  consumer:
    'CASE WHEN h < 6 THEN 0.45 WHEN h < 12 THEN 0.9 WHEN h < 17 THEN 1.15 WHEN h < 22 THEN 1.55 ELSE 0.85 END' +
    ' * CASE WHEN w >= 6 THEN 1.12 ELSE 0.95 END * CASE WHEN m = 12 THEN 1.18 WHEN m = 11 THEN 1.1 ELSE 1 END',
  /** People at work. */
  business: 'CASE WHEN h >= 7 AND h < 18 THEN 1.6 ELSE 0.6 END * CASE WHEN w >= 6 THEN 0.45 ELSE 1.15 END',
  /** Builds and tests: nearly nothing on weekends. */
  development: 'CASE WHEN h >= 7 AND h < 19 THEN 1.7 ELSE 0.35 END * CASE WHEN w >= 6 THEN 0.25 ELSE 1.2 END',
  nightly: 'CASE WHEN h >= 1 AND h < 5 THEN 1 ELSE 0 END',
  /** Closing the books: the last two days of a month and the first. */
  closing: 'CASE WHEN l <= 1 OR d = 1 THEN 4.5 ELSE 0.6 END',
  steady: 'CASE WHEN h >= 8 AND h < 20 THEN 1.08 ELSE 0.92 END',
} as const

export type ShapeName = keyof typeof shapes

/** One row a shape and bucket of the period: the sum of the shape's hourly factors in it. */
export function rhythmSql(from: string, until: string, hourly: boolean): string {
  const branches = Object.entries(shapes).map(
    ([name, expression]) =>
      `SELECT '${name}' AS shape, s, day, CAST(${expression} AS DECIMAL(18, 9)) AS factor FROM hours`,
  )
  return `CREATE OR REPLACE TEMP TABLE rhythm AS
    WITH hours AS (
      SELECT s, date_trunc('day', s)::TIMESTAMP AS day, hour(s) AS h, isodow(s) AS w, day(s) AS d, month(s) AS m,
             date_diff('day', s::DATE, last_day(s::DATE)) AS l
      FROM (SELECT unnest(generate_series(TIMESTAMP '${from}', TIMESTAMP '${until}' - INTERVAL 1 HOUR, INTERVAL 1 HOUR)) AS s)
    ), factors AS (${branches.join(' UNION ALL ')})
    SELECT shape, 'day' AS grain, day AS s, day + INTERVAL 1 DAY AS e, sum(factor)::DOUBLE AS factor
    FROM factors GROUP BY ALL HAVING sum(factor) > 0
    ${hourly ? `UNION ALL SELECT shape, 'hour', s, s + INTERVAL 1 HOUR, factor::DOUBLE FROM factors WHERE factor > 0` : ''}
    ORDER BY shape, grain, s`
}
