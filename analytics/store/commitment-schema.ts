import { moneyType } from './warehouse-schema'

/** What a bill says of its commitments beside their cost: from when, until when, how much, and how they are paid. */
export const commitmentTables = `
  CREATE TABLE $catalog.main.commitment_terms (
    "x_ImportId" INTEGER NOT NULL, id VARCHAR NOT NULL, starts TIMESTAMP, ends TIMESTAMP, term VARCHAR,
    payment VARCHAR, offering VARCHAR, region VARCHAR, family VARCHAR, count ${moneyType},
    -- Of Savings Plans: what was committed in the hours that the bill holds, and how many those are.
    committed ${moneyType}, hours DOUBLE)`
