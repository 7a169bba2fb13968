// Faults of grade services (AGS) and key sets (JWKS): what an LMS does between a Result and its grade. Ledger, database and gradebook agree
// afterwards, each submission counts once, no older score over a newer (I2); the others are not affected (I5).

import { answerRows } from './ags/answer-rows.ts'
import { clockRows } from './ags/clock-rows.ts'
import { keyRows } from './ags/key-rows.ts'
import { killRow } from './ags/kill-row.ts'
import { paceRows } from './ags/pace-rows.ts'
import { refusalRows } from './ags/refusal-rows.ts'
import { Stage } from './ags/stage.ts'
import { tokenRows } from './ags/token-rows.ts'
import type { Family, Row } from './family.ts'

export const ags: Family = {
  name: 'ags',
  async open() {
    const stage = new Stage()
    try {
      await stage.open()
    } catch (error) {
      await stage.close()
      throw error
    }
    const rows = [
      ...answerRows(stage),
      ...tokenRows(stage),
      ...paceRows(stage),
      ...refusalRows(stage),
      ...clockRows(stage),
      killRow(stage),
      ...keyRows(stage),
    ].map(
      (row): Row => ({
        ...row,
        async play(chance, run) {
          let violations: readonly string[] = ['it threw']
          try {
            violations = await row.play(chance, run)
          } finally {
            if (violations.length > 0) await stage.forget()
          }
          return violations
        },
      }),
    )
    return { rows, close: () => stage.close() }
  },
}
