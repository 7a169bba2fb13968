// How attempts become a Result, and when right answers may be seen: said once for every kind of activity.
import { z } from 'zod'

/** Which attempt makes the Result when there are several. */
export const Counting = z.enum(['best', 'last', 'first', 'average'])
export type Counting = z.infer<typeof Counting>

/** When right answers and feedback may be seen by the learner. */
export const ShowAnswers = z.enum(['never', 'after-submit', 'after-last-attempt'])
export type ShowAnswers = z.infer<typeof ShowAnswers>
