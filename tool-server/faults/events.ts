// Faults of record stores (LRS) and of the outbox: what may happen between a learner's deed and the statement that tells of it. Each
// statement is in the LRS exactly once by its id (I3), in the order of its learner; the dashboards' figures are what was done; nothing is left.

import { databaseRows } from './events/database-rows.ts'
import { deliveryRows } from './events/delivery-rows.ts'
import { lrsRows } from './events/lrs-rows.ts'
import { processRows } from './events/process-rows.ts'
import { refusalRows } from './events/refusal-rows.ts'
import { Stage } from './events/stage.ts'
import type { Family } from './family.ts'

export const events: Family = {
  name: 'events',
  async open() {
    const stage = new Stage()
    try {
      await stage.open()
    } catch (error) {
      await stage.close()
      throw error
    }
    const rows = [lrsRows, refusalRows, deliveryRows, databaseRows, processRows].flatMap((rowsOf) => rowsOf(stage))
    return { rows, close: () => stage.close() }
  },
}
