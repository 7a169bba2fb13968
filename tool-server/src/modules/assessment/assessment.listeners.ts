// What assessment hears, and what it does by the clock.
import { type Listener, type Schedule, schedule } from '../../kernel/module.ts'
import { expireOverdue } from './expiry.ts'
import { realignChanged } from './realign.ts'
import { recountPublishedListener } from './recount.ts'

export const assessmentListeners: readonly Listener[] = [recountPublishedListener]

export const assessmentSchedules: readonly Schedule[] = [
  schedule({ name: 'assessment.hand-in-overdue', everySeconds: 5, run: expireOverdue }),
  schedule({ name: 'assessment.realign-deadlines', everySeconds: 10, run: realignChanged }),
]
