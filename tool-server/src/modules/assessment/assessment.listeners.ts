// What assessment hears, and what it does by the clock.
import { type Listener, type Schedule, schedule } from '../../kernel/module.ts'
import { expireOverdue } from './expiry.ts'
import { keepSyncStateListener } from './sync.ts'

export const assessmentListeners: readonly Listener[] = [keepSyncStateListener]

export const assessmentSchedules: readonly Schedule[] = [
  schedule({ name: 'assessment.hand-in-overdue', everySeconds: 5, run: expireOverdue }),
]
