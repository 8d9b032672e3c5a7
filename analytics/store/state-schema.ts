/** What people decided. Never lost by a rebuild of the warehouse. */
export const stateMigrations: readonly string[] = [
  `CREATE TABLE $catalog.main.settings (
     name VARCHAR PRIMARY KEY,
     value VARCHAR NOT NULL,
     changed_at TIMESTAMP NOT NULL
   )`,
]
