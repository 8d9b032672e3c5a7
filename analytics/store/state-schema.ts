/** What people decided. Never lost by a rebuild of the warehouse. */
export const stateMigrations: readonly string[] = [
  `CREATE TABLE $catalog.main.settings (
     name VARCHAR PRIMARY KEY,
     value VARCHAR NOT NULL,
     changed_at TIMESTAMP NOT NULL
   )`,
  `CREATE TABLE $catalog.main.s3_sources (
     name VARCHAR PRIMARY KEY,
     bucket VARCHAR NOT NULL,
     prefix VARCHAR NOT NULL,
     profile VARCHAR,
     region VARCHAR,
     added_at TIMESTAMP NOT NULL,
     last_sync VARCHAR
   )`,
  `CREATE TABLE $catalog.main.preferred_sources (
     payer VARCHAR PRIMARY KEY,
     source VARCHAR NOT NULL,
     changed_at TIMESTAMP NOT NULL
   )`,
  `CREATE TABLE $catalog.main.anomaly_labels (
     id VARCHAR PRIMARY KEY,
     label VARCHAR NOT NULL,
     note VARCHAR,
     scope VARCHAR NOT NULL,
     rising BOOLEAN NOT NULL,
     impact_a_day DOUBLE NOT NULL,
     labelled_at TIMESTAMP NOT NULL
   )`,
  // Days on which cost is expected to change, so that nobody is alarmed by it.
  `CREATE TABLE $catalog.main.planned_costs (
     name VARCHAR PRIMARY KEY,
     first_day DATE NOT NULL,
     end_day DATE NOT NULL,
     conditions VARCHAR NOT NULL,
     note VARCHAR NOT NULL,
     changed_at TIMESTAMP NOT NULL
   )`,
]
