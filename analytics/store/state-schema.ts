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
  // What an invoice says, as a person wrote it down: the bill's own lines are measured against it.
  `CREATE TABLE $catalog.main.issued_invoices (
     payer VARCHAR NOT NULL,
     period VARCHAR NOT NULL,
     currency VARCHAR NOT NULL,
     invoice VARCHAR NOT NULL,
     amount DECIMAL(38,12) NOT NULL,
     changed_at TIMESTAMP NOT NULL,
     PRIMARY KEY (payer, period, currency, invoice)
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
  `CREATE TABLE $catalog.main.saved_views (
     id VARCHAR PRIMARY KEY,
     area VARCHAR NOT NULL,
     name VARCHAR NOT NULL,
     state VARCHAR NOT NULL,
     pinned BOOLEAN NOT NULL,
     is_default BOOLEAN NOT NULL,
     changed_at TIMESTAMP NOT NULL
   )`,
  // What may be spent, and which of its thresholds were told: one that was is not told again.
  `CREATE TABLE $catalog.main.budgets (
     name VARCHAR PRIMARY KEY,
     definition VARCHAR NOT NULL,
     changed_at TIMESTAMP NOT NULL
   )`,
  `CREATE TABLE $catalog.main.budget_alerts (
     id VARCHAR NOT NULL,
     budget VARCHAR NOT NULL,
     period_from DATE NOT NULL,
     period_to DATE NOT NULL,
     threshold_of VARCHAR NOT NULL,
     percent INTEGER NOT NULL,
     amount DECIMAL(38,12) NOT NULL,
     reached_with DECIMAL(38,12) NOT NULL,
     currency VARCHAR NOT NULL,
     raised_at TIMESTAMP NOT NULL,
     dismissed BOOLEAN NOT NULL,
     PRIMARY KEY (budget, period_from, threshold_of, percent)
   )`,
  // Anomalies that were told: what tells of the same is not told again.
  `CREATE TABLE $catalog.main.anomaly_alerts (
     id VARCHAR PRIMARY KEY,
     kind VARCHAR NOT NULL,
     severity VARCHAR NOT NULL,
     scope VARCHAR NOT NULL,
     start_day DATE NOT NULL,
     detected_day DATE NOT NULL,
     impact DECIMAL(38,12) NOT NULL,
     currency VARCHAR NOT NULL,
     raised_at TIMESTAMP NOT NULL,
     dismissed BOOLEAN NOT NULL
   )`,
  // What the business counts, as its owner wrote it down: an import replaces a driver whole.
  `CREATE TABLE $catalog.main.drivers (
     name VARCHAR PRIMARY KEY,
     unit VARCHAR NOT NULL,
     grain VARCHAR NOT NULL,
     file VARCHAR NOT NULL,
     imported_at TIMESTAMP NOT NULL
   )`,
  // One value a day and label; the label is empty where the driver has none, the day of a month its first.
  `CREATE TABLE $catalog.main.driver_values (
     driver VARCHAR NOT NULL,
     day DATE NOT NULL,
     label VARCHAR NOT NULL,
     value DECIMAL(38,12) NOT NULL
   )`,
  // What was forecast, to be measured against what came. A forecast is never rewritten.
  `CREATE TABLE $catalog.main.forecasts (
     scope VARCHAR NOT NULL,
     currency VARCHAR NOT NULL,
     "by" VARCHAR NOT NULL,
     part VARCHAR NOT NULL,
     grain VARCHAR NOT NULL,
     origin VARCHAR NOT NULL,
     model VARCHAR NOT NULL,
     data_through DATE NOT NULL,
     data_version BIGINT NOT NULL,
     made_at TIMESTAMP NOT NULL,
     basis DOUBLE NOT NULL,
     times DATE[] NOT NULL,
     mean DECIMAL(38,12)[] NOT NULL,
     lo80 DECIMAL(38,12)[] NOT NULL,
     hi80 DECIMAL(38,12)[] NOT NULL,
     lo95 DECIMAL(38,12)[] NOT NULL,
     hi95 DECIMAL(38,12)[] NOT NULL,
     PRIMARY KEY (scope, currency, "by", part, grain, origin, model, data_through, data_version)
   )`,
  // Sets of rules that make a dimension each; every version that was saved is kept, also of a set that was removed.
  `CREATE TABLE $catalog.main.allocation_sets (
     name VARCHAR PRIMARY KEY,
     place INTEGER NOT NULL
   )`,
  `CREATE TABLE $catalog.main.allocation_versions (
     name VARCHAR NOT NULL,
     version INTEGER NOT NULL,
     definition VARCHAR NOT NULL,
     note VARCHAR NOT NULL,
     saved_at TIMESTAMP NOT NULL,
     PRIMARY KEY (name, version)
   )`,
  // What was decided of a recommendation; one without a row is open. The former decisions are in the journal.
  `CREATE TABLE $catalog.main.recommendation_states (
     id VARCHAR PRIMARY KEY,
     state VARCHAR NOT NULL,
     note VARCHAR NOT NULL,
     until_day DATE,
     decided_by VARCHAR NOT NULL,
     decided_at TIMESTAMP NOT NULL
   )`,
  // AWS connections that were added here. Their keys, where they have some, are in the keychain of the system.
  `CREATE TABLE $catalog.main.connections (
     name VARCHAR PRIMARY KEY,
     definition VARCHAR NOT NULL
   )`,
  // What a person let changes be made with; the name is empty for the default credentials.
  `CREATE TABLE $catalog.main.connection_writing (
     profile VARCHAR PRIMARY KEY,
     since TIMESTAMP NOT NULL
   )`,
  // How each connection came out when it was last checked; the name is empty for the default credentials.
  `CREATE TABLE $catalog.main.connection_checks (
     profile VARCHAR PRIMARY KEY,
     outcome VARCHAR NOT NULL
   )`,
]
