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
