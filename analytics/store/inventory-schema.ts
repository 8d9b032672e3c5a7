/** What runs and is kept in the accounts, and how busy it was. The files in `inventory` and `metrics` hold the same. */
export const inventoryTables = `
  -- One part of one service in one region, as the newest scan that got it has seen it.
  CREATE TABLE $catalog.main.inventory_units (
    account VARCHAR NOT NULL, region VARCHAR NOT NULL, service VARCHAR NOT NULL, part VARCHAR NOT NULL,
    scan VARCHAR NOT NULL, seen_at TIMESTAMP NOT NULL);
  -- The unit of what has no region of its own is that of the account: unit_region is then not the region.
  CREATE TABLE $catalog.main.inventory_resources (
    account VARCHAR NOT NULL, unit_region VARCHAR NOT NULL, service VARCHAR NOT NULL, part VARCHAR NOT NULL,
    region VARCHAR NOT NULL, kind VARCHAR NOT NULL, id VARCHAR NOT NULL, arn VARCHAR, name VARCHAR, state VARCHAR,
    created_at TIMESTAMP, managed_by VARCHAR, tags MAP(VARCHAR, VARCHAR) NOT NULL, facts JSON NOT NULL,
    billed_as VARCHAR[] NOT NULL);
  CREATE TABLE $catalog.main.inventory_relations (
    account VARCHAR NOT NULL, unit_region VARCHAR NOT NULL, service VARCHAR NOT NULL, part VARCHAR NOT NULL,
    from_id VARCHAR NOT NULL, relation VARCHAR NOT NULL, to_id VARCHAR NOT NULL);
  CREATE TABLE $catalog.main.inventory_scans (
    id VARCHAR NOT NULL, account VARCHAR NOT NULL, profile VARCHAR, started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP, skipped JSON NOT NULL);
  -- Which time of a metric has been asked for: what lies in it without a point was not measured.
  CREATE TABLE $catalog.main.metric_coverage (
    account VARCHAR NOT NULL, region VARCHAR NOT NULL, resource VARCHAR NOT NULL, namespace VARCHAR NOT NULL,
    metric VARCHAR NOT NULL, statistic VARCHAR NOT NULL, from_time TIMESTAMP NOT NULL, to_time TIMESTAMP NOT NULL)`

/** Percentiles of metrics by look-back, and which points they are of: all of it can be made from the files again. */
export const metricSummaryTables = `
  CREATE TABLE $catalog.main.metric_summaries (
    account VARCHAR NOT NULL, resource VARCHAR NOT NULL, metric VARCHAR NOT NULL, statistic VARCHAR NOT NULL,
    days INTEGER NOT NULL, points BIGINT NOT NULL, step INTEGER NOT NULL, total DOUBLE NOT NULL, mean DOUBLE NOT NULL,
    least DOUBLE NOT NULL, most DOUBLE NOT NULL, p90 DOUBLE NOT NULL, p95 DOUBLE NOT NULL, p99 DOUBLE NOT NULL,
    p995 DOUBLE NOT NULL, busiest_day DOUBLE NOT NULL);
  CREATE TABLE $catalog.main.metric_summary_runs (account VARCHAR NOT NULL, state VARCHAR NOT NULL)`
